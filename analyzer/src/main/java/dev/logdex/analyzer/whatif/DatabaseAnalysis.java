package dev.logdex.analyzer.whatif;

import static java.util.Objects.requireNonNull;

import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.analyzer.event.UnplannedStatements;
import dev.logdex.normalizer.event.DeadLetter;
import java.util.List;
import java.util.Set;

/**
 * All that was found out about one database.
 *
 * @param deadLetters of all statements of the look-back, those of earlier rounds too
 * @param failedTables tables for which Logdex itself failed; what is known of them stays
 * @param waiting what could not be planned or read now but may be later: fingerprints, and tables
 *     as {@code schema.name}
 */
public record DatabaseAnalysis(
    List<TableAnalysis> tables,
    UnplannedStatements unplanned,
    List<DeadLetter> deadLetters,
    Set<String> failedTables,
    Set<String> waiting) {
  public DatabaseAnalysis {
    tables = List.copyOf(tables);
    requireNonNull(unplanned, "unplanned");
    deadLetters = List.copyOf(deadLetters);
    failedTables = Set.copyOf(failedTables);
    waiting = Set.copyOf(waiting);
  }

  /** An analysis that waits for nothing. */
  public DatabaseAnalysis(
      List<TableAnalysis> tables,
      UnplannedStatements unplanned,
      List<DeadLetter> deadLetters,
      Set<String> failedTables) {
    this(tables, unplanned, deadLetters, failedTables, Set.of());
  }

  /** What names a dead letter among those of a database. */
  public static String mark(DeadLetter letter) {
    return letter.place() + " " + letter.reason();
  }
}
