package dev.logdex.normalizer.logentry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.normalizer.event.DeadLetter;
import dev.logdex.normalizer.statement.Execution;
import dev.logdex.normalizer.statement.LogEntry;
import dev.logdex.normalizer.statement.LoggedPlan;
import dev.logdex.normalizer.statement.StatementEvent;
import dev.logdex.runtime.EventJson;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Records that a real rsyslog sent to Kafka for a real Postgres with 8 clients at once, and what
 * the server's own jsonlog says it executed. Made by {@code deploy/shippers/rsyslog/verify}.
 */
class RsyslogRecordsTest {
  private static final String FOLDER = "/rsyslog/";
  private static final Instant ARRIVAL = Instant.parse("2030-01-01T00:00:00Z");

  /** What both the jsonlog and Logdex know of an execution. */
  private record Logged(
      String database,
      String user,
      String statement,
      List<@Nullable String> parameters,
      @Nullable Double elapsedMs) {
    static Logged of(Execution execution) {
      return new Logged(
          execution.database(),
          execution.user(),
          execution.statement().toString(),
          execution.parameters().values(),
          execution.elapsedMs());
    }
  }

  /** Keeps what it is told. */
  private static final class Told implements LogSink {
    private final List<Logged> executions = new ArrayList<>();
    private final List<DeadLetter> rejected = new ArrayList<>();

    @Override
    public void entry(LogEntry entry) {}

    @Override
    public void execution(Execution execution) {
      executions.add(Logged.of(execution));
    }

    @Override
    public void event(StatementEvent event) {}

    @Override
    public void plan(LoggedPlan plan) {}

    @Override
    public void rejected(DeadLetter letter) {
      rejected.add(letter);
    }
  }

  @Test
  void everyStatementComesOutWholeAndOnce() throws IOException {
    assertUnderstood(records());
  }

  @Test
  void severalRecordsPackedIntoOneAreReadAlike() throws IOException {
    assertUnderstood(List.of(String.join("", records())));
  }

  @Test
  void aRecordNeedsNoLineEnd() throws IOException {
    assertUnderstood(records().stream().map(String::stripTrailing).toList());
  }

  /** After an outage omkafka hands some lines over again, at once or some lines later. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 40})
  void aLineThatComesAgainIsNotCountedAgain(int later) throws IOException {
    List<String> records = records();
    List<String> repeated = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      repeated.add(records.get(i));
      if (i % 7 == 0 && i >= later) {
        repeated.add(records.get(i - later + 1));
      }
    }
    assertUnderstood(repeated);
  }

  @Test
  void aLineThatComesEarlyAndAgainInItsPlaceIsReadInItsPlace() throws IOException {
    List<String> records = new ArrayList<>(records());
    int third = indexOf(records, "#011#011FROM#011orders");
    // as seen after rsyslog was stopped and started while the broker was away
    records.add(third - 1, records.get(third));
    assertUnderstood(records);
  }

  @Test
  void aRestartBetweenAnyTwoRecordsLosesNothing() throws IOException {
    Told told = new Told();
    Map<String, byte[]> pieces = new TreeMap<>();
    for (String record : records()) {
      SourceLog log =
          SourceLogs.restore("db1", LogSettings.defaults(), told, List.copyOf(pieces.entrySet()));
      accept(log, record);
      keep(log, pieces);
    }
    SourceLogs.restore("db1", LogSettings.defaults(), told, List.copyOf(pieces.entrySet())).flush();
    assertThat(told.executions).containsExactlyInAnyOrderElementsOf(expected());
  }

  private static void keep(SourceLog log, Map<String, byte[]> pieces) {
    log.drainChanges(
        (name, piece) -> {
          if (piece == null) {
            pieces.remove(name);
          } else {
            pieces.put(name, piece);
          }
        });
  }

  private static void assertUnderstood(List<String> records) throws IOException {
    Told told = new Told();
    SourceLog log = SourceLogs.open("db1", LogSettings.defaults(), told);
    records.forEach(record -> accept(log, record));
    log.flush();
    assertThat(told.rejected).isEmpty();
    assertThat(told.executions).containsExactlyInAnyOrderElementsOf(expected());
  }

  private static void accept(SourceLog log, String record) {
    byte[] value = record.getBytes(UTF_8);
    log.accept(value, 0, value.length, "0:0", ARRIVAL);
  }

  private static int indexOf(List<String> records, String text) {
    for (int i = 0; i < records.size(); i++) {
      if (records.get(i).contains(text)) {
        return i;
      }
    }
    throw new AssertionError("no record has " + text);
  }

  /** The values of the records: one line each, its line end with it. */
  private static List<String> records() throws IOException {
    return List.of(resource("records.rsyslog").split("(?<=\n)"));
  }

  private static List<Logged> expected() throws IOException {
    return resource("executions.jsonl")
        .lines()
        .map(line -> EventJson.read(line.getBytes(UTF_8), Logged.class))
        .toList();
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = RsyslogRecordsTest.class.getResourceAsStream(FOLDER + name)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
