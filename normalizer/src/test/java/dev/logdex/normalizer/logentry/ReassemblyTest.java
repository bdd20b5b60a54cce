package dev.logdex.normalizer.logentry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.normalizer.event.DeadLetter;
import dev.logdex.normalizer.event.DeadLetterReason;
import dev.logdex.normalizer.statement.SeenExecution;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What order and numbers tell: late, repeated and lost lines, and processes that follow others. */
class ReassemblyTest {
  private static final String AT = "2026-11-20 23:54:44.068 UTC ";

  // ---- chunks [N-M]

  @Test
  void chunksThatComeEarlyWaitForThoseBeforeThem() {
    Told told =
        Told.by(
            chunk(7, 8, 1, head("SELECT 1,"))
                + chunk(7, 8, 3, "\t3,")
                + chunk(7, 8, 4, "\t4")
                + chunk(7, 8, 2, "\t2,")
                + chunk(7, 9, 1, head("SELECT 9")));

    assertThat(told.statements()).containsExactly("SELECT 1,\n2,\n3,\n4", "SELECT 9");
    assertThat(told.letters).isEmpty();
  }

  @Test
  void aHeadMayComeAfterItsChunks() {
    Told told = Told.by(chunk(7, 8, 2, "\t2") + chunk(7, 8, 1, head("SELECT 1,")));

    assertThat(told.statements()).containsExactly("SELECT 1,\n2");
    assertThat(told.letters).isEmpty();
  }

  @Test
  void aChunkMayComeAfterTheNextMessageHasBegun() {
    // as with Heroku, whose drains deliver in several requests at once
    Told told =
        Told.by(
            chunk(7, 8, 1, head("SELECT 1,"))
                + chunk(7, 9, 1, head("SELECT 9"))
                + chunk(7, 8, 2, "\t2"));

    assertThat(told.statements()).containsExactly("SELECT 1,\n2", "SELECT 9");
    assertThat(told.letters).isEmpty();
  }

  @Test
  void messagesThatChangePlacesAreToldInTheirOrder() {
    Told told =
        Told.by(
            chunk(7, 9, 1, head("SELECT 9"))
                + chunk(7, 8, 1, head("SELECT 8"))
                + chunk(7, 10, 1, head("SELECT 10")));

    assertThat(told.statements()).containsExactly("SELECT 8", "SELECT 9", "SELECT 10");
  }

  @Test
  void aMessageThatNeverCameIsCounted() {
    Told told = new Told();
    InspectableLog log = SourceLogs.open("s", LogSettings.defaults(), told);
    Told.feed(log, chunk(7, 8, 1, head("SELECT 8")) + chunk(7, 11, 1, head("SELECT 11")));
    log.flush();

    assertThat(told.statements()).containsExactly("SELECT 8", "SELECT 11");
    assertThat(log.facts().missingLines()).isEqualTo(2);
  }

  @Test
  void theDurationOfALostStatementIsNotGivenToTheOneBeforeIt() {
    Told told =
        Told.by(
            chunk(7, 8, 1, AT + "[7] a@b LOG:  statement: SELECT 8")
                + chunk(7, 11, 1, AT + "[7] a@b LOG:  duration: 5.0 ms"));

    assertThat(told.executions)
        .singleElement()
        .satisfies(e -> assertThat(e.statement()).isEqualTo("SELECT 8"))
        .satisfies(e -> assertThat(e.elapsedMs()).isNull());
  }

  @Test
  void moreEarlyChunksThanAreKeptDamageTheMessage() {
    StringBuilder log = new StringBuilder(chunk(7, 8, 1, head("SELECT 1,")));
    for (int m = 3; m < 10 + ChunkJoiner.MAX_EARLY_CHUNKS; m++) {
      log.append(chunk(7, 8, m, "\t" + m));
    }
    Told told = new Told();
    InspectableLog reader = SourceLogs.open("s", LogSettings.defaults(), told);
    Told.feed(reader, log.toString());
    reader.flush();

    assertThat(told.statements()).isEmpty();
    assertThat(told.reasons()).containsExactly(DeadLetterReason.DAMAGED_ENTRY);
    assertThat(reader.facts().cuts()).containsEntry(Cut.TOO_MANY_EARLY_CHUNKS, 1L);
    assertThat(reader.facts().ignored()).containsKey(Ignored.AFTER_GIVE_UP);
  }

  @Test
  void aLaterProcessWithTheSameIdBeginsItsOwnMessages() {
    Told told =
        Told.by(
            chunk(7, 90, 1, head("SELECT 1,"))
                + chunk(7, 90, 2, "\t2")
                + chunk(7, 6, 1, head("SELECT 3,")).replace(":13.03", ":14.03")
                + chunk(7, 6, 2, "\t4").replace(":13.03", ":14.03"));

    assertThat(told.statements()).containsExactly("SELECT 1,\n2", "SELECT 3,\n4");
    assertThat(told.letters).isEmpty();
  }

  @Test
  void anyInterleavingOfProcessesGivesTheSame() {
    List<List<String>> processes = new ArrayList<>();
    for (int pid = 1; pid <= 6; pid++) {
      List<String> lines = new ArrayList<>();
      for (int n = 1; n <= 12; n++) {
        lines.add(chunk(pid, n, 1, head("SELECT " + pid + ", " + n)));
        for (int m = 2; m <= 1 + (n * pid) % 5; m++) {
          lines.add(chunk(pid, n, m, "\t, " + m));
        }
      }
      processes.add(lines);
    }
    List<SeenExecution> expected =
        executions(String.join("", processes.stream().flatMap(List::stream).toList()));
    Random random = new Random(3);
    for (int round = 0; round < 50; round++) {
      assertThat(executions(interleaved(processes, random)))
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void anyOrderOfAMessagesChunksGivesTheSame() {
    Random random = new Random(4);
    for (int round = 0; round < 50; round++) {
      List<String> chunks = new ArrayList<>();
      for (int n = 8; n < 8 + ChunkJoiner.OPEN_MESSAGES; n++) {
        chunks.add(chunk(7, n, 1, head("SELECT " + n + ",")));
        chunks.add(chunk(7, n, 2, "\t2,"));
        chunks.add(chunk(7, n, 3, "\t3"));
      }
      Collections.shuffle(chunks, random);

      Told told = Told.by(String.join("", chunks));

      assertThat(told.statements())
          .as(chunks.toString())
          .containsExactly(
              "SELECT 8,\n2,\n3", "SELECT 9,\n2,\n3", "SELECT 10,\n2,\n3", "SELECT 11,\n2,\n3");
      assertThat(told.letters).isEmpty();
    }
  }

  // ---- line counts

  @Test
  void linesThatWereReadBeforeAreIgnored() {
    String first =
        counted("6b00e492.5406", 1, "LOG:  duration: 1.0 ms  statement: SELECT 1,") + "\t2\n";
    String second =
        counted("6b00e492.5406", 2, "LOG:  duration: 1.0 ms  execute a: SELECT $1")
            + counted("6b00e492.5406", 3, "DETAIL:  parameters: $1 = '1'");
    Told told = new Told();
    InspectableLog log = SourceLogs.open("s", COUNTED, told);
    Told.feed(log, first + second);
    Told.feed(
        log,
        first + second + counted("6b00e492.5406", 4, "LOG:  duration: 1.0 ms  statement: S 3"));
    log.flush();

    assertThat(told.statements()).containsExactly("SELECT 1,\n2", "SELECT $1", "S 3");
    assertThat(told.letters).isEmpty();
    // the part was read anew, after the head that begins its message
    assertThat(log.facts().ignored()).containsEntry(Ignored.REPEATED, 3L);
  }

  @Test
  void anEntrySentAgainFromItsBeginningIsReadFromThere() {
    Told told =
        Told.by(
            COUNTED,
            counted("6b00e492.5406", 1, "LOG:  duration: 1.0 ms  statement: SELECT 1,")
                + counted("6b00e492.5406", 1, "LOG:  duration: 1.0 ms  statement: SELECT 1,")
                + "\t2\n");

    assertThat(told.statements()).containsExactly("SELECT 1,\n2");
    assertThat(told.letters).isEmpty();
  }

  @Test
  void aRepeatedLineInsideAnEntryMakesWhatFollowsDoubtful() {
    // whose the last line is cannot be known
    Told told =
        Told.by(
            COUNTED,
            counted("6b00e492.5406", 1, "LOG:  duration: 1.0 ms  statement: SELECT 1")
                + counted("6b00e493.5407", 1, "LOG:  duration: 1.0 ms  statement: SELECT 2,")
                + counted("6b00e492.5406", 1, "LOG:  duration: 1.0 ms  statement: SELECT 1")
                + "\t3\n");

    assertThat(told.statements()).containsExactly("SELECT 1");
    assertThat(told.reasons()).containsExactly(DeadLetterReason.DAMAGED_ENTRY);
  }

  @Test
  void aRepeatedLineBetweenEntriesDoesNoHarm() {
    Told told =
        Told.by(
            COUNTED,
            counted("6b00e492.5406", 1, "LOG:  duration: 1.0 ms  statement: SELECT 1")
                + counted("6b00e493.5407", 1, "LOG:  duration: 1.0 ms  execute a: SELECT $1")
                + counted("6b00e492.5406", 1, "LOG:  duration: 1.0 ms  statement: SELECT 1")
                + counted("6b00e493.5407", 2, "DETAIL:  parameters: $1 = '2'"));

    assertThat(told.statements()).containsExactly("SELECT 1", "SELECT $1");
    assertThat(told.executions.get(1).parameters()).containsExactly("2");
    assertThat(told.letters).isEmpty();
  }

  @Test
  void aLowerCountInAnotherSessionIsALaterProcess() {
    Told told =
        Told.by(
            COUNTED,
            counted("6b00e492.5406", 8, "LOG:  duration: 1.0 ms  statement: SELECT 1")
                + counted("6b00f492.5406", 1, "LOG:  duration: 1.0 ms  statement: SELECT 2"));

    assertThat(told.statements()).containsExactly("SELECT 1", "SELECT 2");
  }

  @Test
  void linesMissingByTheProcesssOwnCountAreCounted() {
    Told told = new Told();
    InspectableLog log = SourceLogs.open("s", COUNTED, told);
    Told.feed(
        log,
        counted("6b00e492.5406", 5, "LOG:  statement: SELECT 1")
            + counted("6b00e492.5406", 9, "LOG:  duration: 5.0 ms"));
    log.flush();

    assertThat(log.facts().missingLines()).isEqualTo(3);
    assertThat(told.executions).singleElement().satisfies(e -> assertThat(e.elapsedMs()).isNull());
  }

  @Test
  void aPartDoesNotJoinAnEarlierMessageOfItsProcess() {
    Told told =
        Told.by(
            COUNTED,
            counted("6b00e492.5406", 5, "LOG:  duration: 1.0 ms  execute a: SELECT $1")
                + counted(
                    "6b00e492.5406", 7, "DETAIL:  parameters: $1 = 'of a message that was lost'"));

    assertThat(told.executions)
        .singleElement()
        .satisfies(e -> assertThat(e.parameters()).isEmpty());
    assertThat(told.reasons()).containsExactly(DeadLetterReason.ORPHAN_LINE);
  }

  @Test
  void aPartOfAnotherTimeIsAnOrphan() {
    Told told =
        Told.by(
            AT
                + "[7] a@b LOG:  duration: 1.0 ms  execute a: SELECT $1\n"
                + AT.replace(".068", ".069")
                + "[7] a@b DETAIL:  parameters: $1 = 'of a message that was lost'\n");

    assertThat(told.executions)
        .singleElement()
        .satisfies(e -> assertThat(e.parameters()).isEmpty());
    assertThat(told.reasons()).containsExactly(DeadLetterReason.ORPHAN_LINE);
  }

  @Test
  void aMessageMaySpanTwoFilesOfASource() {
    Told told = new Told();
    InspectableLog log = SourceLogs.open("s", LogSettings.defaults(), told);
    byte[] head = (AT + "[7] a@b LOG:  duration: 1.0 ms  statement: SELECT 1,\n").getBytes(UTF_8);
    byte[] rest = "\t2\n".getBytes(UTF_8);
    log.accept(head, 0, head.length, "postgresql-1.log", Told.ARRIVED);
    log.accept(rest, 0, rest.length, "postgresql-2.log", Told.ARRIVED);
    log.flush();

    assertThat(told.statements()).containsExactly("SELECT 1,\n2");
  }

  @Test
  void contextIsKeptAndUnreadPartsAreCounted() {
    Told told = new Told();
    InspectableLog log = SourceLogs.open("s", LogSettings.defaults(), told);
    Told.feed(
        log,
        AT
            + "[7] a@b ERROR:  division by zero\n"
            + AT
            + "[7] a@b HINT:  do not\n"
            + AT
            + "[7] a@b CONTEXT:  SQL function \"f\"\n\tunnamed portal with parameters: $1 = '0'\n"
            + AT
            + "[7] a@b STATEMENT:  SELECT 1 / $1\n");
    log.flush();

    assertThat(told.contexts)
        .containsExactly("SQL function \"f\"\nunnamed portal with parameters: $1 = '0'");
    assertThat(log.facts().cuts()).containsEntry(Cut.UNREAD_PART, 1L);
  }

  @Test
  void applicationAndQueryIdAreThoseOfThePrefix() {
    Told told =
        Told.by(
            LogSettings.defaults().withPrefix("%m [%p] %q[user=%u,db=%d,app=%a] %Q "),
            AT + "[7] [user=a,db=b,app=my app] -42 LOG:  duration: 1.0 ms  statement: SELECT 1\n");

    assertThat(told.applications).containsExactly("my app");
    assertThat(told.executions.get(0).queryId()).isEqualTo(-42);
  }

  private static final LogSettings COUNTED =
      LogSettings.defaults().withPrefix("%m [%p] %c %l %q%u@%d ");

  private static String counted(String session, int line, String text) {
    String pid = session.substring(session.indexOf('.') + 1);
    return AT + "[" + pid + "] " + session + " " + line + " a@b " + text + "\n";
  }

  private static List<SeenExecution> executions(String log) {
    Told told = Told.by(log);
    assertThat(told.letters).extracting(DeadLetter::detail).isEmpty();
    return told.executions.stream()
        .map(
            e ->
                new SeenExecution(
                    e.database(),
                    e.user(),
                    e.statement(),
                    e.parameters(),
                    e.loggedAt(),
                    e.elapsedMs(),
                    e.queryId(),
                    ""))
        .toList();
  }

  private static String interleaved(List<List<String>> processes, Random random) {
    StringBuilder log = new StringBuilder();
    int[] next = new int[processes.size()];
    int left = processes.stream().mapToInt(List::size).sum();
    while (left > 0) {
      int process = random.nextInt(next.length);
      if (next[process] < processes.get(process).size()) {
        log.append(processes.get(process).get(next[process]++));
        left--;
      }
    }
    return log.toString();
  }

  private static String head(String statement) {
    return AT + "[7] a@b LOG:  duration: 1.0 ms  statement: " + statement;
  }

  private static String chunk(int pid, int n, int m, String text) {
    return "2026-11-21T00:25:13.031664+00:00 vm postgres["
        + pid
        + "]: ["
        + n
        + "-"
        + m
        + "] "
        + text
        + "\n";
  }
}
