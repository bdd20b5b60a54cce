package dev.logdex.normalizer;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.normalizer.JsonTruth.Counted;
import dev.logdex.normalizer.JsonTruth.Message;
import dev.logdex.normalizer.JsonTruth.Run;
import dev.logdex.normalizer.event.DeadLetter;
import dev.logdex.normalizer.logentry.InspectableLog;
import dev.logdex.normalizer.logentry.LogSettings;
import dev.logdex.normalizer.logentry.LogSink;
import dev.logdex.normalizer.logentry.SourceLogs;
import dev.logdex.normalizer.statement.Execution;
import dev.logdex.normalizer.statement.LogEntry;
import dev.logdex.normalizer.statement.LoggedPlan;
import dev.logdex.normalizer.statement.SeenEntry;
import dev.logdex.normalizer.statement.StatementEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One run of a real server, written in three forms at once: each is read as the server meant it,
 * message by message, and the executions are those that pg_stat_statements counted.
 */
class LogFormsIT {
  private static final Map<Setup, Recorded> RECORDED = new HashMap<>();
  private static final int SHOWN = 8;

  /** To look into when something differs. */
  private static final Path KEPT = Path.of("target", "log-forms");

  /** How the server logs. */
  enum Setup {
    DURATIONS("%m [%p] %q%u@%d ", 300, "log_min_duration_statement = 0"),
    ANNOUNCED_AND_DURATIONS(
        "%t [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h ",
        20,
        """
        log_min_duration_statement = -1
        log_statement = all
        log_duration = on
        """),
    DURATIONS_AND_TEXT_PLANS(
        "%t:%r:%u@%d:[%p]:",
        5,
        """
        log_min_duration_statement = 0
        shared_preload_libraries = pg_stat_statements,auto_explain
        auto_explain.log_min_duration = 0
        auto_explain.log_nested_statements = on
        """),
    VERBOSE_AND_JSON_PLANS(
        "%m [%7p] %-12u|%12d|%i %c %l %x %v %e %a: ",
        5,
        """
        log_min_duration_statement = 0
        log_error_verbosity = verbose
        shared_preload_libraries = pg_stat_statements,auto_explain
        auto_explain.log_min_duration = 0
        auto_explain.log_format = json
        auto_explain.log_analyze = on
        """);

    private final String prefix;
    private final int transactions;
    private final String settings;

    Setup(String prefix, int transactions, String settings) {
      this.prefix = prefix;
      this.transactions = transactions;
      this.settings = settings;
    }

    Map<String, String> settings() {
      Map<String, String> all = new HashMap<>();
      settings
          .lines()
          .map(line -> line.split(" = ", 2))
          .forEach(setting -> all.put(setting[0], setting[1]));
      all.put("log_line_prefix", prefix);
      return all;
    }
  }

  /** What a server wrote and counted. */
  private record Recorded(Map<String, byte[]> logs, List<Counted> counted, JsonTruth truth) {}

  private static Recorded recorded(Setup setup) {
    return RECORDED.computeIfAbsent(setup, LogFormsIT::record);
  }

  private static Recorded record(Setup setup) {
    try (RecordedServer server = RecordedServer.start(setup.settings())) {
      server.pgbenchTables();
      server.resetStatistics();
      new AwkwardApplication(server).run(1 << 20);
      for (String protocol : List.of("simple", "extended", "prepared")) {
        server.pgbench(protocol, setup.transactions);
      }
      server.end();
      List<Counted> counted = server.statistics();
      Map<String, byte[]> logs = server.logs();
      keep(setup, logs);
      return new Recorded(logs, counted, new JsonTruth(logs.get("jsonlog")));
    } catch (SQLException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void keep(Setup setup, Map<String, byte[]> logs) throws IOException {
    Path folder = Files.createDirectories(KEPT.resolve(setup.name()));
    for (Map.Entry<String, byte[]> log : logs.entrySet()) {
      Files.write(folder.resolve(log.getKey()), log.getValue());
    }
  }

  @AfterAll
  static void forget() {
    RECORDED.clear();
  }

  static Stream<Arguments> logs() {
    return Arrays.stream(Setup.values())
        .flatMap(
            setup ->
                Stream.of("stderr", "csvlog", "jsonlog").map(form -> Arguments.of(setup, form)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("logs")
  void messagesAreThoseOfTheJsonLog(Setup setup, String form) {
    Recorded recorded = recorded(setup);
    Heard heard = read(setup, form, recorded);

    Map<String, List<SeenEntry>> entries =
        heard.entries.stream().collect(groupingBy(SeenEntry::backend));
    Map<String, List<Message>> messages =
        recorded.truth.messages().stream().collect(groupingBy(Message::pid));
    List<String> differences = new ArrayList<>();
    messages.forEach(
        (pid, wanted) ->
            compare(setup, form, pid, entries.getOrDefault(pid, List.of()), wanted, differences));
    assertThat(heard.letters).isEmpty();
    assertThat(differences.stream().limit(SHOWN)).as(differences.size() + " differ").isEmpty();
    assertThat(entries).containsOnlyKeys(messages.keySet());
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("logs")
  void executionsAreThoseOfTheJsonLog(Setup setup, String form) {
    Recorded recorded = recorded(setup);
    Heard heard = read(setup, form, recorded);

    Map<String, Long> surplus = new TreeMap<>();
    heard.executions.forEach(line -> surplus.merge(line, 1L, Long::sum));
    recorded.truth.runs().forEach(run -> surplus.merge(line(run), -1L, Long::sum));
    surplus.values().removeIf(count -> count == 0);
    assertThat(surplus.entrySet().stream().limit(SHOWN))
        .as(surplus.size() + " executions, 1 where too many and -1 where missing")
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void executionsAreTheCallsOfTheStatisticsButForKnownDifferences(Setup setup) {
    Recorded recorded = recorded(setup);
    CallDifferences differences = new CallDifferences(recorded.truth, recorded.counted);
    System.err.println(setup + ": " + differences.explained());
    assertThat(differences.unexplained()).isEmpty();
  }

  private static Heard read(Setup setup, String form, Recorded recorded) {
    Heard heard = new Heard();
    boolean detected = setup != Setup.VERBOSE_AND_JSON_PLANS || !form.equals("stderr");
    LogSettings settings = LogSettings.defaults().withPrefix(detected ? null : setup.prefix);
    InspectableLog log = SourceLogs.open(form, settings, heard);
    byte[] bytes = recorded.logs.get(form);
    log.accept(bytes, 0, bytes.length, form, Instant.EPOCH);
    log.flush();
    return heard;
  }

  private static void compare(
      Setup setup,
      String form,
      String pid,
      List<SeenEntry> entries,
      List<Message> messages,
      List<String> differences) {
    if (entries.size() != messages.size()) {
      differences.add(pid + ": " + entries.size() + " messages instead of " + messages.size());
    }
    boolean wholeSeconds = form.equals("stderr") && setup.prefix.startsWith("%t");
    for (int i = 0; i < Math.min(entries.size(), messages.size()); i++) {
      Map<String, Object> found = parts(entries.get(i), messages.get(i));
      Map<String, Object> wanted = parts(messages.get(i));
      if (wholeSeconds) {
        // %t asks another clock, which is a tick behind, and asks at another moment
        Instant at = messages.get(i).at();
        Instant second = Objects.requireNonNullElse(entries.get(i).loggedAt(), Instant.MIN);
        boolean near =
            !second.isBefore(at.minusMillis(1020)) && !second.isAfter(at.plusMillis(500));
        wanted.put("at", near ? second : at.truncatedTo(ChronoUnit.SECONDS));
      }
      if (!found.equals(wanted)) {
        wanted.forEach((part, value) -> found.remove(part, value));
        differences.add(pid + ", message " + (i + 1) + ": found " + found + " in " + wanted);
      }
    }
  }

  private static Map<String, Object> parts(Message message) {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("severity", message.severity());
    parts.put("user", message.user());
    parts.put("database", message.database());
    parts.put("at", message.at());
    parts.put("text", message.message());
    parts.put("detail", String.valueOf(message.detail()));
    parts.put("context", String.valueOf(message.context()));
    parts.put("statement", String.valueOf(message.statement()));
    return parts;
  }

  private static Map<String, Object> parts(SeenEntry entry, Message message) {
    String text = entry.message();
    String place = " at character " + message.position();
    if (message.position() > 0 && text.endsWith(place)) {
      text = text.substring(0, text.length() - place.length());
    }
    if (text.startsWith(message.sqlState() + ": ")) {
      text = text.substring(7);
    }
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("severity", entry.severity());
    parts.put("user", entry.user());
    parts.put("database", entry.database());
    parts.put("at", String.valueOf(entry.loggedAt()).equals("null") ? "" : entry.loggedAt());
    parts.put("text", text);
    parts.put("detail", String.valueOf(entry.detail()));
    parts.put("context", String.valueOf(entry.context()));
    parts.put("statement", String.valueOf(entry.statement()));
    return parts;
  }

  private static String line(Run run) {
    return line(
        run.id().user(), run.id().database(), run.statement(), run.parameters(), run.elapsedMs());
  }

  private static String line(
      String user,
      String database,
      String statement,
      List<@Nullable String> parameters,
      @Nullable Double elapsedMs) {
    return user + "@" + database + " " + elapsedMs + " " + parameters + " " + statement;
  }

  /** Takes down what a log tells; texts are copied, because they are views. */
  private static final class Heard implements LogSink {
    final List<SeenEntry> entries = new ArrayList<>();
    final List<String> executions = new ArrayList<>();
    final List<DeadLetter> letters = new ArrayList<>();

    @Override
    public void entry(LogEntry entry) {
      entries.add(SeenEntry.of(entry));
    }

    @Override
    public void execution(Execution execution) {
      executions.add(
          line(
              execution.user(),
              execution.database(),
              execution.statement().toString(),
              execution.parameters().values(),
              execution.elapsedMs()));
    }

    @Override
    public void event(StatementEvent event) {}

    @Override
    public void plan(LoggedPlan plan) {}

    @Override
    public void rejected(DeadLetter letter) {
      letters.add(letter);
    }
  }
}
