package dev.logdex.deploy.drain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logdex.embedded.ItParts;
import dev.logdex.ingest.http.HttpDrain;
import dev.logdex.ingest.http.HttpSettings;
import dev.logdex.normalizer.Normalizer;
import dev.logdex.normalizer.NormalizerConfig;
import dev.logdex.normalizer.event.QueryWindow;
import dev.logdex.normalizer.inspect.LogInspection;
import dev.logdex.normalizer.logentry.LogSettings;
import dev.logdex.runtime.EventJson;
import dev.logdex.runtime.Settings;
import dev.logdex.runtime.Topic;
import dev.logdex.runtime.TopicAdmin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Recorded runs, sent as Heroku, a shipper and Firehose send them to a server that does not always
 * take them at once, are counted as they were.
 */
class DrainsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Path RECORDED = Path.of("../../normalizer/src/test/resources/pg15");
  private static final String DRAIN = "d.fc6b856b-3332-4546-93de-7d0ee272c3bd";
  private static final int RUNS = 10;

  private final String prefix = "it-" + UUID.randomUUID() + ".";
  private final Map<String, Object> client = Map.of("bootstrap.servers", ItParts.kafka());

  @TempDir Path folder;

  @BeforeEach
  void createTopics() {
    TopicAdmin.createMissing(client, prefix);
  }

  @Test
  void callsOfADrainAreThoseOfTheRunThoughPostsAreNotInOrder() throws Exception {
    List<String> lines = recorded("heroku");
    Map<String, Long> truth = truth(lines, "heroku");
    truth.replaceAll((statement, calls) -> calls * RUNS);

    assertCounted(
        truth,
        sender -> {
          SimulatedLogplex logplex = new SimulatedLogplex(sender, DRAIN, "s3cret", 7);
          for (int run = 0; run < RUNS; run++) {
            logplex.send(ofRun(lines, run));
          }
        });
  }

  @Test
  void callsOfLinesAreThoseOfTheRunThoughRequestsEndInsideMessages() throws Exception {
    List<String> lines = recorded("debian");

    assertCounted(
        truth(lines, "debian"),
        sender -> {
          for (int from = 0; from < lines.size(); from += 7) {
            List<String> some = lines.subList(from, Math.min(lines.size(), from + 7));
            sender.post(
                "/lines?source=db1&token=s3cret",
                (String.join("\n", some) + "\n").getBytes(UTF_8),
                "Content-Type",
                "text/plain",
                "Idempotency-Key",
                "lines-" + from);
          }
        });
  }

  @Test
  void callsOfCloudWatchThroughFirehoseAreThoseOfTheRun() throws Exception {
    List<String> lines = recorded("debian");
    List<String> messages = CloudWatch.messages(lines);

    assertCounted(
        truth(lines, "debian"),
        sender -> {
          for (int from = 0; from < messages.size(); from += 20) {
            int to = Math.min(messages.size(), from + 20);
            String id = "request-" + from;
            sender.post(
                "/firehose",
                CloudWatch.firehose(id, messages.subList(from, to), from),
                "Content-Type",
                "application/json",
                "X-Amz-Firehose-Request-Id",
                id,
                "X-Amz-Firehose-Access-Key",
                "s3cret");
          }
        });
  }

  private interface Sending {
    void by(PatientSender sender) throws IOException, InterruptedException;
  }

  private void assertCounted(Map<String, Long> truth, Sending sending) throws Exception {
    try (UnreliableOutlet outlet =
            new UnreliableOutlet(ItParts.kafka(), Topic.LOGS.named(prefix), 5);
        HttpDrain drain = HttpDrain.open(settings(), outlet, Clock.systemUTC());
        Normalizer normalizer = normalizer()) {
      normalizer.start();
      PatientSender sender = new PatientSender(drain.port(), 7);
      sending.by(sender);
      assertThat(sender.repeated()).isPositive();
      assertThat(sender.refused()).isPositive();

      await().atMost(PATIENCE).untilAsserted(() -> assertThat(counted()).isEqualTo(truth));
    }
  }

  private static List<String> recorded(String name) throws IOException {
    String log = Files.readString(RECORDED.resolve(name + ".log"));
    return List.of(log.split("\n", 0)); // not where a carriage return stands
  }

  /** Another server each time: its processes have other numbers. */
  private static List<String> ofRun(List<String> lines, int run) {
    return lines.stream().map(line -> line.replace("[postgres.", "[postgres." + run)).toList();
  }

  private static HttpSettings settings() {
    Map<String, String> given =
        Map.of("http.port", "0", "http.tokens", "s3cret", "http.drains", DRAIN + "=shop");
    return HttpSettings.of(Settings.parse(HttpSettings.define(new ConfigDef()), given))
        .orElseThrow();
  }

  private Normalizer normalizer() {
    return new Normalizer(
        NormalizerConfig.parse(
            Map.of(
                "bootstrap.servers",
                ItParts.kafka(),
                "topic.prefix",
                prefix,
                "state.dir",
                folder.toString(),
                "commit.interval",
                "PT0.1S",
                "quiet.time",
                "PT1S")));
  }

  /** Calls by statement, as they are read from the log itself. */
  private static Map<String, Long> truth(List<String> lines, String name) throws IOException {
    LogInspection inspection = new LogInspection(LogSettings.defaults());
    inspection.read("log", String.join("\n", lines).getBytes(UTF_8), "log", Instant.EPOCH);
    inspection.end("log");
    Map<String, Long> calls = new TreeMap<>();
    inspection
        .report()
        .fingerprints()
        .forEach(
            figures ->
                calls.merge(
                    figures.database() + ": " + figures.text(), figures.calls(), Long::sum));
    calls.values().removeIf(count -> count == 0);
    assertThat(calls.values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(recordedCalls(name));
    return calls;
  }

  /** What the server's own jsonlog of the run says. */
  private static long recordedCalls(String name) throws IOException {
    JsonNode truth =
        EventJson.mapper().readTree(Files.readAllBytes(RECORDED.resolve(name + ".truth.json")));
    long calls = 0;
    for (JsonNode execution : truth.get("executions")) {
      calls += execution.get("calls").asLong();
    }
    return calls;
  }

  private Map<String, Long> counted() {
    Map<String, QueryWindow> newest = new HashMap<>();
    readWindows((key, value) -> newest.put(key, EventJson.read(value, QueryWindow.class)));
    Map<String, Long> calls = new TreeMap<>();
    newest
        .values()
        .forEach(
            window ->
                calls.merge(window.database() + ": " + window.text(), window.calls(), Long::sum));
    calls.values().removeIf(count -> count == 0);
    return calls;
  }

  private void readWindows(BiConsumer<String, byte[]> taker) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put("isolation.level", "read_committed");
    settings.put("auto.offset.reset", "earliest");
    try (Consumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = new ArrayList<>();
      consumer
          .partitionsFor(Topic.QUERY_WINDOWS.named(prefix))
          .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(record -> taker.accept(record.key(), record.value()));
      }
    }
  }
}
