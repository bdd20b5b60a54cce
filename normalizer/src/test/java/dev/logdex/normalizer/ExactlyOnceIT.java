package dev.logdex.normalizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.logdex.embedded.ItParts;
import dev.logdex.ingest.kafka.LogShipper;
import dev.logdex.ingest.kafka.Progress;
import dev.logdex.ingest.kafka.ShippedLog;
import dev.logdex.ingest.kafka.ShipperSettings;
import dev.logdex.ingest.logfile.BlockLimits;
import dev.logdex.normalizer.event.DeadLetter;
import dev.logdex.normalizer.event.QueryWindow;
import dev.logdex.normalizer.kafka.NormalizerProgress;
import dev.logdex.runtime.EventJson;
import dev.logdex.runtime.Topic;
import dev.logdex.runtime.TopicAdmin;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The promise of counts: whatever is killed, and whatever is sent twice, the windows add up to what
 * is in the logs.
 */
class ExactlyOnceIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int LINES_PER_LOG = 30_000;

  private final String prefix = "it-" + UUID.randomUUID() + ".";
  private final Map<String, Object> client = Map.of("bootstrap.servers", ItParts.kafka());
  private final Map<String, Long> truth = new TreeMap<>();
  private final List<Process> started = new ArrayList<>();

  @TempDir Path folder;

  @BeforeEach
  void createTopics() {
    TopicAdmin.createMissing(client, prefix);
  }

  @AfterEach
  void stopProcesses() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void countsAreRightThoughTheNormalizerIsKilledAndLogsAreSentAgain() throws Exception {
    Path first = writeLog("first.log", 1);
    Path second = writeLog("second.log", 2);
    Map<TopicPartition, Long> ends = new HashMap<>();
    ship(first, ends);
    ship(second, ends);

    for (double share : new double[] {0.1, 0.5}) {
      Process normalizer = startNormalizer();
      await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> read(ends) > share);
      assertThat(read(ends)).as("killed in the middle").isLessThan(1);
      kill(normalizer);
    }
    leaveStoresHalfRemoved();
    startNormalizer();
    awaitHandedOn(ends);
    assertThat(differences()).isEmpty();
    assertThat(deadLetters()).isEmpty();

    ship(first, ends);
    ship(second, ends);
    awaitHandedOn(ends);
    assertThat(differences()).as("after sending again").isEmpty();
    assertThat(deadLetters()).isEmpty();
  }

  @Test
  void countsAreRightThoughShippingStopsInTheMiddleAndIsTakenUpLater() throws Exception {
    Path log = writeLog("cut.log", 3);
    Map<TopicPartition, Long> ends = new HashMap<>();
    startNormalizer();

    for (int stopAt : new int[] {100_000, 1_300_000}) {
      assertThatThrownBy(() -> ship(log, ends, stopAfter(stopAt))).isInstanceOf(Stopped.class);
      // longer than the quiet time, in which everything is read and nothing more comes
      await()
          .pollDelay(Duration.ofSeconds(2))
          .atMost(PATIENCE)
          .until(() -> counts().values().stream().mapToLong(Long::longValue).sum() > 0);
    }
    ship(log, ends);
    awaitHandedOn(ends);

    assertThat(differences()).isEmpty();
    assertThat(deadLetters()).isEmpty();
  }

  /** As a kill does while a store is removed, which happens at a start after another kill. */
  private void leaveStoresHalfRemoved() throws IOException {
    List<Path> current;
    try (Stream<Path> files = Files.walk(folder.resolve("state"))) {
      current = files.filter(file -> file.endsWith("CURRENT")).toList();
    }
    assertThat(current).isNotEmpty();
    for (Path file : current) {
      Files.delete(file);
    }
  }

  /** A log of interleaved backends with statements of several lines, and the truth about it. */
  private Path writeLog(String name, long seed) throws IOException {
    Random random = new Random(seed);
    StringBuilder log = new StringBuilder();
    Instant at = Instant.parse("2026-01-01T10:00:00Z");
    for (int line = 0; line < LINES_PER_LOG; line++) {
      at = at.plusMillis(random.nextInt(40));
      int table = (int) Math.abs(random.nextGaussian() * 12);
      boolean wide = random.nextInt(3) == 0;
      String sql = "select a,\n  b\nfrom t" + table + " where id = " + random.nextInt(1000);
      log.append(
          LogLines.statement(
              at,
              100 + random.nextInt(20),
              random.nextInt(100_000) / 1000.0,
              wide ? sql : sql.replace("\n", " ")));
      truth.merge("select a, b from t" + table + " where id = $1 @ " + minute(at), 1L, Long::sum);
    }
    return Files.writeString(folder.resolve(name), log);
  }

  private static Instant minute(Instant at) {
    return Instant.ofEpochSecond(at.getEpochSecond() / 60 * 60);
  }

  private void ship(Path log, Map<TopicPartition, Long> ends) throws IOException {
    ship(log, ends, Progress.NONE);
  }

  private void ship(Path log, Map<TopicPartition, Long> ends, Progress progress)
      throws IOException {
    ShipperSettings settings =
        new ShipperSettings(
            client,
            prefix,
            new BlockLimits(4096, 1_000_000),
            "lz4",
            Duration.ofMillis(50),
            Duration.ofSeconds(1));
    try (LogShipper shipper = LogShipper.open(settings)) {
      ShippedLog shipped = shipper.ship(log, log.getFileName().toString(), progress);
      ends.merge(shipped.partition(), shipped.endOffset(), Math::max);
    }
  }

  private static Progress stopAfter(long bytes) {
    return (done, total) -> {
      if (done > bytes) {
        throw new Stopped();
      }
    };
  }

  private Process startNormalizer() throws IOException {
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx300m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            NormalizerMain.class.getName());
    java.environment().put("LOGDEX_BOOTSTRAP_SERVERS", ItParts.kafka());
    java.environment().put("LOGDEX_TOPIC_PREFIX", prefix);
    java.environment().put("LOGDEX_STATE_DIR", folder.resolve("state").toString());
    java.environment().put("LOGDEX_COMMIT_INTERVAL", "PT0.05S");
    java.environment().put("LOGDEX_QUIET_TIME", "PT1S");
    java.environment().put("LOGDEX_KAFKA_SESSION_TIMEOUT_MS", "6000");
    java.redirectErrorStream(true);
    java.redirectOutput(
        ProcessBuilder.Redirect.appendTo(new File(folder.toFile(), "normalizer.out")));
    Process process = java.start();
    started.add(process);
    return process;
  }

  private static void kill(Process process) throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  /** The share of the logs' records that the normalizer has committed. */
  private double read(Map<TopicPartition, Long> ends)
      throws InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(client)) {
      var committed =
          admin
              .listConsumerGroupOffsets(prefix + "normalizer")
              .partitionsToOffsetAndMetadata()
              .get();
      long done =
          ends.keySet().stream()
              .mapToLong(end -> committed.get(end) == null ? 0 : committed.get(end).offset())
              .sum();
      return (double) done / ends.values().stream().mapToLong(end -> end + 1).sum();
    }
  }

  private void awaitHandedOn(Map<TopicPartition, Long> ends) {
    try (NormalizerProgress progress = NormalizerProgress.of(client, prefix, ends)) {
      await().atMost(PATIENCE).until(progress::handedOn);
    }
  }

  /** Where the counts are not the truth: the truth and what was counted. */
  private Map<String, String> differences() {
    Map<String, Long> counts = counts();
    Map<String, String> differences = new TreeMap<>();
    truth.forEach((key, calls) -> differences.put(key, calls + ", counted "));
    counts.forEach((key, calls) -> differences.merge(key, calls.toString(), String::concat));
    differences.keySet().removeIf(key -> Objects.equals(truth.get(key), counts.get(key)));
    return differences;
  }

  /** Calls by statement and window: of each key the newest record, summed over keys. */
  private Map<String, Long> counts() {
    Map<String, QueryWindow> newest = new HashMap<>();
    readAll(Topic.QUERY_WINDOWS)
        .forEach((key, value) -> newest.put(key, EventJson.read(value, QueryWindow.class)));
    Map<String, Long> counts = new TreeMap<>();
    newest
        .values()
        .forEach(
            window ->
                counts.merge(
                    window.text() + " @ " + window.windowStart(), window.calls(), Long::sum));
    return counts;
  }

  private List<DeadLetter> deadLetters() {
    return readAll(Topic.DEAD_LETTERS).values().stream()
        .map(value -> EventJson.read(value, DeadLetter.class))
        .toList();
  }

  /** The newest committed value of each key. */
  private Map<String, byte[]> readAll(Topic topic) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put("isolation.level", "read_committed");
    settings.put("auto.offset.reset", "earliest");
    Map<String, byte[]> values = new HashMap<>();
    try (Consumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.named(prefix)).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(record -> values.put(record.key(), record.value()));
      }
    }
    return values;
  }

  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
