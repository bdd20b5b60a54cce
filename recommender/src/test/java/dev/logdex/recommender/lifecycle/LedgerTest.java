package dev.logdex.recommender.lifecycle;

import static dev.logdex.recommender.AnalysisBuilder.btree;
import static dev.logdex.recommender.AnalysisBuilder.table;
import static dev.logdex.recommender.event.RecommendationState.APPLIED;
import static dev.logdex.recommender.event.RecommendationState.PROPOSED;
import static dev.logdex.recommender.event.RecommendationState.UPDATED;
import static dev.logdex.recommender.event.RecommendationState.WITHDRAWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.event.Analysis;
import dev.logdex.recommender.AnalysisBuilder;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.recommender.event.RecommendationKind;
import dev.logdex.recommender.event.RecommendationState;
import dev.logdex.recommender.recommendation.Advisor;
import dev.logdex.recommender.recommendation.Limits;
import dev.logdex.recommender.selection.GoodEnough;
import dev.logdex.recommender.selection.SelectorChoice;
import dev.logdex.recommender.selection.StorageBudget;
import dev.logdex.recommender.selection.Thresholds;
import dev.logdex.recommender.upkeep.OtherAdvice;
import dev.logdex.recommender.upkeep.UpkeepPolicy;
import dev.logdex.recommender.usage.IndexUsage;
import dev.logdex.recommender.whynot.Verdicts;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LedgerTest {
  private final Ledger ledger = ledger();

  @Test
  void whatIsFoundFirstIsProposed() {
    RecommendationEvent event = only(tell(asked().at("2026-01-02T03:05:00Z")));

    assertThat(event.specversion()).isEqualTo("1.0");
    assertThat(event.id()).isEqualTo(event.subject() + "-1");
    assertThat(event.subject()).isEqualTo(event.data().id());
    assertThat(event.type()).isEqualTo("dev.logdex.recommendation.proposed");
    assertThat(event.source()).isEqualTo(URI.create("urn:test"));
    assertThat(event.time()).isEqualTo(Instant.parse("2026-01-02T03:05:00Z"));
    assertThat(event.data().state()).isEqualTo(PROPOSED);
    assertThat(event.data().change()).isEqualTo("First proposed.");
  }

  @Test
  void theSameAgainIsNotTold() {
    tell(asked());

    assertThat(tell(asked().at("2026-02-02T03:05:00Z"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"12.4, 0", "12.6, 1", "7.6, 0", "7.4, 1"})
  void anotherSavingIsToldFromAQuarterOn(double callsPerMinute, int events) {
    tell(asked());

    List<RecommendationEvent> changes = tell(asked(callsPerMinute));

    assertThat(changes).hasSize(events);
    assertThat(changes)
        .allSatisfy(
            event -> {
              assertThat(event.data().state()).isEqualTo(UPDATED);
              assertThat(event.id()).endsWith("-2");
              assertThat(event.data().change()).contains("where it was 9,920");
            });
  }

  @Test
  void smallChangesAddUpAgainstWhatWasToldLast() {
    tell(asked());
    assertThat(tell(asked(12))).isEmpty();

    assertThat(tell(asked(13))).hasSize(1);
    assertThat(tell(asked(14))).isEmpty();
  }

  @Test
  void otherQueriesAreTold() {
    tell(asked());

    RecommendationEvent event =
        only(tell(asked().query("r", "a > $1", 0.01, 1000).cell("r", "a", 9)));

    assertThat(event.data().state()).isEqualTo(UPDATED);
    assertThat(event.data().change())
        .isEqualTo("Other queries gain: 1 came and 0 went; they are 2 now.");
  }

  @Test
  void anotherStatementIsTold() {
    tell(asked());

    RecommendationEvent event = only(tell(asked().existing("index_orders_on_a", btree("b"))));

    assertThat(event.data().state()).isEqualTo(UPDATED);
    assertThat(event.data().change()).contains("statement that makes the index");
    assertThat(event.data().ddl()).contains("index_orders_on_a_");
  }

  @Test
  void anIndexThatIsThereIsApplied() {
    tell(asked());

    RecommendationEvent event = only(tell(made()));

    assertThat(event.data().state()).isEqualTo(APPLIED);
    assertThat(event.data().change()).isEqualTo("The index is there as its_own_name.");
    assertThat(event.data().queries()).hasSize(1);
    assertThat(tell(made())).isEmpty();
  }

  @Test
  void anInvalidIndexIsNotApplied() {
    tell(asked());

    assertThat(tell(asked().existing("its_own_name", btree("a"), false)))
        .extracting(event -> event.data().kind())
        .containsExactly(RecommendationKind.DROP_INDEX);
  }

  @Test
  void anIndexThatServesInPlaceOfTheAdvisedOneWithdrawsIt() {
    tell(asked());

    assertThat(only(tell(asked().existing("longer", btree("a", "b")))).data().state())
        .isEqualTo(WITHDRAWN);
  }

  @Test
  void whatIsNoLongerAskedForIsWithdrawnOnce() {
    tell(asked());

    RecommendationEvent event = only(tell(notAsked()));

    assertThat(event.data().state()).isEqualTo(WITHDRAWN);
    assertThat(event.id()).endsWith("-2");
    assertThat(event.data().change()).contains("no longer ask");
    assertThat(tell(notAsked())).isEmpty();
  }

  @Test
  void withdrawnAdviceThatIsAskedForAgainIsTheSameAdvice() {
    String id = only(tell(asked())).subject();
    tell(notAsked());

    RecommendationEvent event = only(tell(asked()));

    assertThat(event.subject()).isEqualTo(id);
    assertThat(event.id()).isEqualTo(id + "-3");
    assertThat(event.data().state()).isEqualTo(PROPOSED);
  }

  @Test
  void anAppliedIndexThatIsDroppedIsProposedAgainWhenAskedForAndElseWithdrawn() {
    tell(asked());
    tell(made());
    assertThat(only(tell(asked())).data().change()).contains("no longer in the catalog");

    tell(made());
    assertThat(only(tell(notAsked())).data().state()).isEqualTo(WITHDRAWN);
  }

  @Test
  void aTableThatIsGoneTakesItsAdviceAlong() {
    RecommendationEvent proposed = only(tell(asked()));

    RecommendationEvent event = only(told(ledger.gone("shop/public.orders")));

    assertThat(event.data().state()).isEqualTo(WITHDRAWN);
    assertThat(event.time()).isEqualTo(proposed.time());
    assertThat(ledger.gone("shop/public.orders")).isEmpty();
    assertThat(ledger.snapshot().whyNot()).isEmpty();
  }

  @Test
  void otherTablesAreLeftAlone() {
    tell(asked());
    tell(asked("items"));

    assertThat(only(tell(notAsked())).data().table()).isEqualTo("public.orders");
    assertThat(states()).containsExactlyInAnyOrder(WITHDRAWN, PROPOSED);
  }

  @Test
  void aNewLifeThatKnowsWhatWasToldTellsNothingNew() {
    List<RecommendationEvent> told = tell(asked());
    Ledger again = ledger();
    told.forEach(again::told);

    assertThat(again.analysed(asked().build())).isEmpty();
    assertThat(again.snapshot().current()).isEqualTo(ledger.snapshot().current()).hasSize(1);
  }

  @Test
  void aNewLifeFinishesWhatWasHalfTold() {
    AnalysisBuilder two = asked().query("b", "b = $1", 1, 1000).candidate("b").cell("b", "b", 8);
    List<RecommendationEvent> told = ledger.analysed(two.build());
    Ledger again = ledger();
    again.told(told.get(0));

    assertThat(told).hasSize(2);
    assertThat(again.analysed(two.build())).containsExactly(told.get(1));
  }

  @Test
  void replayedAnalysesGiveTheSameEvents() {
    List<AnalysisBuilder> analyses = List.of(asked(), asked(20), made(), notAsked(), asked());
    Ledger again = ledger();

    for (AnalysisBuilder analysis : analyses) {
      List<RecommendationEvent> events = tell(analysis);
      assertThat(again.analysed(analysis.build())).isEqualTo(events);
      events.forEach(again::told);
    }
  }

  @Test
  void whatStandsIsProposedOrUpdatedLargestSavingFirst() {
    tell(asked("small", 1));
    tell(asked("large", 100));
    tell(asked());
    tell(asked(20));
    tell(asked("gone", 10));
    tell(table("gone"));

    assertThat(ledger.snapshot().current())
        .extracting(Recommendation::table)
        .containsExactly("public.large", "public.orders", "public.small");
    assertThat(ledger.snapshot().all()).hasSize(4);
  }

  private List<RecommendationState> states() {
    return ledger.snapshot().all().stream().map(Recommendation::state).toList();
  }

  private List<RecommendationEvent> tell(AnalysisBuilder analysis) {
    Analysis built = analysis.build();
    return told(ledger.analysed(built));
  }

  private List<RecommendationEvent> told(List<RecommendationEvent> events) {
    events.forEach(ledger::told);
    return events;
  }

  private static AnalysisBuilder asked() {
    return asked("orders");
  }

  private static AnalysisBuilder asked(double callsPerMinute) {
    return asked("orders", callsPerMinute);
  }

  private static AnalysisBuilder asked(String table) {
    return asked(table, 10);
  }

  private static AnalysisBuilder asked(String table, double callsPerMinute) {
    return table(table).query("q", "a = $1", callsPerMinute, 1000).candidate("a").cell("q", "a", 8);
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

  private static Ledger ledger() {
    return new Ledger(
        new Advisor(SelectorChoice.always(new GoodEnough()), Thresholds.DEFAULT, Limits.DEFAULT),
        new OtherAdvice(UpkeepPolicy.DEFAULT),
        () -> IndexUsage.NOTHING_KNOWN,
        new Verdicts(Thresholds.DEFAULT),
        new Lifecycle(URI.create("urn:test"), 0.25, Hysteresis.NONE),
        new Archive(1_000_000),
        new StorageBudget(Long.MAX_VALUE));
  }
}
