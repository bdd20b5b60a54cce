package dev.logdex.recommender.webhook;

import static dev.logdex.recommender.event.RecommendationState.PROPOSED;
import static dev.logdex.recommender.event.RecommendationState.WITHDRAWN;
import static dev.logdex.recommender.webhook.Events.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.recommender.event.RecommendationState;
import dev.logdex.recommender.event.Severity;
import dev.logdex.recommender.webhook.Delivery.Outcome;
import dev.logdex.recommender.webhook.HttpReceiver.Fault;
import dev.logdex.recommender.webhook.HttpReceiver.Hang;
import dev.logdex.recommender.webhook.HttpReceiver.HangInBody;
import dev.logdex.recommender.webhook.HttpReceiver.LoseAnswer;
import dev.logdex.recommender.webhook.HttpReceiver.Refuse;
import dev.logdex.recommender.webhook.HttpReceiver.Request;
import dev.logdex.recommender.webhook.HttpReceiver.Response;
import dev.logdex.runtime.EventJson;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a receiver gets, over real HTTP, and what becomes of an event when it does not do its part.
 */
@Timeout(60)
class DeliveryTest {
  private static final EventFilter ALL =
      new EventFilter(Severity.INFO, Set.of(), Set.of(), Set.of());
  private static final RetrySettings QUICK =
      new RetrySettings(Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofSeconds(30));
  private static final RecommendationEvent EVENT = event("a1b2", 1, PROPOSED);

  private final List<String> failures = new CopyOnWriteArrayList<>();
  private HttpReceiver server;

  @BeforeEach
  void start() throws IOException {
    server = HttpReceiver.start(request -> Response.of(204, ""));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aPlainReceiverGetsTheCloudEventAndItsIdAsIdempotencyKey() throws Exception {
    assertThat(deliver(EVENT).kind()).isEqualTo(Outcome.Kind.DELIVERED);

    Request request = server.requests().get(0);
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/in?token=t0p");
    assertThat(request.header("content-type"))
        .isEqualTo("application/cloudevents+json; charset=UTF-8");
    assertThat(request.header("idempotency-key")).isEqualTo("a1b2-1");
    assertThat(request.header("authorization")).isEqualTo("Bearer secret");
    assertThat(EventJson.read(request.body().getBytes(UTF_8), RecommendationEvent.class))
        .isEqualTo(EVENT);
  }

  static List<Fault> passing() {
    return List.of(
        new Refuse(Response.of(500, "")),
        new Refuse(Response.of(503, "")),
        new Refuse(Response.of(408, "")),
        new Refuse(Response.of(425, "")),
        new Refuse(Response.of(429, "")),
        new LoseAnswer(),
        new Hang(),
        new HangInBody());
  }

  @ParameterizedTest
  @MethodSource("passing")
  void whatMayPassIsTriedAgainWithTheSameKey(Fault fault) throws Exception {
    server.fail(fault);
    server.fail(fault);

    assertThat(deliver(EVENT).kind()).isEqualTo(Outcome.Kind.DELIVERED);

    assertThat(server.requests())
        .extracting(request -> request.header("idempotency-key"))
        .hasSizeGreaterThanOrEqualTo(3)
        .containsOnly("a1b2-1");
    assertThat(failures).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 410, 422})
  void whatTheReceiverWillNeverTakeIsGivenUpAtOnce(int status) throws Exception {
    server.fail(new Refuse(Response.of(status, "no")));

    Outcome outcome = deliver(EVENT);

    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.GIVEN_UP);
    assertThat(outcome.reason()).contains("status " + status);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aRedirectIsNotFollowedSinceTheSecretIsForOneHostAlone() throws Exception {
    try (HttpReceiver other = HttpReceiver.start(request -> Response.of(200, ""))) {
      server.fail(new Refuse(new Response(307, Map.of("Location", other.url() + "/in"), "")));

      assertThat(deliver(EVENT).reason()).contains("status 307");
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void theReceiverSaysHowLongItWantsToBeLeftAlone() throws Exception {
    server.fail(new Refuse(new Response(429, Map.of("Retry-After", "2"), "")));
    long begin = System.nanoTime();

    assertThat(deliver(EVENT).kind()).isEqualTo(Outcome.Kind.DELIVERED);

    // never earlier, however busy the machine is
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofSeconds(2));
  }

  @Test
  void aRefusalForTooManyRequestsIsNoRefusal() throws Exception {
    server.fail(
        new Refuse(
            new Response(403, Map.of("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "1"), "")));

    assertThat(deliver(EVENT).kind()).isEqualTo(Outcome.Kind.DELIVERED);
  }

  @Test
  void anEventIsGivenUpWhenItHasBeenTriedForLongEnough() throws Exception {
    IntStream.range(0, 1000).forEach(i -> server.fail(new Refuse(Response.of(503, ""))));
    RetrySettings brief =
        new RetrySettings(Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofMillis(400));

    Outcome outcome = delivery(WebhookFormat.CLOUDEVENTS, ALL, brief).deliver(EVENT);

    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.GIVEN_UP);
    assertThat(outcome.reason()).startsWith("tried for PT0.4S: ").contains("status 503");
    assertThat(server.requests()).hasSizeGreaterThan(2);
  }

  @Test
  void aReceiverThatIsNotThereIsTriedAgain() throws Exception {
    server.close();
    RetrySettings brief =
        new RetrySettings(Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofMillis(200));

    assertThat(delivery(WebhookFormat.CLOUDEVENTS, ALL, brief).deliver(EVENT).reason())
        .contains("ConnectException");
  }

  @Test
  void anEndlessAnswerIsHungUpOn() throws Exception {
    try (HttpReceiver talkative =
        HttpReceiver.start(request -> Response.of(200, "x".repeat(50_000_000)))) {
      assertThat(
              delivery(talkative.url(), WebhookFormat.CLOUDEVENTS, ALL, QUICK)
                  .deliver(EVENT)
                  .kind())
          .isEqualTo(Outcome.Kind.DELIVERED);
      assertThat(
              delivery(talkative.url(), WebhookFormat.GITHUB, ALL, QUICK).deliver(EVENT).reason())
          .contains("webhook.answer.max.bytes");
    }
  }

  @Test
  void noReasonHoldsASecret() throws Exception {
    server.fail(new Refuse(Response.of(503, "Bearer secret")));
    server.fail(new LoseAnswer());
    server.fail(new Hang());
    server.fail(new Refuse(Response.of(400, "Bearer secret")));

    String reason = deliver(EVENT).reason();

    assertThat(failures).hasSize(3).noneMatch(each -> each.contains("secret"));
    assertThat(failures).noneMatch(each -> each.contains("t0p"));
    assertThat(reason).isNotEmpty().doesNotContain("secret", "t0p");
    assertThat(target(server.url(), WebhookFormat.SLACK).toString())
        .doesNotContain("secret", "t0p");
  }

  @Test
  void aThreadThatIsToldToEndEndsInTheMiddleOfAnAttempt() throws Exception {
    server.fail(new Hang());
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> deliver(EVENT)).isInstanceOf(InterruptedException.class);
  }

  @Test
  void onlyWantedEventsAreHandedOver() throws Exception {
    EventFilter filter =
        new EventFilter(
            Severity.HIGH, Set.of("create-index"), Set.of("shop"), Set.of("proposed", "withdrawn"));
    Delivery delivery = delivery(WebhookFormat.CLOUDEVENTS, filter, QUICK);
    Map<String, String> wanted = Map.of("severity", "high", "database", "shop");

    delivery.deliver(event("a1", 1, PROPOSED, wanted));
    for (RecommendationEvent other :
        List.of(
            event("b2", 1, RecommendationState.UPDATED, wanted),
            event("b3", 1, PROPOSED, Map.of("severity", "medium", "database", "shop")),
            event("b4", 1, PROPOSED, Map.of("severity", "high", "database", "crm")),
            event("b5", 1, PROPOSED, Map.of("severity", "high", "kind", "vacuum")))) {
      assertThat(delivery.deliver(other).kind()).isEqualTo(Outcome.Kind.FILTERED);
    }

    assertThat(server.requests())
        .extracting(request -> request.header("idempotency-key"))
        .containsExactly("a1-1");
  }

  @Test
  void aTicketIsClosedWhenItsAdviceHasBecomeLessSevereBefore() {
    EventFilter filter = new EventFilter(Severity.HIGH, Set.of(), Set.of(), Set.of());
    RecommendationEvent end = event("a1", 2, WITHDRAWN, Map.of("severity", "low"));

    assertThat(filter.takes(end.data(), true)).isTrue();
    assertThat(filter.takes(end.data(), false)).isFalse();
  }

  @Test
  void aChatMessageCallsNobodyAndStaysShort() throws Exception {
    RecommendationEvent loud =
        event(
            "a1",
            1,
            PROPOSED,
            Map.of("title", "<!channel> & " + "x".repeat(9_000), "ddl", "```" + "y".repeat(9_000)));

    delivery(WebhookFormat.SLACK, ALL, QUICK).deliver(loud);

    JsonNode message = EventJson.mapper().readTree(server.requests().get(0).body());
    assertThat(message.get("text").asText()).contains("&lt;!channel&gt; &amp;");
    assertThat(message.at("/blocks/0/text/text").asText().length()).isLessThanOrEqualTo(150);
    String section = message.at("/blocks/1/text/text").asText();
    assertThat(section.length()).isLessThanOrEqualTo(3_000);
    assertThat(section.split("```", -1)).as("nothing leaves its block").hasSize(3);
  }

  private Outcome deliver(RecommendationEvent event) throws InterruptedException {
    return delivery(WebhookFormat.CLOUDEVENTS, ALL, QUICK).deliver(event);
  }

  private Delivery delivery(WebhookFormat format, EventFilter filter, RetrySettings retry) {
    return delivery(server.url(), format, filter, retry);
  }

  private Delivery delivery(
      String url, WebhookFormat format, EventFilter filter, RetrySettings retry) {
    return new Delivery(
        target(url, format), filter, retry, Duration.ofSeconds(1), 100_000, failures::add);
  }

  private static WebhookTarget target(String url, WebhookFormat format) {
    return new WebhookTarget(
        format, URI.create(url + "/in?token=t0p"), "Bearer secret", "DB", "Task");
  }
}
