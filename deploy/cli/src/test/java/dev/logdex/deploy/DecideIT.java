package dev.logdex.deploy;

import static dev.logdex.recommender.event.RecommendationState.APPLIED;
import static dev.logdex.recommender.event.RecommendationState.PROPOSED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.deploy.Published.Advice;
import dev.logdex.embedded.ItParts;
import dev.logdex.runtime.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Decisions of a person, taken by a real recommender on a real Kafka. */
@Timeout(300)
class DecideIT {
  private static final String A_WHILE = "120";

  private Published published;

  @BeforeEach
  void open() {
    published = new Published();
  }

  @AfterEach
  void close() {
    published.close();
  }

  @Test
  void aDecisionIsShownWhenTheRecommenderHasTakenIt() throws Exception {
    published.tell(Advice.of("a1"), PROPOSED, 1);
    try (Stage recommender = recommender()) {
      Run dismissed =
          decide("a1", "dismiss", "--reason", "too large", "--by", "ann", "--until", "2030-01-01");
      assertThat(dismissed.code()).as(dismissed.notes()).isZero();
      assertThat(dismissed.results())
          .contains("dismissed")
          .contains("Dismissed until 2030-01-01T00:00:00Z by ann: too large.");

      assertThat(
              decide(
                      "a1",
                      "dismiss",
                      "--reason",
                      "too large",
                      "--by",
                      "ann",
                      "--until",
                      "2030-01-01")
                  .notes())
          .contains("so already");
      assertThat(decide("a1", "reopen", "--by", "ann").results()).contains("Reopened by ann.");
      assertThat(decide("a1", "accept", "--by", "bob").results()).contains("Accepted by bob.");
      assertThat(recommender.failure()).isEmpty();
    }
  }

  @Test
  void anUnknownIdIsSaidAndNothingIsSent() throws Exception {
    published.tell(Advice.of("a1"), PROPOSED, 1);

    Run run = decide("zz", "accept");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.notes()).contains("no recommendation zz", "logdex watch --once --all");
  }

  @Test
  void whatIsDoneCannotBeDismissed() throws Exception {
    published.tell(Advice.of("a1"), APPLIED, 2);

    Run run = decide("a1", "dismiss");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.notes()).contains("is applied");
  }

  @Test
  void whereNoRecommenderRunsTheWaitingEnds() throws Exception {
    published.tell(Advice.of("a1"), PROPOSED, 1);

    Run run = decide("a1", "accept", "--wait", "1");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.notes()).contains("The decision is sent", "as soon as one runs");
    try (Stage recommender = recommender()) {
      Run again = decide("a1", "accept");
      assertThat(again.code()).as(again.notes()).isZero();
      assertThat(recommender.failure()).isEmpty();
    }
  }

  @Test
  void wrongUseIsSaidBeforeKafkaIsAsked() {
    assertThat(decide("a1", "maybe").code()).isEqualTo(2);
    assertThat(decide("a1", "accept", "--until", "soon").notes()).contains("--until");
    assertThat(decide("a1", "reopen", "--until", "2030-01-01").code()).isEqualTo(2);
  }

  private Stage recommender() {
    Stage recommender =
        StageName.RECOMMENDER.open(
            Map.of("bootstrap.servers", ItParts.kafka(), "topic.prefix", published.prefix()));
    recommender.start();
    return recommender;
  }

  private Run decide(String... args) {
    List<String> all = new ArrayList<>(List.of("decide"));
    all.addAll(List.of(args));
    all.addAll(
        List.of("--bootstrap-servers", ItParts.kafka(), "--topic-prefix", published.prefix()));
    if (!all.contains("--wait")) {
      all.addAll(List.of("--wait", A_WHILE));
    }
    return Run.logdex(all.toArray(String[]::new));
  }
}
