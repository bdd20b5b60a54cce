package dev.logdex.normalizer.statement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.normalizer.event.DeadLetterReason;
import dev.logdex.normalizer.logline.LineWord;
import dev.logdex.normalizer.text.Place;
import dev.logdex.normalizer.text.Utf8;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementLogTest {
  private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

  private final List<SeenExecution> executions = new ArrayList<>();
  private final List<DeadLetterReason> reasons = new ArrayList<>();
  private final StatementLog log =
      new StatementLog(
          100,
          1_000_000,
          new StatementLog.Outlet() {
            @Override
            public void execution(Execution execution) {
              executions.add(SeenExecution.of(execution));
            }

            @Override
            public void event(StatementEvent event) {}

            @Override
            public void plan(LoggedPlan plan) {}

            @Override
            public void rejected(LogEntry message, DeadLetterReason reason, String detail) {
              reasons.add(reason);
            }
          });

  private long second;
  private String session = "";
  private long lineNumber = -1;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "duration: 0.297 ms  statement: SELECT 1 | SELECT 1 | 0.297",
        "duration: 0.297 ms statement: SELECT 1 | SELECT 1 | 0.297",
        "duration: 12 ms  execute <unnamed>: SELECT 1 | SELECT 1 | 12",
        "duration: 12 ms  execute S_12/C_1: SELECT ': ' | SELECT ': ' | 12",
        "duration: 12 ms  execute py:0x7fde12d61b80: SELECT 1 | SELECT 1 | 12",
        "00000: duration: 12 ms  statement: SELECT 1 | SELECT 1 | 12",
        "[postgres.cc:123]  duration: 12 ms  statement: SELECT 1 | SELECT 1 | 12",
      })
  void oneLineWithDurationAndTextIsAnExecution(String message, String statement, double ms) {
    say(message);

    assertThat(executions).extracting(SeenExecution::statement).containsExactly(statement);
    assertThat(executions.get(0).elapsedMs()).isEqualTo(ms);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "duration: 0.1 ms  parse <unnamed>: SELECT 1",
        "duration: 0.1 ms  bind S_1/C_1: SELECT 1",
        "duration: 0.1 ms  execute fetch from S_1/C_1: SELECT 1",
        "execute fetch from S_1/C_1: SELECT 1",
        "duration: 0.123 ms  plan:\nQuery Text: SELECT 1\nResult  (cost=0.00..0.01 rows=1 width=4)",
        "duration: 0.1 ms  fastpath function call: \"f\" (OID 4)",
        "duration: 0.1 ms",
        "duration: x ms  statement: SELECT 1",
        "duration: 1.2.3 ms  statement: SELECT 1",
        "duration: 1 s  statement: SELECT 1",
        "plan: SELECT 1",
        "parse a: SELECT 1",
        "statement: ",
        "statement: ;",
        "statement: -- only a comment",
        "duration: 1 ms  statement: /* a /* b */ c */ ; -- d\n;",
        "duration: 1 ms  execute a: ",
        "duration: 1 ms  execute a:",
        "execute a",
        "checkpoint complete: wrote 3 buffers",
        "the statement: SELECT 1",
      })
  void otherMessagesAreNone(String message) {
    say(message);
    log.settleAll();

    assertThat(executions).isEmpty();
    assertThat(reasons).isEmpty();
  }

  @Test
  void anAnnouncedStatementAndItsDurationAreOneExecution() {
    say("statement: SELECT 1");
    assertThat(executions).isEmpty();
    say("duration: 2.5 ms");
    log.settleAll();

    assertThat(executions).hasSize(1);
    assertThat(executions.get(0).elapsedMs()).isEqualTo(2.5);
    assertThat(executions.get(0).loggedAt()).isEqualTo(START.plusSeconds(2));
    assertThat(executions.get(0).place()).isEqualTo("place:1");
  }

  @Test
  void eachDurationIsUsedOnce() {
    say("statement: SELECT 1");
    say("duration: 2.5 ms");
    say("duration: 3.5 ms");
    log.settleAll();

    assertThat(executions).extracting(SeenExecution::elapsedMs).containsExactly(2.5);
  }

  @Test
  void anAnnouncedStatementWithoutDurationIsAnExecutionWithoutTime() {
    say("statement: SELECT 1");
    say("statement: SELECT 2");
    assertThat(executions).extracting(SeenExecution::statement).containsExactly("SELECT 1");
    assertThat(executions.get(0).elapsedMs()).isNull();
    assertThat(executions.get(0).loggedAt()).isEqualTo(START.plusSeconds(1));

    log.settleAll();
    assertThat(executions)
        .extracting(SeenExecution::statement)
        .containsExactly("SELECT 1", "SELECT 2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "duration: 0.1 ms  parse <unnamed>: SELECT 9",
        "disconnection: session time: 0:00:00.004",
        "connection received: host=[local]",
        "execute fetch from S_1/C_1: SELECT 1",
      })
  void theNextThingThatTheProcessDoesEndsIt(String message) {
    say("statement: SELECT 1");
    say(message);

    assertThat(executions).extracting(SeenExecution::statement).containsExactly("SELECT 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NOTICE | hello",
        "WARNING | there is no transaction in progress",
        "LOG | duration: 1.0 ms  plan:",
        "LOG | temporary file: path \"x\", size 1",
        "LOG | process 1 still waiting for ShareLock",
      })
  void whatHappensWithinTheStatementDoesNotEndIt(String severity, String message) {
    say("statement: SELECT 1");
    say(severity, message, null, null);
    say("duration: 2.5 ms");

    assertThat(executions).extracting(SeenExecution::elapsedMs).containsExactly(2.5);
  }

  @Test
  void aFailedStatementIsNoExecution() {
    say("statement: SELECT 1/0;");
    say("ERROR", "division by zero", null, "SELECT 1/0;");
    log.settleAll();

    assertThat(executions).isEmpty();
  }

  @Test
  void anErrorAboutAnotherStatementLeavesTheAnnouncedOneCounted() {
    say("statement: SELECT 1");
    say("ERROR", "syntax error", null, "SELEC 2");

    assertThat(executions).extracting(SeenExecution::statement).containsExactly("SELECT 1");
  }

  @Test
  void aTerminatedIdleConnectionDoesNotUndoItsLastStatement() {
    say("statement: SELECT 1");
    say("FATAL", "terminating connection due to administrator command", null, null);

    assertThat(executions).extracting(SeenExecution::statement).containsExactly("SELECT 1");
  }

  @Test
  void aTextAnnouncedAndThenLoggedWithItsDurationIsCountedOnce() {
    say("statement: SELECT 1");
    say("duration: 2.5 ms  statement: SELECT 1");
    log.settleAll();

    assertThat(executions).extracting(SeenExecution::elapsedMs).containsExactly(2.5);
  }

  @Test
  void processesAreKeptApart() {
    say("a", "statement: SELECT 1");
    say("b", "statement: SELECT 2");
    say("a", "duration: 1 ms");
    say("b", "duration: 2 ms");

    assertThat(executions)
        .extracting(SeenExecution::statement)
        .containsExactly("SELECT 1", "SELECT 2");
    assertThat(executions).extracting(SeenExecution::elapsedMs).containsExactly(1.0, 2.0);
  }

  @Test
  void aLaterProcessWithTheSameIdDoesNotGiveItsDurationAway() {
    session = "6b00ddc4.3ade";
    say("statement: SELECT 1");
    session = "6b00ff00.3ade";
    say("duration: 2.5 ms");

    assertThat(executions).extracting(SeenExecution::elapsedMs).containsOnlyNulls().hasSize(1);
  }

  @Test
  void aLineCountThatBeginsAnewIsALaterProcess() {
    lineNumber = 12;
    say("statement: SELECT 1");
    lineNumber = 3;
    say("duration: 2.5 ms");

    assertThat(executions).extracting(SeenExecution::elapsedMs).containsOnlyNulls().hasSize(1);
  }

  @Test
  void afterALostMessageNothingIsJoined() {
    say("statement: SELECT 1");
    log.lost("a");
    say("duration: 2.5 ms");

    assertThat(executions).extracting(SeenExecution::elapsedMs).containsOnlyNulls().hasSize(1);
  }

  @Test
  void aMessageWithAStatementPartIsNotOfStatementLogging() {
    say("LOG", "statement: SELECT fake", null, "DO $$ BEGIN RAISE LOG 'statement: …'; END $$");
    log.settleAll();

    assertThat(executions).isEmpty();
  }

  @Test
  void parametersComeFromTheDetail() {
    say("LOG", "execute a: SELECT $1", "parameters: $1 = '7'", null);
    say("LOG", "duration: 1 ms  execute a: SELECT $1", "Parameters: $1 = NULL", null);

    // the second one is the first one's duration
    assertThat(executions).hasSize(1);
    assertThat(executions.get(0).parameters()).containsExactly((String) null);
  }

  @Test
  void anExecuteRunsThePreparedText() {
    say(
        "LOG",
        "duration: 1 ms  statement: EXECUTE p1(3);",
        "prepare: PREPARE p1(int) AS SELECT * FROM t WHERE id = $1;",
        null);

    assertThat(executions.get(0).statement()).isEqualTo("SELECT * FROM t WHERE id = $1");
    assertThat(executions.get(0).parameters()).containsExactly("3");
  }

  @Test
  void aFailedExecuteIsToldByItsOwnText() {
    say("LOG", "statement: EXECUTE p1(0)", "prepare: PREPARE p1(int) AS SELECT 1 / $1", null);
    say("ERROR", "division by zero", null, "EXECUTE p1(0)");
    log.settleAll();

    assertThat(executions).isEmpty();
  }

  @Test
  void aCutMessageIsNoExecutionAndItsDurationIsNobodys() {
    say("statement: SELECT 1, [Your log message was truncated]");
    say("duration: 2.5 ms");
    log.settleAll();

    assertThat(executions).isEmpty();
    assertThat(reasons).containsExactly(DeadLetterReason.TRUNCATED_STATEMENT);
  }

  @Test
  void aSilentProcessIsNotWaitedForForever() {
    say("a", "statement: SELECT 1");
    second += 59;
    say("b", "checkpoint starting: time");
    assertThat(executions).isEmpty();
    second += 2;
    say("b", "checkpoint starting: time");

    assertThat(executions).extracting(SeenExecution::statement).containsExactly("SELECT 1");
  }

  @Test
  void whereDurationsAreLoggedALongStatementIsWaitedFor() {
    say("b", "duration: 1 ms");
    say("a", "statement: SELECT 1");
    second += 1800;
    say("b", "duration: 1 ms");
    say("a", "duration: 1800000 ms");

    assertThat(executions).extracting(SeenExecution::elapsedMs).containsExactly(1800000.0);
  }

  @Test
  void whatIsRememberedIsBoundedByItsTextToo() {
    say("a", "statement: SELECT '" + "x".repeat(1_000_000) + "'");
    say("b", "statement: SELECT 2");
    assertThat(executions).hasSize(1);
    say("c", "statement: SELECT 3");
    log.settleAll();

    assertThat(executions).hasSize(3);
  }

  private void say(String message) {
    say("a", message);
  }

  private void say(String backend, String message) {
    say(backend, "LOG", message, null, null);
  }

  private void say(
      String severity, String message, @Nullable String detail, @Nullable String statement) {
    say("a", severity, message, detail, statement);
  }

  private void say(
      String backend,
      String severity,
      String message,
      @Nullable String detail,
      @Nullable String statement) {
    second++;
    log.message(
        new LogEntry(
            LineWord.valueOf(severity),
            null,
            "shop",
            "app",
            "",
            backend,
            session,
            lineNumber,
            0,
            START.plusSeconds(second),
            START.plusSeconds(second),
            Utf8.of(message),
            text(detail),
            null,
            text(statement),
            new Place("place", second)));
  }

  private static @Nullable Utf8 text(@Nullable String text) {
    return text == null ? null : Utf8.of(text);
  }
}
