package dev.logdex.recommender.lifecycle;

import static dev.logdex.recommender.AnalysisBuilder.btree;
import static dev.logdex.recommender.AnalysisBuilder.table;
import static dev.logdex.recommender.event.RecommendationState.ACCEPTED;
import static dev.logdex.recommender.event.RecommendationState.APPLIED;
import static dev.logdex.recommender.event.RecommendationState.DISMISSED;
import static dev.logdex.recommender.event.RecommendationState.PROPOSED;
import static dev.logdex.recommender.event.RecommendationState.SUPERSEDED;
import static dev.logdex.recommender.event.RecommendationState.WITHDRAWN;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.recommender.AnalysisBuilder;
import dev.logdex.recommender.event.Decision;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.RecommendationCommand;
import dev.logdex.recommender.event.RecommendationCommand.Action;
import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.recommender.event.RecommendationKind;
import dev.logdex.recommender.event.RecommendationState;
import dev.logdex.recommender.recommendation.Advisor;
import dev.logdex.recommender.recommendation.Limits;
import dev.logdex.recommender.selection.Policy;
import dev.logdex.recommender.selection.StorageBudget;
import dev.logdex.recommender.selection.Thresholds;
import dev.logdex.recommender.upkeep.OtherAdvice;
import dev.logdex.recommender.upkeep.UpkeepPolicy;
import dev.logdex.recommender.usage.IndexUsage;
import dev.logdex.recommender.whynot.Verdicts;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LifecycleTest {
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

  private Ledger ledger = ledger(new Hysteresis(2, 3), Long.MAX_VALUE);
  private int minute;

  @Test
  void adviceIsProposedWhenItHasWonOftenEnoughInARow() {
    assertThat(tell(asked())).isEmpty();
    assertThat(tell(notAsked())).isEmpty();
    assertThat(tell(asked())).isEmpty();

    assertThat(only(tell(asked())).data().state()).isEqualTo(PROPOSED);
  }

  @Test
  void adviceIsWithdrawnWhenItHasLostOftenEnoughInARow() {
    propose();
    assertThat(tell(notAsked())).isEmpty();
    assertThat(tell(notAsked())).isEmpty();
    assertThat(tell(asked())).isEmpty();
    assertThat(tell(notAsked())).isEmpty();
    assertThat(tell(notAsked())).isEmpty();

    assertThat(only(tell(notAsked())).data().state()).isEqualTo(WITHDRAWN);
  }

  @Test
  void noiseThatComesAndGoesIsNeverTold() {
    propose();
    for (int i = 0; i < 20; i++) {
      assertThat(tell(i % 2 == 0 ? notAsked() : asked())).isEmpty();
    }
  }

  @Test
  void aRestartCountsOnAndTheSameAnalysisIsNoFurtherRound() {
    TableAnalysis first = at(asked()).build();
    ledger.analysed(first);
    restart();
    assertThat(ledger.analysed(first)).isEmpty();

    assertThat(only(tell(asked())).data().state()).isEqualTo(PROPOSED);
  }

  @Test
  void whatWasCountedButNotToldIsToldAfterARestart() {
    tell(asked());
    TableAnalysis second = at(asked()).build();
    List<RecommendationEvent> lost = ledger.analysed(second);
    restart();

    assertThat(ledger.analysed(second)).isEqualTo(lost).hasSize(1);
  }

  @Test
  void anAnalysisThatIsOlderThanWhatIsKnownChangesNothing() {
    Ledger now = ledger(Hysteresis.NONE, Long.MAX_VALUE);
    now.analysed(asked().at("2026-01-02T12:00:00Z").build()).forEach(now::told);

    assertThat(now.analysed(notAsked().at("2026-01-02T11:00:00Z").build())).isEmpty();
    assertThat(now.analysed(notAsked().at("2026-01-02T13:00:00Z").build())).hasSize(1);
  }

  @Test
  void anIndexThatDoesTheWorkAndMoreSupersedesAtOnce() {
    propose();
    tell(longer());

    List<RecommendationEvent> events = tell(longer());

    assertThat(events)
        .extracting(event -> event.data().state())
        .containsExactly(PROPOSED, SUPERSEDED);
    assertThat(events.get(1).data().supersededBy()).isEqualTo(events.get(0).subject());
    assertThat(tell(longer())).isEmpty();
  }

  @Test
  void anAcceptedOneStaysAcceptedAndIsToldOfNewEvidence() {
    String id = propose();
    RecommendationEvent accepted = only(decide(id, Action.ACCEPT, "next sprint", null));

    assertThat(accepted.data().state()).isEqualTo(ACCEPTED);
    assertThat(accepted.data().change()).isEqualTo("Accepted by ada: next sprint.");
    assertThat(accepted.data().decision())
        .isEqualTo(new Decision("next sprint", "ada", null, NOON));
    assertThat(accepted.time()).isEqualTo(NOON);

    RecommendationEvent changed = only(tell(asked(100)));
    assertThat(changed.data().state()).isEqualTo(ACCEPTED);
    assertThat(changed.data().decision()).isEqualTo(accepted.data().decision());
    assertThat(only(tell(made())).data().state()).isEqualTo(APPLIED);
  }

  @Test
  void anIndexAcceptedForATimeIsCalledSoAndSpokenOfWhenTheTimeIsOver() {
    Instant until = NOON.plusSeconds(3600);
    Recommendation accepted = only(decide(propose(), Action.ACCEPT, "", until)).data();

    assertThat(accepted.indexName()).isEqualTo("tmp_index_orders_on_a");
    assertThat(accepted.ddl())
        .isEqualTo(
            "CREATE INDEX CONCURRENTLY tmp_index_orders_on_a ON public.orders USING btree (a)");
    assertThat(accepted.steps().get(0).sql()).isEqualTo(accepted.ddl());
    assertThat(accepted.inverseDdl()).contains("public.tmp_index_orders_on_a");
    assertThat(accepted.body()).contains("tmp_index_orders_on_a").doesNotContain(" index_orders");
    assertThat(tell(asked())).isEmpty();

    AnalysisBuilder made =
        table("orders")
            .query("q", "a = $1", 10, 8, 8, "tmp_index_orders_on_a")
            .existing("tmp_index_orders_on_a", btree("a"));
    assertThat(only(tell(made)).data().state()).isEqualTo(APPLIED);
    assertThat(tell(made)).isEmpty();
    assertThat(tell(made)).isEmpty();

    minute = 60;
    tell(made);
    RecommendationEvent reminder = only(tell(made));
    assertThat(reminder.data().kind()).isEqualTo(RecommendationKind.DROP_INDEX);
    assertThat(reminder.data().indexName()).isEqualTo("tmp_index_orders_on_a");
  }

  @Test
  void aDismissedOneIsNotToldAgainUntilItsTime() {
    String id = propose();
    assertThat(
            only(decide(id, Action.DISMISS, "too much to write", NOON.plusSeconds(600)))
                .data()
                .state())
        .isEqualTo(DISMISSED);
    assertThat(tell(asked(100))).isEmpty();
    assertThat(tell(notAsked())).isEmpty();
    assertThat(tell(notAsked())).isEmpty();
    assertThat(tell(notAsked())).isEmpty();
    minute = 10;

    RecommendationEvent again = only(tell(asked()));

    assertThat(again.data().state()).isEqualTo(PROPOSED);
    assertThat(again.data().change()).contains("dismissed until 2026-01-02T12:10:00Z");
    assertThat(again.data().decision()).isNull();
  }

  @Test
  void aDismissalWithoutEndHasNone() {
    decide(propose(), Action.DISMISS, "", null);
    minute = 1_000_000;

    assertThat(tell(asked())).isEmpty();
    assertThat(tell(asked())).isEmpty();
  }

  @Test
  void aDecisionCanBeTakenBackAndTakenTwiceIsTakenOnce() {
    String id = propose();
    assertThat(decide(id, Action.DISMISS, "no", null)).hasSize(1);
    assertThat(decide(id, Action.DISMISS, "no", null)).isEmpty();

    RecommendationEvent reopened = only(decide(id, Action.REOPEN, "", null));

    assertThat(reopened.data().state()).isEqualTo(PROPOSED);
    assertThat(reopened.data().decision()).isNull();
    assertThat(decide(id, Action.REOPEN, "", null)).isEmpty();
  }

  @Test
  void whatIsOverCannotBeAcceptedButCanBeDismissed() {
    String id = propose();
    tell(notAsked());
    tell(notAsked());
    tell(notAsked());

    assertThat(decide(id, Action.ACCEPT, "", null)).isEmpty();
    assertThat(only(decide(id, Action.DISMISS, "", null)).data().state()).isEqualTo(DISMISSED);
    tell(asked());
    assertThat(tell(asked())).isEmpty();
  }

  @Test
  void aDecisionAboutWhatIsNotKnownChangesNothing() {
    assertThat(decide("0123456789abcdef", Action.ACCEPT, "", null)).isEmpty();
  }

  @Test
  void tenReplaysInShuffledOrderEndTheSame() {
    List<TableAnalysis> analyses =
        IntStream.range(0, 40)
            .mapToObj(
                i ->
                    (i % 3 == 0 ? askedOf("t" + i % 7, 10 + i) : table("t" + i % 7))
                        .at(NOON.plusSeconds(60L * i).toString())
                        .build())
            .toList();
    Map<String, RecommendationState> inOrder = finalStates(analyses, Long.MAX_VALUE);
    Map<String, RecommendationState> bounded = finalStates(analyses, 50_000_000);
    assertThat(inOrder.values()).contains(PROPOSED);
    assertThat(bounded).isNotEqualTo(inOrder);

    for (int seed = 1; seed <= 10; seed++) {
      List<TableAnalysis> shuffled = new ArrayList<>(analyses);
      Collections.shuffle(shuffled, new Random(seed));
      assertThat(standing(finalStates(shuffled, Long.MAX_VALUE))).isEqualTo(standing(inOrder));
      assertThat(standing(finalStates(shuffled, 50_000_000))).isEqualTo(standing(bounded));
    }
  }

  @Test
  void tablesShareTheStorageOfTheirDatabase() {
    Ledger bounded = ledger(Hysteresis.NONE, 23_000_000);
    List<RecommendationEvent> first = bounded.analysed(askedOf("small", 1).build());
    first.forEach(bounded::told);

    List<RecommendationEvent> second = bounded.analysed(askedOf("large", 100).build());

    assertThat(only(first).data().table()).isEqualTo("public.small");
    assertThat(second)
        .extracting(event -> event.data().table() + " " + event.data().state().word())
        .containsExactly("public.large proposed", "public.small withdrawn");
  }

  private static Map<String, RecommendationState> standing(
      Map<String, RecommendationState> states) {
    return states.entrySet().stream()
        .filter(state -> state.getValue().stands())
        .collect(toMap(Map.Entry::getKey, state -> PROPOSED));
  }

  private static Map<String, RecommendationState> finalStates(
      List<TableAnalysis> analyses, long storage) {
    Ledger fresh = ledger(Hysteresis.NONE, storage);
    analyses.forEach(analysis -> fresh.analysed(analysis).forEach(fresh::told));
    return fresh.snapshot().all().stream()
        .collect(toMap(Recommendation::id, Recommendation::state));
  }

  private String propose() {
    tell(asked());
    return only(tell(asked())).subject();
  }

  private void restart() {
    Ledger next = ledger(new Hysteresis(2, 3), Long.MAX_VALUE);
    ledger
        .unwrittenRounds()
        .forEach((table, rounds) -> rounds.ifPresent(counted -> next.remembered(table, counted)));
    ledger = next;
  }

  private List<RecommendationEvent> decide(String id, Action action, String reason, Instant until) {
    Optional<RecommendationEvent> event =
        ledger.decided(new RecommendationCommand(id, action, reason, "ada", until), NOON);
    event.ifPresent(ledger::told);
    return event.stream().toList();
  }

  private List<RecommendationEvent> tell(AnalysisBuilder analysis) {
    List<RecommendationEvent> events = ledger.analysed(at(analysis).build());
    events.forEach(ledger::told);
    return events;
  }

  private AnalysisBuilder at(AnalysisBuilder analysis) {
    return analysis.at(NOON.plusSeconds(60L * minute++).toString());
  }

  private static AnalysisBuilder asked() {
    return asked(10);
  }

  private static AnalysisBuilder asked(double callsPerMinute) {
    return askedOf("orders", callsPerMinute);
  }

  private static AnalysisBuilder askedOf(String table, double callsPerMinute) {
    return table(table).query("q", "a = $1", callsPerMinute, 1000).candidate("a").cell("q", "a", 8);
  }

  private static AnalysisBuilder longer() {
    return asked()
        .query("r", "a = $1 AND b = $2", 1000, 1000)
        .candidate("a", "b")
        .cell("r", "a, b", 8)
        .cell("q", "a, b", 8);
  }

  private static AnalysisBuilder made() {
    return table("orders")
        .query("q", "a = $1", 10, 8, 8, "its_own_name")
        .existing("its_own_name", btree("a"));
  }

  private static AnalysisBuilder notAsked() {
    return table("orders").query("q", "a = $1", 10, 1000).candidate("a");
  }

  private static RecommendationEvent only(List<RecommendationEvent> events) {
    assertThat(events).hasSize(1);
    return events.get(0);
  }

  private static Ledger ledger(Hysteresis hysteresis, long storage) {
    return new Ledger(
        new Advisor(Policy.DEFAULT, Thresholds.DEFAULT, Limits.DEFAULT),
        new OtherAdvice(UpkeepPolicy.DEFAULT),
        () -> IndexUsage.NOTHING_KNOWN,
        new Verdicts(Thresholds.DEFAULT),
        new Lifecycle(URI.create("urn:test"), 0.25, hysteresis),
        new Archive(10_000_000),
        new StorageBudget(storage));
  }
}
