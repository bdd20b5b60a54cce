package dev.logdex.analyzer.whatif;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

import dev.logdex.analyzer.event.UnplannedReason;
import dev.logdex.analyzer.event.UnplannedStatement;
import dev.logdex.analyzer.event.UnplannedStatements;
import dev.logdex.analyzer.workload.WorkloadStatement;
import dev.logdex.normalizer.event.DeadLetter;
import dev.logdex.normalizer.event.DeadLetterReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects the statements of one database that have no scans, and the dead letters among them. */
public final class Complaints {
  private static final int EXCERPT_CHARACTERS = 1000;
  private static final int MOST_STATEMENTS = 2000;
  private static final String STAGE = "analyzer";

  private final String database;
  private final List<UnplannedStatement> unplanned = new ArrayList<>();
  private final Map<String, DeadLetter> letters = new TreeMap<>();

  public Complaints(String database) {
    this.database = database;
  }

  /** Takes what came of planning a statement. */
  void add(StatementPlanning planning) {
    WorkloadStatement statement = planning.planned().statement();
    for (UnplannedPart part : planning.unplanned()) {
      letter(statement, part.deadLetter(), part.detail());
    }
    if (!planning.planned().readsTables()) {
      unplanned.add(why(planning));
    }
  }

  /** A statement whose database no address serves. */
  public void notMapped(WorkloadStatement statement) {
    String detail = "No analysis database is configured for the database that the log names.";
    unplanned.add(unplanned(statement, UnplannedReason.DATABASE_NOT_MAPPED, detail));
    letter(statement, DeadLetterReason.DATABASE_NOT_MAPPED, detail);
  }

  /** A statement that is not worth planning, for a reason. */
  void keptOut(WorkloadStatement statement, String why) {
    unplanned.add(unplanned(statement, UnplannedReason.BELOW_FILTER, why));
  }

  /** A statement that was planned under some of the candidates, until its time was over. */
  void takesLong(PlannedStatement planned) {
    String detail =
        "Planning it under candidates took as long as one round may take for it"
            + " (what.ifs.time.max): the next one goes on with those that are left.";
    unplanned.add(unplanned(planned.statement(), UnplannedReason.PLAN_TIMEOUT, detail));
  }

  /** A statement on which Logdex itself failed. */
  void internal(WorkloadStatement statement, Throwable error) {
    String detail = "Logdex failed on it: " + where(error) + ".";
    unplanned.add(unplanned(statement, UnplannedReason.PLAN_FAILED, detail));
    letter(statement, DeadLetterReason.INTERNAL, detail);
  }

  /** A table on which Logdex itself failed. */
  void internal(String table, Throwable error) {
    String detail = "Logdex failed on the table: " + where(error) + ".";
    add(letter(table, DeadLetterReason.INTERNAL, detail, ""));
  }

  /** The error's kind and place; not its message, which may quote the statement. */
  private static String where(Throwable error) {
    StackTraceElement[] trace = error.getStackTrace();
    return error.getClass().getSimpleName() + (trace.length == 0 ? "" : " at " + trace[0]);
  }

  private static UnplannedStatement why(StatementPlanning planning) {
    WorkloadStatement statement = planning.planned().statement();
    if (planning.unplanned().isEmpty()) {
      boolean writes = !planning.planned().writes().isEmpty();
      String detail = writes ? "It reads no table, it only writes." : "It reads no table.";
      return unplanned(statement, UnplannedReason.NO_TABLE, detail);
    }
    UnplannedPart first =
        planning.unplanned().stream()
            .filter(part -> part.deadLetter() != null)
            .findFirst()
            .orElse(planning.unplanned().get(0));
    return unplanned(statement, first.reason(), first.detail());
  }

  private static UnplannedStatement unplanned(
      WorkloadStatement statement, UnplannedReason reason, String detail) {
    return new UnplannedStatement(
        statement.fingerprint().toString(),
        excerpt(statement.text()),
        statement.calls(),
        reason,
        detail);
  }

  private static String excerpt(String text) {
    return text.substring(0, Math.min(text.length(), EXCERPT_CHARACTERS));
  }

  private void letter(
      WorkloadStatement statement, @Nullable DeadLetterReason reason, String detail) {
    if (reason != null) {
      add(letter(statement.fingerprint().toString(), reason, detail, statement.text()));
    }
  }

  private DeadLetter letter(String place, DeadLetterReason reason, String detail, String text) {
    return new DeadLetter(
        DeadLetter.VERSION, STAGE, reason, database, place, detail, null, excerpt(text));
  }

  private void add(DeadLetter letter) {
    letters.putIfAbsent(DatabaseAnalysis.mark(letter), letter);
  }

  /** The dead letters by fingerprint and reason. */
  public List<DeadLetter> deadLetters() {
    return List.copyOf(letters.values());
  }

  /** The event that tells why each of the most called statements got nothing. */
  public UnplannedStatements event(Instant analysedTo) {
    return new UnplannedStatements(
        UnplannedStatements.VERSION,
        database,
        analysedTo,
        unplanned.stream()
            .sorted(comparingLong(UnplannedStatement::calls).reversed())
            .limit(MOST_STATEMENTS)
            .sorted(comparing(UnplannedStatement::fingerprint))
            .toList(),
        List.copyOf(letters.keySet()));
  }
}
