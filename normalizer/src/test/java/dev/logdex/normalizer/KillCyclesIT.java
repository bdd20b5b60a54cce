package dev.logdex.normalizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logdex.embedded.ItParts;
import dev.logdex.normalizer.TruthfulLog.Counted;
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
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The normalizer is killed again and again at random instants, while it starts and while it works,
 * and every window is what the log says.
 *
 * <p>System properties make it longer: {@code kill.cycles}, {@code kill.lines}; {@code kill.seed}
 * repeats a run's instants as far as the machine allows.
 */
@Timeout(1800)
class KillCyclesIT {
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final int CYCLES = Integer.getInteger("kill.cycles", 5);
  private static final int LINES = Integer.getInteger("kill.lines", 300_000);
  private static final long SEED = Long.getLong("kill.seed", System.nanoTime());

  /** Commits come about so often, so that instants within that are equally likely. */
  private static final int COMMIT_MS = 300;

  /** A process takes about so long until it reads. */
  private static final int START_MS = 4000;

  private final String prefix = "kill-" + UUID.randomUUID() + ".";
  private final Map<String, Object> client = Map.of("bootstrap.servers", ItParts.kafka());
  private final Random random = new Random(SEED);
  private final Admin admin = Admin.create(client);
  private Map<TopicPartition, Long> ends = Map.of();
  private Process normalizer;

  @TempDir Path folder;

  @BeforeEach
  void createTopics() {
    TopicAdmin.createMissing(client, prefix);
  }

  @AfterEach
  void stop() {
    admin.close();
    if (normalizer != null) {
      normalizer.destroyForcibly();
    }
  }

  @Test
  void everyWindowIsTheTruthThoughTheNormalizerIsKilledAgainAndAgain() throws Exception {
    System.err.println("kill.seed=" + SEED);
    TruthfulLog log = new TruthfulLog(SEED);
    log.send(client, Topic.LOGS.named(prefix), Topic.LOGS.partitions(), LINES);
    ends = ends();

    for (double share : shares()) {
      startNormalizer();
      boolean whileItStarts = random.nextInt(4) == 0;
      if (!whileItStarts) {
        awaitShare(share);
      }
      TimeUnit.MILLISECONDS.sleep(random.nextInt(whileItStarts ? START_MS : COMMIT_MS));
      assertThat(normalizer.isAlive())
          .as(() -> "alive until it is killed; it wrote:\n" + lastOutput())
          .isTrue();
      kill();
      System.err.printf("killed when %.3f was committed%n", share());
    }
    startNormalizer();
    try (NormalizerProgress progress = NormalizerProgress.of(client, prefix, lastOffsets())) {
      await().atMost(PATIENCE).until(progress::handedOn);
    }

    assertThat(differences(log.truth(), counts())).isEmpty();
    assertThat(readAll(Topic.DEAD_LETTERS)).isEmpty();
  }

  /** How much must be committed before each kill; not so much that a later one finds no work. */
  private double[] shares() {
    double[] shares = random.doubles(CYCLES).map(share -> share * 0.8).toArray();
    Arrays.sort(shares);
    return shares;
  }

  private void awaitShare(double share) {
    await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> !normalizer.isAlive() || share() >= share);
  }

  private double share() throws ExecutionException, InterruptedException {
    var committed =
        admin.listConsumerGroupOffsets(prefix + "normalizer").partitionsToOffsetAndMetadata().get();
    long done =
        ends.keySet().stream()
            .mapToLong(end -> committed.get(end) == null ? 0 : committed.get(end).offset())
            .sum();
    return (double) done / ends.values().stream().mapToLong(Long::longValue).sum();
  }

  private void startNormalizer() throws IOException {
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx400m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            NormalizerMain.class.getName());
    java.environment().put("LOGDEX_BOOTSTRAP_SERVERS", ItParts.kafka());
    java.environment().put("LOGDEX_TOPIC_PREFIX", prefix);
    java.environment().put("LOGDEX_STATE_DIR", folder.resolve("state").toString());
    java.environment().put("LOGDEX_COMMIT_INTERVAL", "PT0." + COMMIT_MS + "S");
    // a log is whole here, however long the machine pauses while it is sent
    java.environment().put("LOGDEX_QUIET_TIME", "PT5M");
    java.environment().put("LOGDEX_KAFKA_SESSION_TIMEOUT_MS", "6000");
    // the broker then need not wait until it misses the process that was killed
    java.environment().put("LOGDEX_KAFKA_GROUP_INSTANCE_ID", "the-one");
    java.redirectErrorStream(true);
    java.redirectOutput(
        ProcessBuilder.Redirect.appendTo(new File(folder.toFile(), "normalizer.out")));
    normalizer = java.start();
  }

  /** The end of what all the processes wrote. */
  private String lastOutput() {
    try {
      String all = Files.readString(folder.resolve("normalizer.out"));
      return all.substring(Math.max(0, all.length() - 8000));
    } catch (IOException e) {
      return "nothing that could be read: " + e;
    }
  }

  /** SIGKILL. */
  private void kill() throws InterruptedException {
    normalizer.destroyForcibly();
    assertThat(normalizer.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  private static Map<String, String> differences(
      Map<String, Counted> truth, Map<String, Counted> counted) {
    Map<String, String> differences = new TreeMap<>();
    truth.forEach((key, calls) -> differences.put(key, calls + ", counted "));
    counted.forEach((key, calls) -> differences.merge(key, calls.toString(), String::concat));
    differences.keySet().removeIf(key -> Objects.equals(truth.get(key), counted.get(key)));
    return differences;
  }

  /** Of each key the newest record, summed over keys. */
  private Map<String, Counted> counts() {
    Map<String, Counted> counts = new TreeMap<>();
    readAll(Topic.QUERY_WINDOWS)
        .values()
        .forEach(
            value -> {
              QueryWindow window = EventJson.read(value, QueryWindow.class);
              counts.merge(
                  TruthfulLog.key(window.text(), window.windowStart()),
                  new Counted(window.calls(), Math.round(window.totalTimeMs() * 1000)),
                  Counted::plus);
            });
    return counts;
  }

  private Map<TopicPartition, Long> lastOffsets() {
    return ends.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue() - 1));
  }

  private Map<TopicPartition, Long> ends() throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    for (int partition = 0; partition < Topic.LOGS.partitions(); partition++) {
      latest.put(new TopicPartition(Topic.LOGS.named(prefix), partition), OffsetSpec.latest());
    }
    return admin.listOffsets(latest).all().get().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue().offset()));
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
      Map<TopicPartition, Long> until = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < until.get(p))) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(record -> values.put(record.key(), record.value()));
      }
    }
    return values;
  }
}
