package dev.logdex.normalizer.logentry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.normalizer.event.DeadLetter;
import dev.logdex.normalizer.event.DeadLetterReason;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Syslog and Heroku: messages in numbered chunks, those of several processes mixed. */
class ChunkedLogTest {
  private static final String HEROKU = "2017-06-28T15:10:02+00:00 app[postgres.13761]: [DATABASE] ";
  private static final String SYSLOG = "2026-11-21T00:25:13.031664+00:00 vm postgres[23162]: ";
  private static final String PREFIX = "2026-11-21 00:25:13.031 UTC [23162] postgres@shop ";

  @Test
  void aHerokuStatementWithBlanksForTabsIsWholeAndCountedOnce() {
    Told told =
        Told.by(
            HEROKU
                + "[7-1]  sql_error_code = 00000 LOG:  duration: 4822.012 ms  statement: BEGIN READ"
                + " ONLY;\n"
                + HEROKU
                + "[7-2]       SELECT column\n"
                + HEROKU
                + "[7-3]         FROM table\n"
                + HEROKU
                + "[7-4]        WHERE condition\n");

    assertThat(told.executions).hasSize(1);
    assertThat(told.statements().get(0).replaceAll("\\s+", " "))
        .isEqualTo("BEGIN READ ONLY; SELECT column FROM table WHERE condition");
    assertThat(told.executions.get(0).elapsedMs()).isEqualTo(4822.012);
    assertThat(told.executions.get(0).database()).isEqualTo("DATABASE");
    assertThat(told.executions.get(0).loggedAt()).isEqualTo(Instant.parse("2017-06-28T15:10:02Z"));
    assertThat(told.letters).isEmpty();
  }

  @Test
  void interleavedHerokuProcessesAreKeptApart() {
    String one = "2026-11-21T10:00:00+00:00 app[postgres.1]: [GREEN] ";
    String two = "2026-11-21T10:00:00+00:00 app[postgres.2]: [GREEN] ";
    String three = "2026-11-21T10:00:00+00:00 app[postgres.1]: [AQUA] ";
    Told told =
        Told.by(
            one
                + "[7-1]  sql_error_code = 00000 LOG:  duration: 1.0 ms  execute a: SELECT a\n"
                + two
                + "[7-1]  sql_error_code = 00000 LOG:  duration: 2.0 ms  statement: SELECT b\n"
                + three
                + "[7-1]  sql_error_code = 00000 LOG:  duration: 3.0 ms  statement: SELECT c\n"
                + one
                + "[7-2] \tFROM a WHERE x = $1\n"
                + three
                + "[7-2] \tFROM c\n"
                + two
                + "[7-2] \tFROM b\n"
                + one
                + "[7-3]  sql_error_code = 00000 DETAIL:  parameters: $1 = 'one\n"
                + one
                + "[7-4] \ttwo'\n");

    assertThat(told.statements())
        .containsExactlyInAnyOrder(
            "SELECT a\nFROM a WHERE x = $1", "SELECT b\nFROM b", "SELECT c\nFROM c");
    assertThat(told.executions)
        .filteredOn(e -> e.statement().startsWith("SELECT a"))
        .singleElement()
        .satisfies(e -> assertThat(e.parameters()).containsExactly("one\ntwo"))
        .satisfies(e -> assertThat(e.database()).isEqualTo("GREEN"));
    assertThat(told.letters).isEmpty();
  }

  @Test
  void otherFormsOfHerokusLinesAreRead() {
    Told told =
        Told.by(
            "<134>1 2023-06-05T19:33:14+00:00 host app postgres.11 - [YELLOW] [12-1]  sql_error_code"
                + " = 00000 LOG:  duration: 1.0 ms  statement: SELECT 1,\n"
                + "<134>1 2023-06-05T19:33:14+00:00 host app postgres.11 - [YELLOW] [12-2] \t2\n"
                + "85 <134>1 2023-06-05T19:33:14+00:00 host app postgres.12 - [YELLOW] [12-1] "
                + " sql_error_code = 00000 LOG:  duration: 1.0 ms  statement: SELECT 3\n"
                + "2021-09-07T04:01:27+00:00 d.af28b93f-1111 app[postgres.5925] [AQUA] [921320-1] "
                + " sql_error_code = 00000 LOG:  duration: 1.0 ms  statement: SELECT 4\n"
                + "May 01 12:00:00 app-name app[postgres] COLOR [COLOR] [12-1]  sql_error_code ="
                + " 00000 LOG:  duration: 1.0 ms  statement: SELECT 5\n");

    assertThat(told.statements())
        .containsExactlyInAnyOrder("SELECT 1,\n2", "SELECT 3", "SELECT 4", "SELECT 5");
    assertThat(told.letters).isEmpty();
  }

  @Test
  void otherProgramsLinesAreIgnoredAndNoErrors() {
    Told told = new Told();
    InspectableLog log = SourceLogs.open("s", LogSettings.defaults(), told);
    Told.feed(
        log,
        "2026-11-21T10:00:00+00:00 app[web.1]: LOG:  not the database\n"
            + "2026-11-21T10:00:00+00:00 heroku[router]: at=info\n"
            + "2026-11-21T10:00:00+00:00 app[heroku-postgres]: source=DATABASE sample#x=1\n"
            + "<134>1 2023-06-05T19:33:14+00:00 host app web.1 - hello\n"
            + "Nov 20 23:54:44 vm sshd[12]: Accepted publickey\n"
            + SYSLOG
            + "[23-1] "
            + PREFIX
            + "LOG:  duration: 1.0 ms  statement: SELECT 1\n");
    log.flush();

    assertThat(told.letters).isEmpty();
    assertThat(told.statements()).containsExactly("SELECT 1");
    assertThat(log.facts().ignoredLines()).isEqualTo(5);
    assertThat(log.facts().format()).isEqualTo("syslog");
  }

  @Test
  void escapedControlCharactersAreUndone() {
    Told told =
        Told.by(
            SYSLOG
                + "[8-1] "
                + PREFIX
                + "LOG:  duration: 1.0 ms  statement: SELECT '#124',#015\n"
                + SYSLOG
                + "[8-2] #011#011name\n");

    assertThat(told.statements()).containsExactly("SELECT '#124',\r\n\tname");
  }

  @Test
  void aChunkThatWasCutAtItsLimitGoesOnWithoutSeparator() {
    String start = PREFIX + "LOG:  duration: 1.0 ms  statement: SELECT '" + "x".repeat(790);
    Told told =
        Told.by(
            SYSLOG
                + "[8-1] "
                + start
                + ", 12\n"
                + SYSLOG
                + "[8-2] 34, "
                + "y".repeat(880)
                + "\n"
                + SYSLOG
                + "[8-3]  AND z'\n");

    assertThat(told.statements())
        .containsExactly("SELECT '" + "x".repeat(790) + ", 1234, " + "y".repeat(880) + " AND z'");
  }

  @Test
  void aGapInTheChunksDamagesTheMessage() {
    Told told =
        Told.by(
            SYSLOG
                + "[8-1] "
                + PREFIX
                + "LOG:  duration: 1.0 ms  statement: SELECT 1,\n"
                + SYSLOG
                + "[8-3] #0113,\n"
                + SYSLOG
                + "[8-4] #0114\n"
                + SYSLOG
                + "[9-1] "
                + PREFIX
                + "LOG:  duration: 1.0 ms  statement: SELECT 9\n");

    assertThat(told.statements()).containsExactly("SELECT 9");
    assertThat(told.reasons()).containsExactly(DeadLetterReason.DAMAGED_ENTRY);
    assertThat(told.letters.get(0).place()).isEqualTo("log:1");
  }

  @Test
  void aMessageWhoseFirstChunkIsMissingIsDamagedOnce() {
    Told told =
        Told.by(
            SYSLOG
                + "[8-2] #0112\n"
                + SYSLOG
                + "[8-3] #0113\n"
                + SYSLOG
                + "[9-1] "
                + PREFIX
                + "LOG:  duration: 1.0 ms  statement: SELECT 9\n"
                + SYSLOG
                + "[11-5] #0113\n");

    assertThat(told.statements()).containsExactly("SELECT 9");
    assertThat(told.reasons())
        .containsExactly(DeadLetterReason.DAMAGED_ENTRY, DeadLetterReason.DAMAGED_ENTRY);
    assertThat(told.letters).extracting(DeadLetter::place).containsExactly("log:1", "log:4");
  }

  @Test
  void aChunkSentTwiceIsTakenOnce() {
    String second = SYSLOG + "[8-2] #0112\n";
    Told told =
        Told.by(
            SYSLOG
                + "[8-1] "
                + PREFIX
                + "LOG:  duration: 1.0 ms  statement: SELECT 1,\n"
                + second
                + second);

    assertThat(told.statements()).containsExactly("SELECT 1,\n2");
    assertThat(told.letters).isEmpty();
  }

  @Test
  void processesWithTheSameMessageNumberAreKeptApart() {
    String other = "2026-11-21T00:25:13.031664+00:00 vm postgres[4]: ";
    String elsewhere = "2026-11-21T00:25:13.031664+00:00 db2 postgres[4]: ";
    Told told =
        Told.by(
            SYSLOG
                + "[6-1] "
                + PREFIX
                + "LOG:  duration: 1.0 ms  statement: SELECT 1,\n"
                + other
                + "[6-1] "
                + PREFIX
                + "LOG:  duration: 1.0 ms  statement: SELECT 2,\n"
                + elsewhere
                + "[6-1] "
                + PREFIX
                + "LOG:  duration: 1.0 ms  statement: SELECT 3,\n"
                + other
                + "[6-2] #011two\n"
                + SYSLOG
                + "[6-2] #011one\n"
                + elsewhere
                + "[6-2] #011three\n");

    assertThat(told.statements())
        .containsExactlyInAnyOrder("SELECT 1,\none", "SELECT 2,\ntwo", "SELECT 3,\nthree");
  }

  @Test
  void theEnvelopesTimeIsUsedWhereThePrefixHasNone() {
    Told told =
        Told.by(SYSLOG + "[8-1] user=app,db=shop LOG:  duration: 1.0 ms  statement: SELECT 1\n");

    assertThat(told.executions.get(0).loggedAt())
        .isEqualTo(Instant.parse("2026-11-21T00:25:13.031664Z"));
    assertThat(told.executions.get(0).database()).isEqualTo("shop");
  }

  @Test
  void aTraditionalTimeGetsTheYearNearestToItsArrival() {
    Told told = new Told();
    InspectableLog log = SourceLogs.open("s", LogSettings.defaults(), told);
    byte[] line =
        "Dec 31 23:59:58 vm postgres[1]: [8-1] LOG:  duration: 1.0 ms  statement: SELECT 1\n"
            .getBytes(UTF_8);
    log.accept(line, 0, line.length, "log", Instant.parse("2027-01-01T00:00:05Z"));
    log.flush();

    assertThat(told.executions.get(0).loggedAt()).isEqualTo(Instant.parse("2026-12-31T23:59:58Z"));
  }

  @Test
  void priorityFormsAreRead() {
    Told told =
        Told.by(
            "<134>Nov 21 00:25:13 postgres[1]: [8-1] "
                + PREFIX
                + "LOG:  duration: 1.0 ms  statement: SELECT 1\n"
                + "<134>Nov  1 00:25:13 vm postgres[2]: [8-1] "
                + PREFIX
                + "LOG:  duration: 1.0 ms  statement: SELECT 2\n"
                + "<134>1 2026-11-20T23:54:44.054764+00:00 vm postgres 3 - -  [6-1] "
                + PREFIX
                + "LOG:  duration: 1.0 ms  statement: SELECT 3\n"
                + "<134>1 2026-11-20T23:54:44.054764+00:00 vm postgres 4 - [neon a=\"]\"]  [6-1] "
                + PREFIX
                + "LOG:  duration: 1.0 ms  statement: SELECT 4\n"
                + "<134>1 2026-11-20T23:54:44.054764+00:00 vm postgres 5 - [6-1] "
                + PREFIX
                + "LOG:  duration: 1.0 ms  statement: SELECT 5\n");

    assertThat(told.statements())
        .containsExactly("SELECT 1", "SELECT 2", "SELECT 3", "SELECT 4", "SELECT 5");
    assertThat(told.letters).isEmpty();
  }

  @Test
  void aStderrFileReadByTheDaemonKeepsItsTabs() {
    String tag = "2026-11-21T00:25:13.013853+00:00 vm postgresql ";
    Told told = new Told();
    InspectableLog log = SourceLogs.open("s", LogSettings.defaults(), told);
    Told.feed(
        log,
        tag
            + PREFIX
            + "LOG:  duration: 1.0 ms  statement: SELECT\n"
            + tag
            + "\t\tname\n"
            + "2026-11-21T00:25:13.013853+00:00 vm cron hello\n"
            + tag
            + "\tFROM t WHERE note = '#011'\n");
    log.flush();

    assertThat(told.statements()).containsExactly("SELECT\n\tname\nFROM t WHERE note = '#011'");
    assertThat(told.letters).isEmpty();
    assertThat(log.facts().format()).isEqualTo("stderr over syslog");
    assertThat(log.facts().ignoredLines()).isOne();
  }

  @Test
  void aStderrFilePassedOnByAnotherDaemonIsUnescaped() {
    String tag = "2026-11-21T00:25:13.013853+00:00 vm postgresql ";
    Told told =
        Told.by(
            tag
                + PREFIX
                + "LOG:  duration: 1.0 ms  statement: SELECT\n"
                + tag
                + "#011#011name\n"
                + tag
                + "#011FROM t\n");

    assertThat(told.statements()).containsExactly("SELECT\n\tname\nFROM t");
    assertThat(told.letters).isEmpty();
  }

  @Test
  void aMessageIsTakenAsCompleteWhenTheSourceHasGoneOn() {
    Told told = new Told();
    InspectableLog log = SourceLogs.open("s", LogSettings.defaults(), told);
    Told.feed(log, SYSLOG + "[8-1] LOG:  duration: 1.0 ms  statement: SELECT 1\n");
    Told.feed(log, "2026-11-21T00:25:20+00:00 vm postgres[9]: [1-1] LOG:  x\n");
    assertThat(told.executions).isEmpty();

    Told.feed(log, "2026-11-21T00:25:24+00:00 vm postgres[9]: [2-1] LOG:  x\n");
    assertThat(told.statements()).containsExactly("SELECT 1");
  }

  @Test
  void anUnreadableMessageIsOneLetter() {
    Told told =
        Told.by(
            SYSLOG
                + "[8-1] ## nonsense\n"
                + SYSLOG
                + "[8-2] #011more\n"
                + SYSLOG
                + "[9-1] "
                + PREFIX
                + "LOG:  duration: 1.0 ms  statement: SELECT 9\n");

    assertThat(told.reasons()).containsExactly(DeadLetterReason.NOT_A_LOG_LINE);
    assertThat(told.statements()).containsExactly("SELECT 9");
  }

  @Test
  void aMessageThatIsNeitherSplitNorNumberedIsRead() {
    Told told =
        Told.by(
            SYSLOG
                + PREFIX
                + "LOG:  duration: 1.0 ms  execute a: SELECT $1,#012#011#0112#012"
                + PREFIX
                + "DETAIL:  parameters: $1 = 'o''clock#012#011second line'#012\n"
                + SYSLOG
                + PREFIX
                + "LOG:  duration: 1.0 ms  statement: SELECT 2\n");

    assertThat(told.statements()).containsExactly("SELECT $1,\n\t2", "SELECT 2");
    assertThat(told.executions.get(0).parameters()).containsExactly("o'clock\nsecond line");
    assertThat(told.letters).isEmpty();
  }

  @Test
  void aStatementCannotForgeAMessageByAnEscape() {
    Told told =
        Told.by(
            SYSLOG
                + "[8-1] "
                + PREFIX
                + "LOG:  duration: 1.0 ms  statement: SELECT '#012"
                + PREFIX
                + "LOG:  duration: 1.0 ms  statement: SELECT forged'\n");

    assertThat(told.entries).hasSize(1);
    assertThat(told.statements()).singleElement().asString().startsWith("SELECT '\n");
  }

  @Test
  void chunksWithoutMessageNumberAreJoinedByTheirOwn() {
    Told told =
        Told.by(
            SYSLOG
                + "[1] "
                + PREFIX
                + "LOG:  duration: 1.0 ms  statement: SELECT 1,\n"
                + SYSLOG
                + "[2] \t2\n"
                + SYSLOG
                + "[1] "
                + PREFIX
                + "LOG:  duration: 1.0 ms  statement: SELECT 3,\n"
                + SYSLOG
                + "[3] \t4\n");

    assertThat(told.statements()).containsExactly("SELECT 1,\n2");
    assertThat(told.reasons()).containsExactly(DeadLetterReason.DAMAGED_ENTRY);
  }

  @Test
  void aMessageThatIsTooLongIsCutOut() {
    StringBuilder log = new StringBuilder();
    log.append(SYSLOG).append("[8-1] LOG:  duration: 1.0 ms  statement: SELECT\n");
    for (int chunk = 2; chunk < 6000; chunk++) {
      log.append(SYSLOG).append("[8-" + chunk + "] \t" + "x".repeat(880) + "\n");
    }
    log.append(SYSLOG).append("[9-1] LOG:  duration: 1.0 ms  statement: SELECT 9\n");

    Told told = Told.by(log.toString());

    assertThat(told.statements()).containsExactly("SELECT 9");
    assertThat(told.reasons()).containsExactly(DeadLetterReason.ENTRY_TOO_LONG);
  }
}
