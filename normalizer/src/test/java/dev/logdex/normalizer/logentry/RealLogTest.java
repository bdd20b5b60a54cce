package dev.logdex.normalizer.logentry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.logdex.normalizer.statement.SeenEntry;
import dev.logdex.normalizer.statement.SeenExecution;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Logs of a PostgreSQL 15 that ran psql, pgbench in its three protocol modes and a JDBC client. The
 * truth beside each is made from the jsonlog of the same run, and its executions were compared with
 * pg_stat_statements.
 */
class RealLogTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  static List<Arguments> logs() {
    String pganalyze = "%m [%p] %q[user=%u,db=%d,app=%a] ";
    String heroku =
        " sql_error_code = %e time_ms = \"%m\" pid=\"%p\" proc_start_time=\"%s\""
            + " session_id=\"%c\" vtid=\"%v\" tid=\"%x\" log_line=\"%l\" %qdatabase=\"%d\""
            + " connection_source=\"%r\" user=\"%u\" application_name=\"%a\" ";
    return List.of(
        Arguments.of("debian", null, "stderr", "%m [%p] %q%u@%d "),
        Arguments.of("rds", null, "stderr", "%t:%r:%u@%d:[%p]:"),
        Arguments.of("pganalyze", null, "stderr", pganalyze),
        Arguments.of("mod", null, "stderr", "%t [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h "),
        Arguments.of("padded", "%m [%7p] %-12u|%12d|%i %c %l %x %v %e %a: ", "stderr", null),
        Arguments.of("names", "%m [%p] %u@%d %a ", "stderr", null),
        Arguments.of("heroku", null, "heroku", heroku),
        Arguments.of("syslog", null, "syslog", "%m [%p] %q%u@%d "),
        Arguments.of("syslognumber", null, "syslog", "user=%u,db=%d,app=%a,client=%h "),
        Arguments.of("syslogwhole", null, "syslog", "%m [%p] "));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("logs")
  void entriesAndExecutionsAreThoseOfTheServersJsonLog(
      String name, @Nullable String pinned, String format, @Nullable String detected)
      throws IOException {
    JsonNode truth = JSON.readTree(read(name + ".truth.json"));
    Told told = new Told();
    LogSettings settings = LogSettings.defaults().withPrefix(pinned);
    InspectableLog log = SourceLogs.open(name, settings, told);
    Told.feed(log, read(name + ".log"));
    log.flush();

    // one of the prefixes has neither user nor database
    boolean named = !name.equals("syslogwhole");
    assertThat(told.letters).isEmpty();
    assertThat(told.entries.stream().map(RealLogTest::line))
        .containsExactlyInAnyOrderElementsOf(entries(truth));
    assertThat(told.executions.stream().map(e -> line(e, named)))
        .containsExactlyInAnyOrderElementsOf(executions(truth, named));
    assertThat(log.facts().format()).isEqualTo(format);
    assertThat(log.facts().prefix()).isEqualTo(pinned == null ? detected : pinned);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("logs")
  void cuttingAndRestoringAtEveryLineChangesNothing(
      String name, @Nullable String pinned, String format, @Nullable String detected)
      throws IOException {
    LogSettings settings = LogSettings.defaults().withPrefix(pinned);
    byte[] log = read(name + ".log");
    Told whole = new Told();
    InspectableLog uncut = SourceLogs.open(name, settings, whole);
    Told.feed(uncut, log);
    uncut.flush();

    Told told = new Told();
    Told.Store store = new Told.Store();
    for (byte[] line : lines(log)) {
      InspectableLog restored = SourceLogs.restore(name, settings, told, store.pieces.entrySet());
      Told.feed(restored, line);
      store.drain(restored);
    }
    InspectableLog last = SourceLogs.restore(name, settings, told, store.pieces.entrySet());
    last.flush();

    assertThat(told.all).isEqualTo(whole.all);
    assertThat(last.facts()).isEqualTo(uncut.facts());
  }

  private static List<byte[]> lines(byte[] log) {
    List<byte[]> lines = new ArrayList<>();
    int from = 0;
    for (int at = 0; at < log.length; at++) {
      if (log[at] == '\n') {
        lines.add(Arrays.copyOfRange(log, from, at + 1));
        from = at + 1;
      }
    }
    return lines;
  }

  private static String line(SeenEntry entry) {
    String message = entry.message().replaceFirst("^[0-9A-Z]{5}: ", "");
    return entry.severity() + "|" + message + "|" + entry.detail() + "|" + entry.statement();
  }

  private static List<String> entries(JsonNode truth) {
    List<String> entries = new ArrayList<>();
    for (JsonNode entry : truth.get("entries")) {
      entries.add(
          entry.get(0).asText()
              + "|"
              + entry.get(1).asText()
              + "|"
              + entry.get(2).asText()
              + "|"
              + entry.get(3).asText());
    }
    return entries;
  }

  private static String line(SeenExecution execution, boolean named) {
    return (named ? execution.user() + "@" + execution.database() + "|" : "")
        + execution.statement()
        + "|"
        + execution.parameters()
        + "|"
        + (execution.elapsedMs() != null);
  }

  private static List<String> executions(JsonNode truth, boolean named) {
    List<String> executions = new ArrayList<>();
    for (JsonNode execution : truth.get("executions")) {
      List<@Nullable String> parameters = new ArrayList<>();
      execution.get("parameters").forEach(p -> parameters.add(p.isNull() ? null : p.asText()));
      String line =
          line(
              new SeenExecution(
                  execution.get("database").asText(),
                  execution.get("user").asText(),
                  counted(execution.get("statement").asText()),
                  parameters,
                  Told.ARRIVED,
                  execution.get("timed").asBoolean() ? 1.0 : null,
                  0,
                  ""),
              named);
      executions.addAll(Collections.nCopies(execution.get("calls").asInt(), line));
    }
    return executions;
  }

  /** The server runs nothing of what it prepares. */
  private static String counted(String statement) {
    return statement.startsWith("PREPARE ") ? "PREPARE" : statement;
  }

  private static byte[] read(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(RealLogTest.class.getResourceAsStream("/pg15/" + name), name)) {
      return in.readAllBytes();
    }
  }
}
