package dev.logdex.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
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
  private static final int KILLS = 10;

  @TempDir private Path folder;

  @Test
  void everyStatementCountsOnceHoweverOftenTheFollowerIsKilled() throws Exception {
    Path folderOfLogs = Files.createDirectory(folder.resolve("logs"));
    FollowedLogs logs = new FollowedLogs(folder, folderOfLogs.resolve("*.log").toString());
    RotatedLog log = new RotatedLog(folderOfLogs.resolve("postgresql.log"));
    writeWhileItIsKilled(log, logs);
    assertThat(log.rotations()).isGreaterThan(KILLS);

    try (LogdexProcess normalizer = logs.normalizer();
        LogdexProcess ingest = logs.follow()) {
      awaitShipped(log, logs, ingest);
      awaitCounts(log, logs, normalizer, ingest);
      // what came late would be counted with these
      log.write(100);
      awaitCounts(log, logs, normalizer, ingest);
      log.close();
      ingest.terminate();
      ingest.exitCode(20);
      assertThat(ingest.notes()).contains("followed 1 log: ");
    }
  }

  private static void writeWhileItIsKilled(RotatedLog log, FollowedLogs logs) throws Exception {
    AtomicBoolean rotating = new AtomicBoolean();
    AtomicBoolean stop = new AtomicBoolean();
    CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> write(log, rotating, stop));
    try {
      for (int kill = 0; kill < KILLS; kill++) {
        try (LogdexProcess ingest = logs.follow()) {
          logs.awaitMore(1 + kill, ingest); // at different moments after it has begun to send
          ingest.kill();
        }
        // what was rotated away before the first of them knew the log is not its business
        rotating.set(true);
      }
    } finally {
      stop.set(true);
      writing.get(1, TimeUnit.MINUTES);
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

  /** What is to be counted is on the topic: tells losses of the one from those of the other. */
  private static void awaitShipped(RotatedLog log, FollowedLogs logs, LogdexProcess ingest) {
    BitSet written = new BitSet();
    written.set(0, log.entries());
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> {
              FollowedLogs.assertAlive(ingest);
              assertThat(RotatedLog.entriesIn(logs.shipped().text())).isEqualTo(written);
            });
  }

  private static void awaitCounts(RotatedLog log, FollowedLogs logs, LogdexProcess... processes) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> {
              FollowedLogs.assertAlive(processes);
              assertThat(logs.counted())
                  .as(() -> FollowedLogs.notes(processes))
                  .isEqualTo(log.calls());
            });
  }
}
