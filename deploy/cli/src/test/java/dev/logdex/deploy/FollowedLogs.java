package dev.logdex.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.deploy.pipeline.Backlog;
import dev.logdex.deploy.pipeline.TopicReader;
import dev.logdex.embedded.ItParts;
import dev.logdex.normalizer.event.QueryWindow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A process that follows files, one that normalizes them, and what comes of it, on own topics. */
final class FollowedLogs {
  private static final Map<String, Object> CLIENT = Map.of("bootstrap.servers", ItParts.kafka());

  private final String prefix = "followed-" + UUID.randomUUID() + ".";
  private final Path folder;
  private final String pattern;

  /**
   * Starts nothing yet.
   *
   * @param folder gets the processes' state
   * @param pattern of the files to follow
   */
  FollowedLogs(Path folder, String pattern) {
    this.folder = folder;
    this.pattern = pattern;
  }

  LogdexProcess follow() throws IOException {
    return start(
        "ingest", "--follow", "-s", "files.state.dir=" + folder.resolve("follow"), pattern);
  }

  LogdexProcess normalizer() throws IOException {
    return start("normalizer", "-s", "state.dir=" + folder.resolve("state"));
  }

  private LogdexProcess start(String command, String... more) throws IOException {
    Stream<String> common =
        Stream.of(
            command, "-s", "bootstrap.servers=" + ItParts.kafka(), "-s", "topic.prefix=" + prefix);
    return LogdexProcess.start(
        folder, Stream.concat(common, Stream.of(more)).toArray(String[]::new));
  }

  /** Waits until so many records have been sent since it was called. */
  void awaitMore(int records, LogdexProcess ingest) {
    try (Backlog backlog = new Backlog(CLIENT)) {
      long before = sent(backlog);
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .pollInterval(Duration.ofMillis(20))
          .untilAsserted(
              () -> {
                assertAlive(ingest);
                assertThat(sent(backlog)).isGreaterThanOrEqualTo(before + records);
              });
    }
  }

  private long sent(Backlog backlog) {
    List<String> logs = List.of(prefix + "logs");
    return backlog.topics(logs::contains).isEmpty()
        ? 0
        : backlog.ends(logs).values().stream().mapToLong(Long::longValue).sum();
  }

  /** What stands on the logs topic now. */
  ShippedLog shipped() {
    return ShippedLog.read(CLIENT, prefix + "logs");
  }

  /** Calls by normalized statement, as they are now. */
  Map<String, Long> counted() {
    try (Backlog backlog = new Backlog(CLIENT)) {
      if (backlog.topics((prefix + "query-windows")::equals).isEmpty()) {
        return Map.of();
      }
    }
    Map<String, QueryWindow> newest = new HashMap<>();
    try (TopicReader<QueryWindow> reader =
        TopicReader.open(CLIENT, prefix + "query-windows", QueryWindow.class)) {
      reader.readToEnd(window -> newest.put(window.key(), window));
    }
    Map<String, Long> calls = new TreeMap<>();
    newest.values().forEach(window -> calls.merge(window.text(), window.calls(), Long::sum));
    return calls;
  }

  static void assertAlive(LogdexProcess... processes) {
    for (LogdexProcess process : processes) {
      assertThat(process.isAlive()).as(() -> notes(processes)).isTrue();
    }
  }

  /** What they have said. */
  static String notes(LogdexProcess... processes) {
    StringBuilder notes = new StringBuilder();
    for (LogdexProcess process : processes) {
      try {
        notes.append(process.notes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return notes.toString();
  }
}
