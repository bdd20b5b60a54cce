package dev.logdex.normalizer.logentry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.normalizer.event.DeadLetter;
import dev.logdex.normalizer.event.DeadLetterReason;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StderrLogTest {
  private static final String AT = "2026-11-20 23:54:44.068 UTC ";

  @Test
  void continuationLinesLoseOneTabAndKeepTheRest() {
    Told told =
        Told.by(
            AT
                + "[15070] postgres@shop LOG:  duration: 0.297 ms  statement: SELECT id,\n"
                + "\t\tname\n"
                + "\tFROM\tt\r\n"
                + "\t\n"
                + "\t  WHERE name = 'line one\n"
                + "\tline two'\n");

    assertThat(told.statements())
        .containsExactly("SELECT id,\n\tname\nFROM\tt\r\n\n  WHERE name = 'line one\nline two'");
    assertThat(told.executions.get(0).elapsedMs()).isEqualTo(0.297);
    assertThat(told.executions.get(0).user()).isEqualTo("postgres");
    assertThat(told.executions.get(0).database()).isEqualTo("shop");
    assertThat(told.executions.get(0).loggedAt())
        .isEqualTo(Instant.parse("2026-11-20T23:54:44.068Z"));
    assertThat(told.executions.get(0).place()).isEqualTo("log:1");
    assertThat(told.letters).isEmpty();
  }

  @Test
  void partsJoinTheirMessage() {
    Told told =
        Told.by(
            AT
                + "[1] a@b ERROR:  relation \"nowhere\" does not exist at character 17\n"
                + AT
                + "[1] a@b QUERY:  SELECT * FROM\n"
                + "\t  nowhere\n"
                + AT
                + "[1] a@b CONTEXT:  PL/pgSQL function f1(integer) line 4 at EXECUTE\n"
                + AT
                + "[1] a@b STATEMENT:  SELECT\n"
                + "\tf1(1)\n");

    assertThat(told.entries).hasSize(1);
    assertThat(told.entries.get(0).severity()).isEqualTo("ERROR");
    assertThat(told.entries.get(0).message())
        .isEqualTo("relation \"nowhere\" does not exist at character 17");
    assertThat(told.entries.get(0).statement()).isEqualTo("SELECT\nf1(1)");
    assertThat(told.executions).isEmpty();
    assertThat(told.letters).isEmpty();
  }

  @Test
  void aWholeLogLineInsideAStatementIsText() {
    Told told =
        Told.by(
            AT
                + "[1] LOG:  duration: 1.0 ms  statement: SELECT '\n"
                + "\t"
                + AT
                + "[2] LOG:  duration: 2.0 ms  statement: SELECT fake'\n");

    assertThat(told.entries).hasSize(1);
    assertThat(told.statements())
        .containsExactly("SELECT '\n" + AT + "[2] LOG:  duration: 2.0 ms  statement: SELECT fake'");
  }

  @Test
  void handMadeLinesWithOneBlankEverywhereAreRead() {
    Told told =
        Told.by(
            """
            LOG: duration: 0.054 ms statement: SELECT 1
            LOG: duration: 1.5 ms execute <unnamed>: SELECT $1
            DETAIL: parameters: $1 = '7'
            """);

    assertThat(told.statements()).containsExactly("SELECT 1", "SELECT $1");
    assertThat(told.executions.get(1).parameters()).containsExactly("7");
    assertThat(told.executions.get(0).loggedAt()).isEqualTo(Told.ARRIVED);
    assertThat(told.letters).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pg_ctl: could not start server",
        "Examine the log output.",
        "{\"level\":\"info\",\"msg\":\"no action\"}",
        "ERROR: some library",
        "\u0000\u0001binary",
        "2026-11-20 23:54:44.068 UTC [1] WARNING foo C-0x55: pooler error",
      })
  void chatterBetweenLinesIsADeadLetterAndJoinsNothing(String chatter) {
    Told told =
        Told.by(
            line(1, "SELECT 1")
                + line(1, "SELECT 2")
                + line(1, "SELECT 3")
                + chatter
                + "\n"
                + line(1, "SELECT 4"));

    assertThat(told.statements()).containsExactly("SELECT 1", "SELECT 2", "SELECT 3", "SELECT 4");
    assertThat(told.reasons()).containsExactly(DeadLetterReason.NOT_A_LOG_LINE);
    assertThat(told.letters.get(0).place()).isEqualTo("log:4");
    assertThat(told.letters.get(0).excerpt()).isEqualTo(chatter);
  }

  @Test
  void chatterInsideAStatementDoesNotCutIt() {
    Told told =
        Told.by(
            AT
                + "[1] LOG:  duration: 1.0 ms  statement: SELECT 1,\n"
                + "noise on stderr\n"
                + "\t2\n");

    assertThat(told.statements()).containsExactly("SELECT 1,\n2");
    assertThat(told.reasons()).containsExactly(DeadLetterReason.NOT_A_LOG_LINE);
  }

  @Test
  void whatContinuesAnUnreadableHeadJoinsNothing() {
    Told told =
        Told.by(
            line(1, "SELECT 1")
                + "???? [2] LOG:  duration: 1.0 ms  statement: SELECT 2,\n"
                + "\t3\n"
                + line(1, "SELECT 4"));

    assertThat(told.statements()).containsExactly("SELECT 1", "SELECT 4");
    assertThat(told.reasons())
        .containsExactly(DeadLetterReason.NOT_A_LOG_LINE, DeadLetterReason.ORPHAN_LINE);
  }

  @Test
  void everyGarbageLineIsItsOwnLetterAndExcerptsAreShort() {
    Told told = Told.by("x".repeat(1000) + "\ngarbage\n\ngarbage\n" + line(1, "SELECT 1"));

    assertThat(told.reasons()).hasSize(3).containsOnly(DeadLetterReason.NOT_A_LOG_LINE);
    assertThat(told.letters.get(0).excerpt()).hasSize(256);
    assertThat(told.statements()).containsExactly("SELECT 1");
  }

  @Test
  void linesWhoseHeadIsMissingAreOrphans() {
    Told told =
        Told.by(
            "\tFROM t\n"
                + AT
                + "[1] DETAIL:  parameters: $1 = '1'\n"
                + "\tmore\n"
                + line(2, "SELECT 1")
                + AT
                + "[3] STATEMENT:  SELECT 2\n"
                + "\tFROM u\n");

    assertThat(told.statements()).containsExactly("SELECT 1");
    assertThat(told.reasons()).hasSize(5).containsOnly(DeadLetterReason.ORPHAN_LINE);
    assertThat(told.letters).extracting(DeadLetter::place).startsWith("log:1", "log:2", "log:3");
  }

  @Test
  void aLineOfFiveMegabytesIsCutOutAndReadingGoesOn() {
    Told told =
        Told.by(
            line(1, "SELECT 1")
                + line(2, "SELECT '" + "x".repeat(5 << 20) + "'")
                + "\tits continuation\n"
                + line(1, "SELECT 2"));

    assertThat(told.statements()).containsExactly("SELECT 1", "SELECT 2");
    assertThat(told.reasons()).containsExactly(DeadLetterReason.ENTRY_TOO_LONG);
    assertThat(told.letters.get(0).excerpt().length()).isLessThanOrEqualTo(256);
  }

  @Test
  void anEntryThatGrowsLineByLineIsBoundedToo() {
    StringBuilder log = new StringBuilder(line(1, "SELECT"));
    for (int i = 0; i < 60_000; i++) {
      log.append(
          "\tabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz,\n");
    }
    log.append(line(1, "SELECT 2"));

    Told told = Told.by(log.toString());

    assertThat(told.statements()).containsExactly("SELECT 2");
    assertThat(told.reasons()).containsExactly(DeadLetterReason.ENTRY_TOO_LONG);
  }

  @Test
  void anotherProcessesLineInsideOnesOwnDamagesIt() {
    // as seen on a pipe, where long messages are not written in one piece
    Told told =
        Told.by(
            AT
                + "[1] a@b LOG:  duration: 1.0 ms  statement: SELECT 1,\n"
                + "\t22222"
                + AT
                + "[2] a@b LOG:  duration: 2.0 ms  statement: SELECT 3\n"
                + "222,\n"
                + "\t4\n"
                + line(1, "SELECT 5"));

    assertThat(told.statements()).containsExactly("SELECT 3", "SELECT 5");
    assertThat(told.reasons())
        .containsExactly(
            DeadLetterReason.DAMAGED_ENTRY,
            DeadLetterReason.NOT_A_LOG_LINE,
            DeadLetterReason.ORPHAN_LINE);
  }

  @Test
  void longEntriesWrittenWhileAnotherOneWasTornAreNotTrusted() {
    String rest = "\t" + "x".repeat(5000) + "\n";
    Told told =
        Told.by(
            AT
                + "[1] a@b LOG:  duration: 1.0 ms  statement: SELECT 1,\n"
                + "\t22222"
                + AT
                + "[2] a@b LOG:  duration: 2.0 ms  statement: SELECT 2\n"
                + AT
                + "[3] a@b LOG:  duration: 2.0 ms  statement: SELECT 3,\n"
                + rest
                + "2026-11-20 23:54:45.068 UTC [4] a@b LOG:  duration: 2.0 ms  statement: SELECT 4,\n"
                + rest);

    assertThat(told.statements()).hasSize(2);
    assertThat(told.statements().get(0)).isEqualTo("SELECT 2");
    assertThat(told.statements().get(1)).startsWith("SELECT 4");
    assertThat(told.reasons())
        .containsExactly(DeadLetterReason.DAMAGED_ENTRY, DeadLetterReason.DAMAGED_ENTRY);
  }

  @Test
  void aMarkOfTruncationOnItsOwnLineTruncatesTheStatement() {
    Told told =
        Told.by(
            AT
                + "[1] a@b LOG:  duration: 1.0 ms  statement: SELECT 1,\n"
                + "[Your log message was truncated]\n"
                + line(1, "SELECT 2"));

    assertThat(told.statements()).containsExactly("SELECT 2");
    assertThat(told.reasons()).containsExactly(DeadLetterReason.TRUNCATED_STATEMENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'2026-11-20 23:54:44.068 UTC [2] a@b LOG:  x'",
        "2026-11-20 23:59:44.068 UTC [2] a@b LOG:  later",
        "2026-11-20 23:54:44.068 UTC [1] a@b LOG:  same process",
        "see [2] a@b LOG:  no time",
        "LOG:  only a word",
      })
  void aLogLineThatTheStatementHoldsDamagesNothing(String text) {
    Told told =
        Told.by(AT + "[1] a@b LOG:  duration: 1.0 ms  statement: SELECT 1,\n\t2, " + text + "\n");

    assertThat(told.statements()).containsExactly("SELECT 1,\n2, " + text);
    assertThat(told.letters).isEmpty();
  }

  @Test
  void bytesThatAreNoTextAreReplacedAndNeverThrow() {
    byte[] log =
        (AT + "[1] LOG:  duration: 1.0 ms  statement: SELECT '\u00ff\u0000\u00fe'\n")
            .getBytes(ISO_8859_1);

    Told told = Told.by(LogSettings.defaults(), log);

    assertThat(told.statements()).containsExactly("SELECT '\ufffd\u0000\ufffd'");
  }

  @Test
  void aLastLineWithoutLineEndIsWhole() {
    assertThat(Told.by(line(1, "SELECT 1").stripTrailing()).statements())
        .containsExactly("SELECT 1");
  }

  @Test
  void anEntryIsToldWhenTheNextOneBegins() {
    Told told = new Told();
    InspectableLog log = SourceLogs.open("s", LogSettings.defaults(), told);
    Told.feed(log, line(1, "SELECT 1"));
    assertThat(told.executions).isEmpty();

    Told.feed(log, line(2, "SELECT 2"));
    assertThat(told.statements()).containsExactly("SELECT 1");

    log.settle();
    assertThat(told.statements()).containsExactly("SELECT 1", "SELECT 2");
  }

  @Test
  void lineNumbersGoOnWithinAPlaceAndBeginAnewInTheNext() {
    Told told = new Told();
    InspectableLog log = SourceLogs.open("s", LogSettings.defaults(), told);
    byte[] twoLines = "a\nb\n".getBytes(UTF_8);
    log.accept(twoLines, 0, 4, "0:17", Told.ARRIVED);
    log.accept(twoLines, 0, 4, "0:17", Told.ARRIVED);
    log.accept(twoLines, 2, 2, "0:18", Told.ARRIVED);

    assertThat(told.letters)
        .extracting(DeadLetter::place)
        .containsExactly("0:17:1", "0:17:2", "0:17:3", "0:17:4", "0:18:1");
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstLine() {
    assertThat(Told.by("\ufeff" + line(1, "SELECT 1")).statements()).containsExactly("SELECT 1");
  }

  @Test
  void aConfiguredPrefixIsTheOnlyOne() {
    LogSettings settings = LogSettings.defaults().withPrefix("%p %u/%d ");
    Told told = new Told();
    InspectableLog log = SourceLogs.open("s", settings, told);
    Told.feed(
        log, "7 app/shop LOG:  duration: 1.0 ms  statement: SELECT 1\n" + line(1, "SELECT 2"));
    Told.feed(log, line(1, "SELECT 3"));
    log.flush();

    assertThat(told.statements()).containsExactly("SELECT 1");
    assertThat(told.reasons())
        .containsExactly(DeadLetterReason.NOT_A_LOG_LINE, DeadLetterReason.NOT_A_LOG_LINE);
    assertThat(log.facts().suggestion()).contains("'%m [%p] ' would fit");
  }

  @Test
  void theConfiguredZoneDecides() {
    String line = "2026-11-20 23:54:44 IST [1] LOG:  duration: 1.0 ms  statement: SELECT 1\n";
    LogSettings israel = LogSettings.defaults().withZone(ZoneId.of("Asia/Jerusalem"));

    assertThat(Told.by(line).executions.get(0).loggedAt())
        .isEqualTo(Instant.parse("2026-11-20T18:24:44Z"));
    assertThat(Told.by(israel, line).executions.get(0).loggedAt())
        .isEqualTo(Instant.parse("2026-11-20T21:54:44Z"));
  }

  @Test
  void anUnknownZoneLeavesTheTimeOfArrivalAndIsTold() {
    Told told = new Told();
    InspectableLog log = SourceLogs.open("s", LogSettings.defaults(), told);
    Told.feed(log, "2026-11-20 23:54:44 QQT [1] LOG:  duration: 1.0 ms  statement: SELECT 1\n");
    log.flush();

    assertThat(told.executions.get(0).loggedAt()).isEqualTo(Told.ARRIVED);
    assertThat(told.entries.get(0).loggedAt()).isNull();
    assertThat(log.facts().suggestion()).contains("log_timezone");
  }

  @Test
  void factsTellWhatWasCounted() {
    Told told = new Told();
    InspectableLog log = SourceLogs.open("s", LogSettings.defaults(), told);
    assertThat(log.facts().format()).isEqualTo("unknown");
    Told.feed(
        log,
        AT
            + "[1] a@b LOG:  duration: 1.0 ms  statement: SELECT 1\n"
            + AT
            + "[1] a@b FATAL:  terminating connection\n"
            + "\n"
            + "garbage\n");
    log.flush();

    assertThat(log.facts())
        .isEqualTo(
            new LogFacts(
                "stderr",
                "%m [%p] %q%u@%d ",
                null,
                4,
                1,
                2,
                1,
                1,
                1,
                Map.of(Ignored.BLANK, 1L),
                Map.of(),
                0));
  }

  @Test
  void aPrefixThatIsNotKnownIsTold() {
    Told told = new Told();
    InspectableLog log = SourceLogs.open("s", LogSettings.defaults(), told);
    Told.feed(log, "## LOG:  duration: 1.0 ms  statement: SELECT 1\n");

    assertThat(log.facts().prefix()).isNull();
    assertThat(log.facts().suggestion()).contains("SHOW log_line_prefix");
  }

  @Test
  void aLocalisedLogIsRead() {
    Told told = new Told();
    InspectableLog log = SourceLogs.open("s", LogSettings.defaults(), told);
    Told.feed(
        log,
        AT
            + "[1] LOG:  Dauer: 0.018 ms  Anweisung: BEGIN\n"
            + AT
            + "[1] FEHLER:  Relation »nowhere« existiert nicht bei Zeichen 15\n"
            + AT
            + "[1] ANWEISUNG:  SELECT * FROM nowhere\n"
            + AT
            + "[1] LOG:  Dauer: 0.018 ms  Anweisung: COMMIT\n");
    log.flush();

    assertThat(told.letters).isEmpty();
    assertThat(told.statements()).containsExactly("BEGIN", "COMMIT");
    assertThat(told.entries).hasSize(3);
    assertThat(log.facts().errors()).isOne();
  }

  @Test
  void aLanguageThatIsNotKnownIsToldOnceAndCounted() {
    Told told = new Told();
    InspectableLog log = SourceLogs.open("s", LogSettings.defaults(), told);
    Told.feed(
        log,
        AT
            + "[1] LOG:  czas trwania: 0.018 ms  wyrażenie: BEGIN\n"
            + AT
            + "[1] LOG:  czas trwania: 0.018 ms  wyrażenie: COMMIT\n");
    log.flush();

    assertThat(told.reasons()).containsExactly(DeadLetterReason.UNSUPPORTED_LANGUAGE);
    assertThat(log.facts().suggestion()).startsWith("2 entries").contains("lc_messages");
  }

  @Test
  void lettersAboutCredentialsShowNothingOfThem() {
    Told told =
        Told.by(
            AT
                + "[1] LOG:  statement: ALTER ROLE a PASSWORD 'x', [Your log message was"
                + " truncated]\n");

    assertThat(told.letters).extracting(DeadLetter::excerpt).containsExactly("[redacted]");
  }

  @Test
  void entriesAreBoundedInNumberAndSize() {
    LogSettings settings = new LogSettings(null, null, 4096, 2, 8192, Duration.ofSeconds(10));
    StringBuilder log = new StringBuilder();
    for (int pid = 1; pid <= 5; pid++) {
      log.append(AT).append("[" + pid + "] a@b LOG:  statement: SELECT " + pid + "\n");
    }
    log.append(AT).append("[1] a@b LOG:  duration: 5.0 ms\n");
    log.append(AT).append("[5] a@b LOG:  duration: 6.0 ms\n");

    Told told = Told.by(settings, log.toString());

    assertThat(told.statements())
        .containsExactlyInAnyOrderElementsOf(
            List.of("SELECT 1", "SELECT 2", "SELECT 3", "SELECT 4", "SELECT 5"));
    assertThat(told.executions)
        .filteredOn(e -> e.elapsedMs() != null)
        .extracting(e -> e.statement())
        .containsExactly("SELECT 5");
  }

  private static String line(int process, String statement) {
    return AT + "[" + process + "] LOG:  duration: 1.0 ms  statement: " + statement + "\n";
  }
}
