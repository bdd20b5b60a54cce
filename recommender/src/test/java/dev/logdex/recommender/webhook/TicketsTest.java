package dev.logdex.recommender.webhook;

import static dev.logdex.recommender.event.RecommendationState.ACCEPTED;
import static dev.logdex.recommender.event.RecommendationState.APPLIED;
import static dev.logdex.recommender.event.RecommendationState.DISMISSED;
import static dev.logdex.recommender.event.RecommendationState.PROPOSED;
import static dev.logdex.recommender.event.RecommendationState.SUPERSEDED;
import static dev.logdex.recommender.event.RecommendationState.UPDATED;
import static dev.logdex.recommender.event.RecommendationState.WITHDRAWN;
import static dev.logdex.recommender.webhook.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.recommender.event.RecommendationState;
import dev.logdex.recommender.event.Severity;
import dev.logdex.recommender.webhook.Delivery.Outcome;
import dev.logdex.recommender.webhook.HttpReceiver.LoseAnswer;
import dev.logdex.recommender.webhook.HttpReceiver.Refuse;
import dev.logdex.recommender.webhook.HttpReceiver.Response;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One issue for each recommendation, whatever happens on the way. */
@Timeout(60)
class TicketsTest {
  private static final String LABEL = "logdex-a1";

  private FakeGitHub gitHub;

  @BeforeEach
  void start() throws IOException {
    gitHub = FakeGitHub.start();
  }

  @AfterEach
  void stop() {
    gitHub.close();
  }

  @Test
  void aProposalOpensAnIssueWithItsTexts() throws Exception {
    deliver(event("a1", 1, PROPOSED, Map.of("title", "Add it", "body", "For **this**.")));

    assertThat(gitHub.issue(LABEL).get("title").asText()).isEqualTo("Add it");
    assertThat(gitHub.issue(LABEL).get("body").asText())
        .startsWith("For **this**.")
        .endsWith("<!-- logdex-event: a1-1 proposed -->");
  }

  @Test
  void aWholeLifeIsOneIssue() throws Exception {
    deliver(event("a1", 1, PROPOSED));
    deliver(event("a1", 2, UPDATED, Map.of("change", "It saves twice as much.")));
    deliver(event("a1", 3, ACCEPTED));
    assertThat(state()).isEqualTo("open");
    deliver(event("a1", 4, APPLIED));

    assertThat(state()).isEqualTo("closed");
    assertThat(gitHub.issue(LABEL).get("state_reason").asText()).isEqualTo("completed");
    assertThat(gitHub.commentsOf(LABEL)).hasSize(3);
    assertThat(gitHub.commentsOf(LABEL).get(0)).startsWith("updated: It saves twice as much.");
  }

  @Test
  void aTicketWhosePlaceAnotherOneTakesNamesIt() throws Exception {
    deliver(event("a1", 1, PROPOSED));
    deliver(event("a1", 2, SUPERSEDED, Map.of("supersededBy", "ffff")));

    assertThat(state()).isEqualTo("closed");
    assertThat(gitHub.commentsOf(LABEL).get(0)).contains("logdex-ffff");
  }

  @Test
  void adviceThatComesBackOpensItsIssueAgain() throws Exception {
    deliver(event("a1", 1, PROPOSED));
    deliver(event("a1", 2, DISMISSED, Map.of("change", "Dismissed by ann: too large.")));
    assertThat(state()).isEqualTo("closed");
    deliver(event("a1", 3, PROPOSED));

    assertThat(state()).isEqualTo("open");
    assertThat(gitHub.commentsOf(LABEL).get(0)).contains("Dismissed by ann: too large.");
  }

  @Test
  void anIssueThatAPersonClosedStaysClosedWhileNewsComes() throws Exception {
    deliver(event("a1", 1, PROPOSED));
    gitHub.setState(LABEL, "closed");
    deliver(event("a1", 2, UPDATED));

    assertThat(state()).isEqualTo("closed");
    assertThat(gitHub.commentsOf(LABEL)).hasSize(1);
  }

  @Test
  void anEndThatNobodyWasToldTheBeginningOfOpensNothing() throws Exception {
    deliver(event("a1", 2, WITHDRAWN));

    assertThat(gitHub.issues()).isEmpty();
  }

  @Test
  void readingTheTopicAgainChangesNothing() throws Exception {
    List<RecommendationEvent> life =
        List.of(event("a1", 1, PROPOSED), event("a1", 2, UPDATED), event("a1", 3, WITHDRAWN));
    deliver(life);
    List<?> before = gitHub.issues();
    deliver(life);

    assertThat(gitHub.issues()).isEqualTo(before).hasSize(1);
    assertThat(gitHub.commentsOf(LABEL)).hasSize(2);
  }

  @Test
  void aTokenThatMayNotSetLabelsOpensNothing() throws Exception {
    gitHub.forbidLabels();

    Outcome outcome = delivery().deliver(event("a1", 1, PROPOSED));

    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.GIVEN_UP);
    assertThat(outcome.reason()).contains("may not make the label logdex-a1");
    assertThat(gitHub.issues()).isEmpty();
  }

  @Test
  void aLongLifeIsCommentedOnOnceForEachChange() throws Exception {
    deliver(event("a1", 1, PROPOSED));
    for (int change = 2; change <= 65; change++) {
      // the comment's own answer is lost, so it is looked for
      skip(2);
      gitHub.http().fail(new LoseAnswer());
      deliver(event("a1", change, UPDATED));
    }

    assertThat(gitHub.commentsOf(LABEL)).hasSize(64).doesNotHaveDuplicates();
  }

  @Test
  void whateverGoesWrongEachRecommendationHasOneIssueAndEachChangeOneComment() throws Exception {
    for (int seed = 0; seed < 30; seed++) {
      try (FakeGitHub fresh = FakeGitHub.start()) {
        Random random = new Random(seed);
        IntStream.range(0, 60).forEach(i -> fresh.http().fail(anyFault(random)));
        for (String id : List.of("a1", "b2")) {
          live(fresh, id, random);
        }
        assertThat(fresh.issues()).as("seed " + seed).hasSize(2);
        assertThat(fresh.commentsOf(LABEL)).as("seed " + seed).hasSize(3).doesNotHaveDuplicates();
        assertThat(fresh.issue(LABEL).get("state").asText()).isEqualTo("closed");
      }
    }
  }

  /** Each event comes once or more often: a restart before the offset was committed. */
  private static void live(FakeGitHub gitHub, String id, Random random)
      throws InterruptedException {
    List<RecommendationState> states = List.of(PROPOSED, UPDATED, ACCEPTED, APPLIED);
    for (int i = 0; i < states.size(); i++) {
      for (int times = 1 + random.nextInt(3); times > 0; times--) {
        assertThat(delivery(gitHub).deliver(event(id, i + 1, states.get(i))).kind())
            .isEqualTo(Outcome.Kind.DELIVERED);
      }
    }
  }

  private static HttpReceiver.Fault anyFault(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> new LoseAnswer();
      case 1 -> new Refuse(Response.of(502, ""));
      default -> new Refuse(new Response(429, Map.of("Retry-After", "0"), ""));
    };
  }

  private void skip(int requests) {
    IntStream.range(0, requests).forEach(i -> gitHub.http().pass());
  }

  private String state() {
    return gitHub.issue(LABEL).get("state").asText();
  }

  private void deliver(List<RecommendationEvent> events) throws InterruptedException {
    for (RecommendationEvent event : events) {
      deliver(event);
    }
  }

  private void deliver(RecommendationEvent event) throws InterruptedException {
    assertThat(delivery().deliver(event).kind()).isEqualTo(Outcome.Kind.DELIVERED);
  }

  private Delivery delivery() {
    return delivery(gitHub);
  }

  /** A new one each time: nothing may rest on its memory. */
  private static Delivery delivery(FakeGitHub gitHub) {
    return new Delivery(
        new WebhookTarget(
            WebhookFormat.GITHUB, URI.create(gitHub.url()), "Bearer secret", "", "Task"),
        new EventFilter(Severity.INFO, Set.of(), Set.of(), Set.of()),
        new RetrySettings(Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(30)),
        Duration.ofSeconds(5),
        1_000_000,
        failure -> {});
  }
}
