package dev.logdex.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.normalizer.JsonTruth.Counted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
    JudgedLog log = read(setup, form, recorded);

    List<String> differences = log.messageDifferences(recorded.truth.messages());
    assertThat(log.letters.stream().limit(SHOWN)).isEmpty();
    assertThat(differences.stream().limit(SHOWN)).as(differences.size() + " differ").isEmpty();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("logs")
  void executionsAreThoseOfTheJsonLog(Setup setup, String form) {
    Recorded recorded = recorded(setup);
    JudgedLog log = read(setup, form, recorded);

    Map<String, Long> surplus = log.executionSurplus(recorded.truth.runs());
    assertThat(surplus.entrySet().stream().limit(SHOWN))
        .as(surplus.size() + " executions, 1 where too many and -1 where missing")
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void executionsAreTheCallsOfTheStatisticsButForKnownDifferences(Setup setup) {
    Recorded recorded = recorded(setup);
    CallDifferences differences = new CallDifferences(recorded.truth, recorded.counted);
    assertThat(differences.unexplained()).isEmpty();
    // as many as the application sends, whatever pgbench adds
    assertThat(differences.explained())
        .containsEntry(CallDifferences.Reason.SEVERAL_IN_ONE_MESSAGE, 5L)
        .containsEntry(CallDifferences.Reason.BEFORE_ONE_THAT_FAILED, 1L)
        .containsEntry(CallDifferences.Reason.PREPARE_OR_DEALLOCATE, 2L)
        .containsKey(CallDifferences.Reason.UTILITY_RUN_AGAIN);
  }

  private static JudgedLog read(Setup setup, String form, Recorded recorded) {
    boolean stderr = form.equals("stderr");
    String pinned = stderr && setup == Setup.VERBOSE_AND_JSON_PLANS ? setup.prefix : null;
    return JudgedLog.read(recorded.logs.get(form), pinned, stderr && setup.prefix.startsWith("%t"));
  }
}
