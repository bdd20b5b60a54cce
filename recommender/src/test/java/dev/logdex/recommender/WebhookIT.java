package dev.logdex.recommender;

import static dev.logdex.recommender.event.RecommendationState.APPLIED;
import static dev.logdex.recommender.event.RecommendationState.PROPOSED;
import static dev.logdex.recommender.event.RecommendationState.UPDATED;
import static dev.logdex.recommender.webhook.Events.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.embedded.ItParts;
import dev.logdex.normalizer.event.DeadLetter;
import dev.logdex.normalizer.event.DeadLetterReason;
import dev.logdex.recommender.event.RecommendationState;
import dev.logdex.recommender.kafka.Wire;
import dev.logdex.recommender.webhook.FakeGitHub;
import dev.logdex.recommender.webhook.HttpReceiver;
import dev.logdex.recommender.webhook.HttpReceiver.Hang;
import dev.logdex.recommender.webhook.HttpReceiver.HangAfterwards;
import dev.logdex.recommender.webhook.HttpReceiver.LoseAnswer;
import dev.logdex.recommender.webhook.HttpReceiver.Pass;
import dev.logdex.recommender.webhook.HttpReceiver.Refuse;
import dev.logdex.recommender.webhook.HttpReceiver.Request;
import dev.logdex.recommender.webhook.HttpReceiver.Response;
import dev.logdex.runtime.EventJson;
import dev.logdex.runtime.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A webhook on a real Kafka, with receivers that fail. */
@Timeout(300)
class WebhookIT {
  private static final List<RecommendationState> LIFE = List.of(PROPOSED, UPDATED, APPLIED);

  private Wire wire;

  @BeforeEach
  void open() {
    wire = Wire.open(ItParts.kafka());
  }

  @AfterEach
  void close() {
    wire.close();
  }

  @Test
  void eventsArriveInTheirOrderAndARestartRepeatsNone() throws IOException {
    try (HttpReceiver receiver = HttpReceiver.start(request -> Response.of(200, ""))) {
      tell("a1", 1);
      tell("a1", 2);
      try (Webhook webhook = started(receiver.url(), Map.of())) {
        patiently().until(() -> receiver.requests().size() == 2);
        patiently().until(() -> isDone("default"));
        assertThat(webhook.failure()).isEmpty();
      }
      tell("a1", 3);
      try (Webhook webhook = started(receiver.url(), Map.of())) {
        patiently().until(() -> receiver.requests().size() == 3);
        assertThat(webhook.failure()).isEmpty();
      }
      assertThat(receiver.requests())
          .extracting(request -> request.header("idempotency-key"))
          .containsExactly("a1-1", "a1-2", "a1-3");
    }
  }

  @Test
  void severalWebhooksEachGetAll() throws IOException {
    try (HttpReceiver one = HttpReceiver.start(request -> Response.of(200, ""));
        HttpReceiver other = HttpReceiver.start(request -> Response.of(200, ""))) {
      tell("a1", 1);
      try (Webhook first = started(one.url(), Map.of("webhook.name", "one"));
          Webhook second = started(other.url(), Map.of("webhook.name", "other"))) {
        patiently().until(() -> one.requests().size() == 1 && other.requests().size() == 1);
        assertThat(List.of(first, second)).allMatch(each -> each.failure().isEmpty());
      }
    }
  }

  @Test
  void whatIsRefusedGoesToTheDeadLettersAndTheRestGoesOn() throws IOException {
    try (HttpReceiver receiver = HttpReceiver.start(WebhookIT::refuseB2)) {
      tell("b2", 1);
      wire.send(Topic.RECOMMENDATIONS, "c3", "no event".getBytes(UTF_8));
      tell("a1", 1);
      try (Webhook webhook = started(receiver.url(), Map.of())) {
        patiently().until(() -> isDone("default"));
        assertThat(webhook.failure()).isEmpty();
      }
      assertThat(receiver.requests()).hasSize(2);
      List<DeadLetter> letters = letters();
      assertThat(letters)
          .extracting(DeadLetter::reason)
          .containsExactly(DeadLetterReason.NOT_DELIVERED, DeadLetterReason.INTERNAL);
      assertThat(letters.get(0).place()).isEqualTo("b2-1");
      assertThat(letters.get(0).detail()).contains("status 400");
      assertThat(letters.get(1).place()).isEqualTo("0:1");
    }
  }

  @Test
  void anEventThatNobodyTookIsKeptForTheNextLife() throws IOException {
    try (HttpReceiver receiver = HttpReceiver.start(request -> Response.of(200, ""))) {
      IntStream.range(0, 10_000).forEach(i -> receiver.fail(new Refuse(Response.of(503, ""))));
      tell("a1", 1);
      Webhook webhook = started(receiver.url(), Map.of());
      patiently().until(() -> receiver.requests().size() > 2);
      webhook.close();
      assertThat(isDone("default")).isFalse();
      assertThat(letters()).isEmpty();
    }
    try (HttpReceiver better = HttpReceiver.start(request -> Response.of(200, ""));
        Webhook webhook = started(better.url(), Map.of())) {
      patiently().until(() -> isDone("default"));
      assertThat(better.requests()).hasSize(1);
      assertThat(webhook.failure()).isEmpty();
    }
  }

  /** Killed with SIGKILL while answers are lost: nothing is left but what Kafka and GitHub know. */
  @Test
  void aWebhookThatIsKilledAtRandomOpensEachIssueOnce() throws Exception {
    Random random = new Random(4);
    List<String> ids = IntStream.range(0, 12).mapToObj(i -> "a" + i).toList();
    try (FakeGitHub gitHub = FakeGitHub.start()) {
      for (int change = 1; change <= LIFE.size(); change++) {
        for (String id : ids) {
          tell(id, change);
        }
      }
      for (int kills = 0; kills < 4; kills++) {
        int requests = gitHub.http().requests().size() + hangSoon(gitHub.http(), random);
        Process process = process(gitHub.url());
        patiently().until(() -> gitHub.http().requests().size() >= requests);
        process.destroyForcibly().waitFor();
      }
      assertThat(isDone("default")).as("it was killed in the middle").isFalse();

      Process process = process(gitHub.url());
      patiently().until(() -> isDone("default"));
      process.destroy();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();

      assertThat(gitHub.issues()).hasSize(ids.size());
      assertThat(ids)
          .allSatisfy(
              id -> {
                assertThat(gitHub.issue("logdex-" + id).get("state").asText()).isEqualTo("closed");
                assertThat(gitHub.commentsOf("logdex-" + id)).hasSize(2);
              });
    }
  }

  /** Every third answer is lost until there is none at all; the number of requests until then. */
  private static int hangSoon(HttpReceiver receiver, Random random) {
    int before = 5 + random.nextInt(25);
    for (int i = 0; i < before; i++) {
      receiver.fail(i % 3 == 0 ? new LoseAnswer() : new Pass());
    }
    receiver.fail(random.nextBoolean() ? new Hang() : new HangAfterwards());
    return before + 1;
  }

  private static Response refuseB2(Request request) {
    return Response.of(request.header("idempotency-key").startsWith("b2") ? 400 : 200, "");
  }

  private void tell(String id, int change) {
    wire.told(event(id, change, LIFE.get(change - 1)));
  }

  private Webhook started(String url, Map<String, String> more) {
    Map<String, String> all = new HashMap<>(settings(url));
    all.putAll(more);
    Webhook webhook = new Webhook(WebhookConfig.parse(all));
    webhook.start();
    return webhook;
  }

  private Map<String, String> settings(String url) {
    return Map.of(
        "bootstrap.servers",
        ItParts.kafka(),
        "topic.prefix",
        wire.prefix(),
        "kafka.session.timeout.ms",
        "6000",
        "webhook.url",
        url,
        "webhook.retry.pause.min",
        "PT0.01S",
        "webhook.retry.pause.max",
        "PT0.1S");
  }

  private Process process(String url) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                WebhookMain.class.getName())
            .inheritIO();
    settings(url)
        .forEach(
            (name, value) ->
                builder
                    .environment()
                    .put("LOGDEX_" + name.toUpperCase(Locale.ROOT).replace('.', '_'), value));
    builder.environment().put("LOGDEX_WEBHOOK_FORMAT", "github");
    builder.environment().put("LOGDEX_WEBHOOK_AUTHORIZATION", "Bearer secret");
    return builder.start();
  }

  private boolean isDone(String name) {
    return wire.isDone(Webhook.group(wire.prefix(), name), Topic.RECOMMENDATIONS);
  }

  private List<DeadLetter> letters() {
    return wire.records(Topic.DEAD_LETTERS).stream()
        .map(ConsumerRecord::value)
        .map(value -> EventJson.read(value, DeadLetter.class))
        .toList();
  }

  private static ConditionFactory patiently() {
    return Awaitility.await().atMost(Duration.ofMinutes(1));
  }
}
