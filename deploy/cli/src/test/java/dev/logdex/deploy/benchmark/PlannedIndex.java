package dev.logdex.deploy.benchmark;

import dev.logdex.analyzer.event.Candidate;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.selection.Definitions;
import java.util.Locale;

/**
 * An index that a set of a benchmark has.
 *
 * @param table {@code schema.name}; of tables whose names need no quotes
 * @param definition what follows the table in CREATE INDEX
 * @param sizeBytes expected
 */
record PlannedIndex(String table, String definition, long sizeBytes) {
  static PlannedIndex of(Recommendation advice) {
    return new PlannedIndex(advice.table(), advice.index(), advice.sizeBytes());
  }

  static PlannedIndex of(TableAnalysis table, Candidate candidate) {
    return new PlannedIndex(
        table.table().qualified(),
        Definitions.canonical(candidate.definition()),
        candidate.sizeBytes());
  }

  /** The same for the same index, so that plans that read it can be compared. */
  String name() {
    return String.format(Locale.ROOT, "benchmark_%08x", (table + definition).hashCode());
  }

  /** The statement that really makes it. */
  String ddl() {
    return "CREATE INDEX " + name() + " ON " + table + " " + definition;
  }

  /** For HypoPG, which names indexes itself. */
  String hypotheticalDdl() {
    return "CREATE INDEX ON " + table + " " + definition;
  }

  @Override
  public String toString() {
    return table + " " + definition;
  }
}
