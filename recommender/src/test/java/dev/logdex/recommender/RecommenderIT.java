package dev.logdex.recommender;

import static dev.logdex.recommender.AnalysisBuilder.btree;
import static dev.logdex.recommender.AnalysisBuilder.table;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.embedded.EmbeddedKafka;
import dev.logdex.embedded.ItParts;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.RecommendationCommand;
import dev.logdex.recommender.event.RecommendationCommand.Action;
import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.recommender.event.RecommendationState;
import dev.logdex.recommender.kafka.Wire;
import dev.logdex.recommender.lifecycle.Archive;
import dev.logdex.recommender.lifecycle.Hysteresis;
import dev.logdex.recommender.lifecycle.Ledger;
import dev.logdex.recommender.lifecycle.Lifecycle;
import dev.logdex.recommender.recommendation.Advisor;
import dev.logdex.recommender.recommendation.Limits;
import dev.logdex.recommender.selection.Policy;
import dev.logdex.recommender.selection.StorageBudget;
import dev.logdex.recommender.selection.Thresholds;
import dev.logdex.recommender.upkeep.OtherAdvice;
import dev.logdex.recommender.upkeep.UpkeepPolicy;
import dev.logdex.recommender.usage.IndexUsage;
import dev.logdex.recommender.whynot.Verdicts;
import dev.logdex.recommender.whynot.WhyNot;
import dev.logdex.runtime.Topic;
import io.prometheus.client.CollectorRegistry;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecommenderIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

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
  void whatFollowsFromAnAnalysisIsPublishedAndThenCommitted() {
    try (Recommender recommender = started()) {
      wire.analysed(asked("orders"));
      awaitDone();

      assertThat(wire.records())
          .singleElement()
          .satisfies(
              record -> {
                assertThat(record.key()).isEqualTo(wire.events().get(0).data().id());
                Header contentType = record.headers().lastHeader("content-type");
                assertThat(new String(contentType.value(), UTF_8))
                    .isEqualTo("application/cloudevents+json; charset=UTF-8");
              });
      assertThat(recommender.current())
          .extracting(Recommendation::table)
          .containsExactly("public.orders");
      assertThat(recommender.whyNot()).isEmpty();
      assertThat(recommender.failure()).isEmpty();
    }
  }

  @Test
  void aRestartPublishesNothingNewAndKnowsWhatStands() {
    List<Recommendation> before;
    try (Recommender recommender = started()) {
      wire.analysed(asked("orders"));
      wire.analysed(asked("items"));
      wire.analysed(notAsked("users"));
      awaitDone();
      before = recommender.current();
    }
    List<RecommendationEvent> events = wire.events();

    try (Recommender again = started()) {
      await().atMost(PATIENCE).until(() -> again.current().equals(before));
      assertThat(again.whyNot())
          .extracting(WhyNot::sentence)
          .singleElement()
          .asString()
          .contains("public.users");
      wire.analysed(notAsked("last"));
      awaitDone();
    }

    assertThat(before).hasSize(2);
    assertThat(wire.events()).isEqualTo(events).hasSize(2);
  }

  @Test
  void analysesOfAFormerLifeDoNotComeBack() {
    try (Recommender recommender = started()) {
      wire.analysed(asked("orders"));
      awaitDone();
      wire.analysed(notAsked("orders"));
      awaitDone();
      assertThat(recommender.current()).isEmpty();
    }
    List<RecommendationEvent> events = wire.events();
    wire.forgetCommits();

    try (Recommender again = started()) {
      awaitDone();
      assertThat(again.current()).isEmpty();
    }

    assertThat(events)
        .extracting(event -> event.data().state().word())
        .containsExactly("proposed", "withdrawn");
    assertThat(wire.events()).isEqualTo(events);
  }

  @Test
  void whatWasPublishedButNotCommittedIsNotPublishedAgain() {
    try (Recommender recommender = started()) {
      wire.analysed(asked("orders"));
      awaitDone();
      assertThat(recommender.current()).hasSize(1);
    }
    wire.forgetCommits();

    try (Recommender again = started()) {
      awaitDone();
      assertThat(again.current()).hasSize(1);
    }

    assertThat(wire.events()).hasSize(1);
  }

  @Test
  void whatWasPublishedInPartIsCompleted() {
    TableAnalysis two =
        table("orders")
            .query("q", "a = $1", 10, 1000)
            .query("r", "b = $1", 10, 1000)
            .candidate("a")
            .candidate("b")
            .cell("q", "a", 8)
            .cell("r", "b", 8)
            .build();
    List<RecommendationEvent> wanted = ledger().analysed(two);
    wire.told(wanted.get(0));
    wire.analysed(two);

    try (Recommender recommender = started()) {
      awaitDone();
      assertThat(recommender.current()).hasSize(2);
    }

    assertThat(wire.events()).isEqualTo(wanted).hasSize(2);
  }

  @Test
  void theSameLogUnderAnotherPrefixGivesTheSameEvents() {
    List<TableAnalysis> analyses =
        List.of(
            asked("orders"),
            asked("items"),
            table("orders").existing("there", btree("a")).build(),
            notAsked("items"));
    try (Wire other = Wire.open(ItParts.kafka());
        Recommender one = started();
        Recommender two = other.newRecommender()) {
      two.start();
      for (TableAnalysis analysis : analyses) {
        wire.analysed(analysis);
        other.analysed(analysis);
        awaitDone();
        await().atMost(PATIENCE).until(other::isDone);
      }

      assertThat(other.events()).isEqualTo(wire.events()).hasSize(4);
      assertThat(two.current()).isEqualTo(one.current());
    }
  }

  @Test
  void aRecordThatIsNoAnalysisStopsNothing() {
    double before = sample("logdex_recommender_unreadable_records_total");
    try (Recommender recommender = started()) {
      wire.send(Topic.TABLE_ANALYSES, "shop/public.bad", "{\"kind\": 'secret'".getBytes(UTF_8));
      wire.send(Topic.TABLE_ANALYSES, "shop/public.odd", "{\"kind\":\"other\"}".getBytes(UTF_8));
      wire.analysed(asked("orders"));
      awaitDone();

      assertThat(recommender.current()).hasSize(1);
      assertThat(recommender.failure()).isEmpty();
    }
    assertThat(sample("logdex_recommender_unreadable_records_total")).isEqualTo(before + 2);
  }

  @Test
  void aTombstoneWithdrawsTheAdviceForItsTable() {
    try (Recommender recommender = started()) {
      wire.analysed(asked("orders"));
      awaitDone();
      wire.send(Topic.TABLE_ANALYSES, "shop/public.orders", null);
      awaitDone();

      assertThat(recommender.current()).isEmpty();
    }
    assertThat(wire.events())
        .extracting(event -> event.data().state().word())
        .containsExactly("proposed", "withdrawn");
  }

  @Test
  void aStageWithNothingToReadIsDone() {
    try (Recommender recommender = started()) {
      awaitDone();
      assertThat(recommender.current()).isEmpty();
    }
  }

  @Test
  void decisionsAreTakenOnceAndSurviveARestart() {
    try (Recommender recommender = started()) {
      wire.analysed(asked("orders"));
      wire.analysed(asked("items"));
      await().atMost(PATIENCE).until(() -> recommender.current().size() == 2);
      List<Recommendation> standing = recommender.current();
      wire.send(Topic.RECOMMENDATION_COMMANDS, "bad", "no command".getBytes(UTF_8));
      wire.decided(command(standing.get(0).id(), Action.ACCEPT));
      wire.decided(command(standing.get(1).id(), Action.DISMISS));
      wire.decided(command(standing.get(1).id(), Action.DISMISS));
      wire.decided(command("0123456789abcdef", Action.DISMISS));
      await().atMost(PATIENCE).until(() -> wire.events().size() == 4);
    }
    try (Recommender again = started()) {
      wire.analysed(asked("orders", 100));
      wire.analysed(asked("items", 100));
      awaitDone();
      await().atMost(PATIENCE).until(() -> wire.events().size() == 5);
      assertThat(again.current())
          .extracting(Recommendation::state)
          .containsExactly(RecommendationState.ACCEPTED);
    }
    assertThat(wire.events())
        .extracting(event -> event.data().state())
        .containsExactly(
            RecommendationState.PROPOSED,
            RecommendationState.PROPOSED,
            RecommendationState.ACCEPTED,
            RecommendationState.DISMISSED,
            RecommendationState.ACCEPTED);
  }

  @Test
  void whatIsDecidedOnThePageComesBackAsAnEvent() throws Exception {
    String token = "a-token-for-this-test";
    Map<String, String> page =
        Map.of("page.port", "0", "page.token", token, "rounds.to.propose", "1");
    try (Recommender recommender = wire.newRecommender(page)) {
      recommender.start();
      wire.analysed(asked("orders"));
      await().atMost(PATIENCE).until(() -> recommender.current().size() == 1);
      String id = recommender.current().get(0).id();
      URI root = URI.create("http://127.0.0.1:" + recommender.pagePort().orElseThrow() + "/");
      HttpClient client = HttpClient.newHttpClient();

      assertThat(get(client, root.resolve("tables/shop/public.orders"))).contains("public.orders");
      HttpResponse<String> taken =
          client.send(
              HttpRequest.newBuilder(root.resolve("api/v1/recommendations/" + id + "/decisions"))
                  .header("Authorization", "Bearer " + token)
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString("{\"action\": \"dismiss\", \"reason\": \"no\"}"))
                  .build(),
              BodyHandlers.ofString());

      assertThat(taken.statusCode()).isEqualTo(202);
      await().atMost(PATIENCE).until(() -> wire.events().size() == 2);
      assertThat(wire.events().get(1).data().state()).isEqualTo(RecommendationState.DISMISSED);
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(get(client, root.resolve("recommendations/" + id)))
                      .contains("dismissed"));
    }
  }

  private static String get(HttpClient client, URI page) throws Exception {
    return client.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString()).body();
  }

  @Test
  void roundsAreCountedOnAfterARestart() {
    Map<String, String> two = Map.of("rounds.to.propose", "2");
    try (Recommender recommender = wire.newRecommender(two)) {
      recommender.start();
      wire.analysed(asked("orders"));
      awaitDone();
    }
    try (Recommender again = wire.newRecommender(two)) {
      again.start();
      wire.analysed(notAsked("users"));
      awaitDone();
      assertThat(wire.events()).isEmpty();

      wire.analysed(asked("orders", 10, "2026-02-01T00:00:00Z"));
      await().atMost(PATIENCE).until(() -> again.current().size() == 1);
    }
  }

  private static RecommendationCommand command(String id, Action action) {
    return new RecommendationCommand(id, action, "a reason", "ada", null);
  }

  @Test
  void metricsTellOfStandingAdviceWithoutItsSql() {
    try (Recommender recommender = started()) {
      wire.analysed(asked("orders"));
      awaitDone();
      Recommendation advice = recommender.current().get(0);

      assertThat(
              CollectorRegistry.defaultRegistry.getSampleValue(
                  "logdex_recommendations",
                  new String[] {"database", "table", "state"},
                  new String[] {"shop", "public.orders", "proposed"}))
          .isEqualTo(1);
      assertThat(
              CollectorRegistry.defaultRegistry.getSampleValue(
                  "logdex_recommendation_saving_per_minute",
                  new String[] {"id", "database", "table", "index_name"},
                  new String[] {advice.id(), "shop", "public.orders", "index_orders_on_a"}))
          .isEqualTo(9920);
      assertThat(sample("logdex_recommendations_saving_per_minute")).isEqualTo(9920);
      assertThat(
              CollectorRegistry.defaultRegistry.getSampleValue(
                  "logdex_recommender_events_total",
                  new String[] {"state"},
                  new String[] {"proposed"}))
          .isPositive();
    }
    assertThat(
            CollectorRegistry.defaultRegistry.getSampleValue(
                "logdex_recommendations_saving_per_minute"))
        .isNull();
  }

  @Test
  void aProcessThatIsKilledAtAnyMomentNeitherLosesNorDoublesAnEvent(@TempDir Path logs)
      throws Exception {
    for (int life = 0; life < 3; life++) {
      int told = wire.records().size();
      Process process = process(logs.resolve("life-" + life));
      for (int t = 0; t < 10; t++) {
        wire.analysed(asked("t" + life + "_" + t));
      }
      // as soon as it publishes: the commit comes after
      await().atMost(PATIENCE).until(() -> wire.records().size() > told);
      process.destroyForcibly().waitFor();
    }
    try (Recommender last = started()) {
      // the killed one may have committed all: then being done says nothing of this one
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(last.current()).hasSize(30));
    }

    assertThat(wire.events())
        .hasSize(30)
        .allSatisfy(event -> assertThat(event.change()).isEqualTo(1));
    Set<String> ids =
        wire.events().stream().map(RecommendationEvent::id).collect(Collectors.toSet());
    assertThat(ids).hasSize(30);
  }

  @Test
  void aBrokerThatComesLateIsWaitedForAndOneThatIsGoneHoldsUpNoShutdown(@TempDir Path data)
      throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Recommender recommender =
        new Recommender(
            RecommenderConfig.parse(
                Map.of(
                    "bootstrap.servers",
                    "127.0.0.1:" + port,
                    "rounds.to.propose",
                    "1",
                    "kafka.default.api.timeout.ms",
                    "1500",
                    "kafka.request.timeout.ms",
                    "1000")),
            Clock.systemUTC());
    recommender.start();
    try (EmbeddedKafka kafka = EmbeddedKafka.start(data, port);
        Wire own = Wire.open(kafka.bootstrapServers(), "logdex.")) {
      own.analysed(asked("orders"));
      await().atMost(PATIENCE).until(() -> recommender.current().size() == 1);
    }
    assertThat(recommender.failure()).isEmpty();

    await().atMost(Duration.ofSeconds(15)).until(() -> closed(recommender));
    assertThat(recommender.current()).hasSize(1);
  }

  private static boolean closed(Recommender recommender) {
    recommender.close();
    return true;
  }

  private Process process(Path log) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            RecommenderMain.class.getName());
    builder.environment().put("LOGDEX_BOOTSTRAP_SERVERS", ItParts.kafka());
    builder.environment().put("LOGDEX_TOPIC_PREFIX", wire.prefix());
    builder.environment().put("LOGDEX_ROUNDS_TO_PROPOSE", "1");
    builder.environment().put("LOGDEX_KAFKA_SESSION_TIMEOUT_MS", "6000");
    builder.redirectErrorStream(true);
    builder.redirectOutput(new File(log.toString()));
    return builder.start();
  }

  private Recommender started() {
    Recommender recommender = wire.newRecommender();
    recommender.start();
    return recommender;
  }

  private void awaitDone() {
    await().atMost(PATIENCE).until(wire::isDone);
  }

  private static double sample(String name) {
    Double value = CollectorRegistry.defaultRegistry.getSampleValue(name);
    return value == null ? 0 : value;
  }

  private static TableAnalysis asked(String table) {
    return table(table).query("q", "a = $1", 10, 1000).candidate("a").cell("q", "a", 8).build();
  }

  private static TableAnalysis asked(String table, double callsPerMinute) {
    return asked(table, callsPerMinute, "2026-01-02T05:00:00Z");
  }

  private static TableAnalysis asked(String table, double callsPerMinute, String at) {
    return table(table)
        .query("q", "a = $1", callsPerMinute, 1000)
        .candidate("a")
        .cell("q", "a", 8)
        .at(at)
        .build();
  }

  private static TableAnalysis notAsked(String table) {
    return table(table).query("unlucky", "a = $1", 10, 1000).candidate("a").build();
  }

  private static Ledger ledger() {
    return new Ledger(
        new Advisor(Policy.DEFAULT, Thresholds.DEFAULT, Limits.DEFAULT),
        new OtherAdvice(UpkeepPolicy.DEFAULT),
        () -> IndexUsage.NOTHING_KNOWN,
        new Verdicts(Thresholds.DEFAULT),
        new Lifecycle(URI.create("urn:logdex:recommender"), 0.25, Hysteresis.NONE),
        new Archive(1_000_000),
        new StorageBudget(Long.MAX_VALUE));
  }
}
