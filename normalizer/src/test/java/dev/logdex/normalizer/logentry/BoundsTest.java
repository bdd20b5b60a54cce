package dev.logdex.normalizer.logentry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdex.normalizer.event.DeadLetter;
import dev.logdex.normalizer.event.DeadLetterReason;
import dev.logdex.normalizer.statement.Execution;
import dev.logdex.normalizer.statement.LogEntry;
import dev.logdex.normalizer.statement.LoggedPlan;
import dev.logdex.normalizer.statement.StatementEvent;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Nothing that a log holds makes memory grow, and what is cut is counted and told. */
class BoundsTest {
  private static final LogSettings NARROW =
      new LogSettings(null, null, 2048, 3, 4096, Duration.ofSeconds(10));
  private static final String AT = "2026-11-20 23:54:44.068 UTC ";

  private final Told told = new Told();
  private final InspectableLog log = SourceLogs.open("s", NARROW, told);

  @Test
  void aStatementWithoutEndIsOneLetterAndItsLinesAreCounted() {
    feed(AT + "[1] a@b LOG:  duration: 1.0 ms  statement: SELECT '\n");
    byte[] lines = ("\t" + "x".repeat(99) + "\n").repeat(500).getBytes(UTF_8);
    for (int i = 0; i < 100; i++) {
      log.accept(lines, 0, lines.length, "log", Told.ARRIVED);
    }
    feed(AT + "[1] a@b LOG:  duration: 1.0 ms  statement: SELECT 2\n");
    log.flush();

    assertThat(told.statements()).containsExactly("SELECT 2");
    assertThat(told.reasons()).containsExactly(DeadLetterReason.ENTRY_TOO_LONG);
    assertThat(log.facts().cuts()).containsEntry(Cut.ENTRY_TOO_LONG, 1L);
    assertThat(log.facts().ignored().get(Ignored.AFTER_GIVE_UP)).isGreaterThan(49_900);
    assertThat(storedBytes()).isLessThan(20_000);
  }

  @Test
  void aLineWithoutEndLeavesNothingBehind() {
    feed(AT + "[1] a@b LOG:  duration: 1.0 ms  statement: SELECT '");
    byte[] piece = "x".repeat(64 << 10).getBytes(UTF_8);
    for (int i = 0; i < 200; i++) {
      log.accept(piece, 0, piece.length, "0:" + i, Told.ARRIVED);
    }
    log.flush();

    assertThat(told.reasons().subList(0, 200)).containsOnly(DeadLetterReason.ENTRY_TOO_LONG);
    assertThat(log.facts().cuts()).containsEntry(Cut.ENTRY_TOO_LONG, 200L);
    assertThat(storedBytes()).isLessThan(20_000);
  }

  @Test
  void ofManyProcessesOnlyTheLatestAreRemembered() {
    for (int pid = 1; pid <= 10_000; pid++) {
      feed(
          "2026-11-21T00:25:13.031664+00:00 vm postgres["
              + pid
              + "]: [1-1] "
              + AT
              + "["
              + pid
              + "] a@b LOG:  duration: 1.0 ms  statement: SELECT 1\n");
    }
    Told.Store store = new Told.Store();
    store.drain(log);
    log.flush();

    assertThat(told.executions).hasSize(10_000);
    assertThat(store.pieces).hasSizeLessThan(20);
    assertThat(log.facts().cuts()).containsEntry(Cut.TOO_MANY_PROCESSES, 9_997L);
  }

  @Test
  void aLongContextIsCutAndTheStatementBehindItIsNot() {
    InspectableLog wide = SourceLogs.open("s", LogSettings.defaults(), told);
    Told.feed(
        wide,
        AT
            + "[1] a@b ERROR:  x\n"
            + AT
            + "[1] a@b CONTEXT:  "
            + "SQL function f\n\t".repeat(10_000)
            + "end\n"
            + AT
            + "[1] a@b STATEMENT:  SELECT 1\n");
    wide.flush();

    assertThat(told.contexts.get(0).length()).isLessThanOrEqualTo(OpenEntry.MAX_CONTEXT_BYTES);
    assertThat(told.entries.get(0).statement()).isEqualTo("SELECT 1");
    assertThat(wide.facts().cuts()).containsEntry(Cut.CONTEXT_TOO_LONG, 1L);
  }

  @Test
  void theArrayOfARecordIsNotKept() {
    byte[] record = (AT + "[1] a@b LOG:  duration: 1.0 ms  statement: SELECT 1\n").getBytes(UTF_8);
    log.accept(record, 0, record.length, "log", Told.ARRIVED);
    Arrays.fill(record, (byte) 'x');
    log.flush();

    assertThat(told.statements()).containsExactly("SELECT 1");
  }

  @Test
  void whatTheSinkThrowsIsNoDefectOfTheReading() {
    InspectableLog failing = SourceLogs.open("s", LogSettings.defaults(), new FailingSink());
    Told.feed(failing, AT + "[1] a@b LOG:  x\n");

    assertThatThrownBy(failing::flush).hasMessage("cannot go on");
  }

  /** Of the state as it would be stored. */
  private int storedBytes() {
    Told.Store store = new Told.Store();
    store.drain(log);
    return store.pieces.values().stream().mapToInt(piece -> piece.length).sum();
  }

  private void feed(String text) {
    Told.feed(log, text);
  }

  private static final class FailingSink implements LogSink {
    @Override
    public void entry(LogEntry entry) {
      throw new IllegalStateException("cannot go on");
    }

    @Override
    public void execution(Execution execution) {}

    @Override
    public void event(StatementEvent event) {}

    @Override
    public void plan(LoggedPlan plan) {}

    @Override
    public void rejected(DeadLetter letter) {}
  }
}
