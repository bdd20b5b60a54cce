package dev.logdex.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.deploy.pipeline.Backlog;
import dev.logdex.deploy.pipeline.TopicReader;
import dev.logdex.embedded.ItParts;
import dev.logdex.normalizer.event.QueryWindow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that are rotated while the process that follows them is killed again and again. */
@Timeout(300)
class FollowedFilesIT {
  private static final Map<String, Object> CLIENT = Map.of("bootstrap.servers", ItParts.kafka());
  private static final int KILLS = 10;

  private final String prefix = "followed-" + UUID.randomUUID() + ".";
  @TempDir private Path folder;

  @Test
  void everyStatementCountsOnceHoweverOftenTheFollowerIsKilled() throws Exception {
    Path logs = Files.createDirectory(folder.resolve("logs"));
    RotatedLog log = new RotatedLog(logs.resolve("postgresql.log"));
    AtomicBoolean rotating = new AtomicBoolean();
    AtomicBoolean stop = new AtomicBoolean();
    CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> write(log, rotating, stop));
    try {
      for (int kill = 0; kill < KILLS; kill++) {
        try (LogdexProcess ingest = follow(logs)) {
          awaitMore(kill, ingest);
          ingest.kill();
        }
        // what was rotated away before the first of them knew the log is not its business
        rotating.set(true);
      }
    } finally {
      stop.set(true);
      writing.get(1, TimeUnit.MINUTES);
    }
    assertThat(log.rotations()).isGreaterThan(KILLS);

    try (LogdexProcess normalizer = normalizer();
        LogdexProcess ingest = follow(logs)) {
      awaitShipped(log, ingest);
      awaitCounts(log, normalizer, ingest);
      // what came late would be counted with these
      log.write(100);
      awaitCounts(log, normalizer, ingest);
      log.close();
      ingest.terminate();
      ingest.exitCode(20);
      assertThat(ingest.notes()).contains("followed 1 log: ");
    }
  }

  private static void write(RotatedLog log, AtomicBoolean rotating, AtomicBoolean stop) {
    try {
      for (int turn = 1; !stop.get(); turn++) {
        log.write(20);
        TimeUnit.MILLISECONDS.sleep(10); // a server's pace
        if (turn % 60 == 0 && rotating.get()) {
          log.rotate();
        }
      }
    } catch (IOException | InterruptedException e) {
      throw new CompletionException(e);
    }
  }

  /** Lets it be killed at different moments after it has begun to send. */
  private void awaitMore(int kill, LogdexProcess ingest) {
    try (Backlog backlog = new Backlog(CLIENT)) {
      long before = sent(backlog);
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .pollInterval(Duration.ofMillis(20))
          .untilAsserted(
              () -> {
                assertThat(ingest.isAlive()).as(() -> notes(ingest)).isTrue();
                assertThat(sent(backlog)).isGreaterThan(before + kill);
              });
    }
  }

  private long sent(Backlog backlog) {
    List<String> logs = List.of(prefix + "logs");
    return backlog.topics(logs::contains).isEmpty()
        ? 0
        : backlog.ends(logs).values().stream().mapToLong(Long::longValue).sum();
  }

  /** What is counted later is on the topic: tells losses of the one from those of the other. */
  private void awaitShipped(RotatedLog log, LogdexProcess ingest) {
    BitSet written = new BitSet();
    written.set(0, log.entries());
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> {
              assertThat(ingest.isAlive()).as(() -> notes(ingest)).isTrue();
              ShippedLog shipped = ShippedLog.read(CLIENT, prefix + "logs");
              assertThat(RotatedLog.entriesIn(shipped.text())).isEqualTo(written);
            });
  }

  private void awaitCounts(RotatedLog log, LogdexProcess... processes) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () -> {
              for (LogdexProcess process : processes) {
                assertThat(process.isAlive()).as(() -> notes(processes)).isTrue();
              }
              assertThat(counted()).as(() -> notes(processes)).isEqualTo(log.calls());
            });
  }

  private static String notes(LogdexProcess... processes) {
    StringBuilder notes = new StringBuilder();
    for (LogdexProcess process : processes) {
      try {
        notes.append(process.notes());
      } catch (IOException e) {
        notes.append(e);
      }
    }
    return notes.toString();
  }

  private Map<String, Long> counted() {
    Map<String, QueryWindow> newest = new HashMap<>();
    try (Backlog backlog = new Backlog(CLIENT)) {
      if (backlog.topics((prefix + "query-windows")::equals).isEmpty()) {
        return Map.of();
      }
    }
    try (TopicReader<QueryWindow> reader =
        TopicReader.open(CLIENT, prefix + "query-windows", QueryWindow.class)) {
      reader.readToEnd(window -> newest.put(window.key(), window));
    }
    Map<String, Long> calls = new TreeMap<>();
    newest.values().forEach(window -> calls.merge(window.text(), window.calls(), Long::sum));
    return calls;
  }

  private LogdexProcess follow(Path logs) throws IOException {
    return LogdexProcess.start(
        folder,
        "ingest",
        "--follow",
        "-s",
        "bootstrap.servers=" + ItParts.kafka(),
        "-s",
        "topic.prefix=" + prefix,
        "-s",
        "files.state.dir=" + folder.resolve("follow"),
        logs.resolve("*.log").toString());
  }

  private LogdexProcess normalizer() throws IOException {
    return LogdexProcess.start(
        folder,
        "normalizer",
        "-s",
        "bootstrap.servers=" + ItParts.kafka(),
        "-s",
        "topic.prefix=" + prefix,
        "-s",
        "state.dir=" + folder.resolve("state"));
  }
}
