package dev.logdex.deploy;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.reducing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.deploy.pipeline.Backlog;
import dev.logdex.deploy.pipeline.TopicReader;
import dev.logdex.embedded.ItParts;
import dev.logdex.normalizer.event.QueryWindow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is on the topics after a process was killed and the same was started again. */
@Timeout(600)
class KilledAdviseIT {
  private static final Map<String, Object> CLIENT = Map.of("bootstrap.servers", ItParts.kafka());
  private static final int EXECUTIONS = 200_000;

  private final String run = UUID.randomUUID().toString().substring(0, 8);
  private final Backlog backlog = new Backlog(CLIENT);
  private ScratchDatabase database;
  private String log;
  @TempDir private Path folder;

  @BeforeEach
  void writeLog() throws Exception {
    database = ScratchDatabase.create("killed");
    database.execute(
        "CREATE TABLE t AS SELECT n AS a, n % 10 AS b FROM generate_series(1, 5000) n");
    Path file = folder.resolve("big.log");
    try (LogText text = LogText.write(file, "killed")) {
      for (int i = 0; i < EXECUTIONS; i++) {
        text.statement(i % 7, i % 13, "SELECT *\n  FROM t\n WHERE a = " + i)
            .after(Duration.ofMillis(i % 5));
        if (i % 3 == 0) {
          text.execute(8, i % 11, "SELECT b FROM t WHERE b = $1", "$1 = 'it''s\n" + i + "'");
        }
      }
    }
    log = file.toString();
  }

  @AfterEach
  void drop() {
    backlog.close();
    database.close();
  }

  @Test
  void countsAreThoseOfAnUndisturbedRun() throws Exception {
    String calm = "calm-" + run + ".";
    try (LogdexProcess undisturbed = advise(calm)) {
      assertThat(undisturbed.exitCode(300)).as(undisturbed.notes()).isZero();
    }

    String killed = "killed-" + run + ".";
    killWhen(killed, () -> somethingIsOn(killed + "logs"));
    killWhen(killed, () -> committed(killed) > 0);
    killWhen(killed, () -> committed(killed) > shipped(killed) / 2);
    try (LogdexProcess last = advise(killed)) {
      assertThat(last.exitCode(300)).as(last.notes()).isZero();
    }

    Map<String, Counts> counts = counts(calm);
    assertThat(counts.values().stream().mapToLong(Counts::calls).sum())
        .isEqualTo(EXECUTIONS + (EXECUTIONS + 2) / 3);
    assertThat(counts(killed)).isEqualTo(counts);
  }

  private void killWhen(String prefix, BooleanSupplier moment)
      throws IOException, InterruptedException {
    try (LogdexProcess process = advise(prefix)) {
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofMillis(20))
          .until(() -> moment.getAsBoolean() || !process.isAlive());
      assertThat(process.isAlive()).as(process.notes()).isTrue();
      process.kill();
    }
  }

  private LogdexProcess advise(String prefix) throws IOException {
    return LogdexProcess.start(
        folder,
        "advise",
        "--json",
        "--bootstrap-servers",
        ItParts.kafka(),
        "--topic-prefix",
        prefix,
        "--database",
        database.url(),
        log);
  }

  private boolean somethingIsOn(String topic) {
    return backlog.topics(topic::equals).size() == 1 && end(topic) > 0;
  }

  private long committed(String prefix) {
    if (!somethingIsOn(prefix + "logs")) {
      return 0;
    }
    Map<TopicPartition, Long> ends = backlog.ends(List.of(prefix + "logs"));
    return shipped(prefix) - backlog.of(prefix + "normalizer", ends);
  }

  private long shipped(String prefix) {
    return end(prefix + "logs");
  }

  private long end(String topic) {
    return backlog.ends(List.of(topic)).values().stream().mapToLong(Long::longValue).sum();
  }

  /** By database, fingerprint and window, all its parts added up. */
  private static Map<String, Counts> counts(String prefix) {
    Map<String, QueryWindow> newest = new HashMap<>();
    try (TopicReader<QueryWindow> reader =
        TopicReader.open(CLIENT, prefix + "query-windows", QueryWindow.class)) {
      reader.readToEnd(window -> newest.put(window.key(), window));
    }
    return newest.values().stream()
        .collect(
            groupingBy(
                window ->
                    window.database() + "/" + window.fingerprint() + "/" + window.windowStart(),
                TreeMap::new,
                reducing(new Counts(0, 0, 0), Counts::of, Counts::plus)));
  }

  private record Counts(long calls, long timedCalls, long totalMicros) {
    static Counts of(QueryWindow window) {
      return new Counts(
          window.calls(), window.timedCalls(), Math.round(window.totalTimeMs() * 1000));
    }

    Counts plus(Counts other) {
      return new Counts(
          calls + other.calls, timedCalls + other.timedCalls, totalMicros + other.totalMicros);
    }
  }
}
