package dev.logdex.normalizer.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as a call, configuration by configuration, as the server writes it. */
class CountingTest {
  private static final String PREPARE = "PREPARE p1(int) AS SELECT 1 / $1";

  private final Conversation log = new Conversation();

  /** Messages of one process, then what is counted as {@code time statement}. */
  static List<Arguments> configurations() {
    return List.of(
        // log_statement = all, log_duration = on, prepared mode (pgbench -M prepared)
        counted(
            List.of(
                "duration: 0.393 ms",
                "duration: 0.304 ms",
                "execute P_0: select 1;",
                "duration: 0.121 ms",
                "duration: 0.031 ms",
                "execute P_0: select 1;",
                "duration: 0.090 ms"),
            List.of("0.121 select 1;", "0.09 select 1;")),
        // log_statement = all and log_min_duration_statement = 0
        counted(
            List.of(
                "duration: 0.378 ms  parse <unnamed>: select 1;",
                "duration: 0.247 ms  bind <unnamed>: select 1;",
                "execute <unnamed>: select 1;",
                "duration: 0.093 ms"),
            List.of("0.093 select 1;")),
        // log_transaction_sample_rate or log_min_duration_sample, nothing else
        counted(
            List.of(
                "duration: 0.385 ms  parse <unnamed>: select 1;",
                "duration: 0.288 ms  bind <unnamed>: select 1;",
                "duration: 0.079 ms  execute <unnamed>: select 1;"),
            List.of("0.079 select 1;")),
        // log_statement = all, log_min_duration_statement = 100: only the slow one has a time
        counted(
            List.of("statement: SELECT 1", "statement: SELECT 2", "duration: 150.000 ms"),
            List.of("null SELECT 1", "150.0 SELECT 2")),
        // log_duration = on alone
        counted(List.of("duration: 0.1 ms", "duration: 0.2 ms"), List.of()),
        // a portal that is read in several steps
        counted(
            List.of(
                "duration: 1.5 ms  execute S_1/C_1: SELECT 1",
                "duration: 0.5 ms  execute fetch from S_1/C_1: SELECT 1",
                "duration: 0.5 ms  execute fetch from S_1/C_1: SELECT 1"),
            List.of("1.5 SELECT 1")),
        counted(
            List.of(
                "statement: SELECT 1", "fastpath function call: \"f\" (OID 1)", "duration: 1 ms"),
            List.of("null SELECT 1")),
        counted(
            List.of("statement: BEGIN; SELECT 1; COMMIT"),
            List.of("null BEGIN; SELECT 1; COMMIT")));
  }

  private static Arguments counted(List<String> messages, List<String> calls) {
    return Arguments.of(messages, calls);
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void everyCallIsCountedOnce(List<String> messages, List<String> calls) {
    messages.forEach(log::say);
    log.log.settleAll();

    assertThat(log.executions)
        .extracting(execution -> execution.elapsedMs() + " " + execution.statement())
        .containsExactlyElementsOf(calls);
    assertThat(log.reasons).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<unnamed>",
        "S_12",
        "S_12/C_1",
        "pdo_stmt_00000003",
        "lrupsc_1_0",
        "py:0x7fde12d61b80",
        "a/b/c",
        "with blank",
        "a:",
        "日本",
      })
  void namesEndAtTheFirstColonWithABlank(String name) {
    log.say(
        "duration: 1 ms  execute " + name + ": SELECT ': ', $1", "execute " + name + ": SELECT 2");
    log.log.settleAll();

    assertThat(log.statements()).containsExactly("SELECT ': ', $1", "SELECT 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.297|0.297",
        "12|12",
        "12.5|12.5",
        "0.001|0.001",
        "123456789.123|123456789.123",
        "00000000.100|0.1",
      })
  void timesAreReadAsLogged(String logged, double time) {
    log.say("duration: " + logged + " ms  statement: SELECT 1");

    assertThat(log.executions.get(0).elapsedMs()).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.2.3", "-1", "1e3", "99999999999999999999", "1.", "x", ""})
  void otherNumbersAreNoTimes(String logged) {
    log.say("duration: " + logged + " ms  statement: SELECT 1");

    assertThat(log.executions).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 'duration: 1 ms  statement: x'",
        "SELECT ':  ', 'execute a: b'",
        "SELECT '\nstatement: x\nduration: 2 ms'",
        "SELECT 1 -- parameters: $1 = 'x'",
      })
  void phrasesWithinAStatementDoNothing(String sql) {
    log.say("duration: 1 ms  statement: " + sql, "duration: 1 ms  execute a/b: " + sql);

    assertThat(log.statements()).containsExactly(sql, sql);
  }

  @Test
  void aPrepareCountsAsThatWordOnly() {
    log.say("duration: 0.4 ms  statement: " + PREPARE, "statement:  prepare p AS SELECT 1;");
    log.log.settleAll();

    assertThat(log.statements()).containsExactly("PREPARE", "prepare");
    assertThat(log.executions).extracting(SeenExecution::queryId).containsOnly(0L);
  }

  @Test
  void anExecuteWithoutDetailIsNamedByItsSessionsPrepare() {
    log.say("duration: 0.4 ms  statement: " + PREPARE, "duration: 1 ms  statement: EXECUTE P1(3)");
    log.error("division by zero", "EXECUTE p1(0)");

    assertThat(log.statements()).containsExactly("PREPARE", "SELECT 1 / $1");
    assertThat(log.executions.get(1).parameters()).containsExactly("3");
    assertThat(log.events).containsExactly("ERROR SELECT 1 / $1");
  }

  @Test
  void anAnnouncedExecuteIsTheTextInItsDetail() {
    log.withDetail("statement: EXECUTE p1(1)", "prepare: " + PREPARE);
    log.say("duration: 0.128 ms");
    log.withDetail("statement: EXECUTE p1(0)", "prepare: " + PREPARE);
    log.error("division by zero", "EXECUTE p1(0)");
    log.log.settleAll();

    assertThat(log.statements()).containsExactly("SELECT 1 / $1");
    assertThat(log.events).containsExactly("ERROR SELECT 1 / $1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "duration: 1 ms  statement: DEALLOCATE p1",
        "duration: 1 ms  statement: deallocate prepare \"p1\";",
        "duration: 1 ms  statement: DEALLOCATE ALL",
        "duration: 1 ms  statement: DISCARD ALL",
        "connection received: host=[local]",
        "disconnection: session time: 0:00:00.003 user=a database=b host=[local]",
      })
  void whatWasPreparedIsForgottenInTime(String message) {
    log.say("duration: 0.4 ms  statement: " + PREPARE, message);
    log.executions.clear();
    log.say("duration: 1 ms  statement: EXECUTE p1(3)");

    assertThat(log.statements()).containsExactly("EXECUTE p1(3)");
  }

  @Test
  void anotherSessionOrProcessKnowsNothingOfIt() {
    log.session = "6b00ddc4.3ade";
    log.say("duration: 0.4 ms  statement: " + PREPARE);
    log.executions.clear();
    log.session = "6b00ff00.3ade";
    log.say("duration: 1 ms  statement: EXECUTE p1(3)");
    log.backend = "99";
    log.say("duration: 1 ms  statement: EXECUTE p1(3)");

    assertThat(log.statements()).containsExactly("EXECUTE p1(3)", "EXECUTE p1(3)");
  }

  @Test
  void aFailedPrepareIsNotRemembered() {
    log.say("statement: " + PREPARE);
    log.error("already exists", PREPARE);
    log.say("duration: 1 ms  statement: EXECUTE p1(3)");

    assertThat(log.statements()).containsExactly("EXECUTE p1(3)");
  }

  @Test
  void whatIsRememberedOutlivesARestart() throws IOException {
    log.say("duration: 0.4 ms  statement: " + PREPARE);
    log.withDetail("execute a: SELECT $1", "parameters: $1 = '7'");
    log.restart();
    log.say("duration: 2.5 ms", "duration: 1 ms  statement: EXECUTE p1(3)");

    assertThat(log.statements()).containsExactly("PREPARE", "SELECT $1", "SELECT 1 / $1");
    assertThat(log.executions.get(1).parameters()).containsExactly("7");
  }

  @Test
  void aMillionSessionsAreRememberedWithinTheBounds() {
    Conversation small = new Conversation(10, 100_000);
    for (int process = 0; process < 1000; process++) {
      small.backend = "b" + process;
      small.say("duration: 1 ms  statement: " + PREPARE);
      small.about("process 1 still waiting for a on b after 1.5 ms", "UPDATE t");
      small.say("statement: SELECT 1");
    }
    small.drain();
    assertThat(small.store).hasSizeLessThanOrEqualTo(30);
    assertThat(small.log.counts().pushedOut()).isEqualTo(990);
    assertThat(small.log.counts().preparedPushedOut()).isEqualTo(990);
    small.log.settleAll();

    assertThat(small.statements()).filteredOn("SELECT 1"::equals).hasSize(1000);
    assertThat(small.events).hasSize(1000);
  }

  @Test
  void whatComesAndGoesBetweenTwoDrainsIsNobodysBusiness() {
    log.say("statement: SELECT 1", "duration: 1 ms");
    List<String> changed = new ArrayList<>();
    log.log.drainChanges((backend, state) -> changed.add(backend));

    assertThat(changed).isEmpty();
  }

  @Test
  void whatIsSettledLateIsCounted() {
    log.say("statement: SELECT 1");
    log.wait(61);
    log.backend = "other";
    log.say("checkpoint starting: time");

    assertThat(log.statements()).containsExactly("SELECT 1");
    assertThat(log.log.counts().overdue()).isOne();
  }
}
