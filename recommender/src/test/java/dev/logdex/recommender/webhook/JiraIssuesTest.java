package dev.logdex.recommender.webhook;

import static dev.logdex.recommender.event.RecommendationState.DISMISSED;
import static dev.logdex.recommender.event.RecommendationState.PROPOSED;
import static dev.logdex.recommender.event.RecommendationState.UPDATED;
import static dev.logdex.recommender.webhook.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.recommender.event.Severity;
import dev.logdex.recommender.webhook.Delivery.Outcome;
import dev.logdex.recommender.webhook.HttpReceiver.LoseAnswer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class JiraIssuesTest {
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLifeIsOneIssueWithEitherSearch(boolean cloud) throws Exception {
    try (FakeJira jira = FakeJira.start(cloud)) {
      deliver(
          jira, event("a1", 1, PROPOSED, Map.of("title", "Add it", "body", "*SQL* {noformat}")));
      deliver(jira, event("a1", 2, UPDATED));
      deliver(jira, event("a1", 3, DISMISSED, Map.of("change", "Dismissed: too large.")));
      deliver(jira, event("a1", 3, DISMISSED));
      deliver(jira, event("a1", 4, PROPOSED));

      assertThat(jira.issues()).hasSize(1);
      assertThat(jira.issues().get(0).get("labels")).hasToString("[\"logdex-a1\"]");
      assertThat(jira.comments()).hasSize(3).anyMatch(each -> each.contains("too large."));
      assertThat(jira.moves()).containsExactly("31", "11");
    }
  }

  @Test
  void wikiMarkupOfAStatementIsLeftAlone() throws Exception {
    try (FakeJira jira = FakeJira.start(true)) {
      deliver(jira, event("a1", 1, PROPOSED, Map.of("title", "Add it", "body", "*x* {noformat}")));

      assertThat(jira.issues().get(0).get("summary").asText()).isEqualTo("Add it");
      assertThat(jira.issues().get(0).get("description").asText())
          .isEqualTo("{noformat}\n*x* (noformat)\n{noformat}\n\nlogdex-event: a1-1 proposed");
    }
  }

  @Test
  void lostAnswersRepeatNothing() throws Exception {
    try (FakeJira jira = FakeJira.start(true)) {
      IntStream.range(0, 20).forEach(i -> fault(jira, i));
      for (RecommendationEvent each :
          List.of(event("a1", 1, PROPOSED), event("a1", 2, UPDATED), event("a1", 3, DISMISSED))) {
        deliver(jira, each);
      }
      assertThat(jira.issues()).hasSize(1);
      assertThat(jira.comments()).hasSize(2).doesNotHaveDuplicates();
    }
  }

  private static void fault(FakeJira jira, int number) {
    if (number % 2 == 0) {
      jira.http().pass();
    } else {
      jira.http().fail(new LoseAnswer());
    }
  }

  private static void deliver(FakeJira jira, RecommendationEvent event)
      throws InterruptedException {
    Delivery delivery =
        new Delivery(
            new WebhookTarget(
                WebhookFormat.JIRA, URI.create(jira.http().url()), "Bearer secret", "DB", "Task"),
            new EventFilter(Severity.INFO, Set.of(), Set.of(), Set.of()),
            new RetrySettings(Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(30)),
            Duration.ofSeconds(5),
            1_000_000,
            failure -> {});
    assertThat(delivery.deliver(event).kind()).isEqualTo(Outcome.Kind.DELIVERED);
  }
}
