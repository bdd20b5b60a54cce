package dev.logdex.analyzer.event;

import static java.util.Objects.requireNonNull;

/**
 * An index that a rule proposed.
 *
 * @param id stable for the same table and definition; the definition's SQL
 * @param reason a sentence for each way in which a rule found it wanted, without repetition
 * @param sizeBytes expected, by our own formula and not HypoPG's
 * @param entryBytes one entry's bytes: 8 + the average width of every column in it, INCLUDE too
 * @param partialSelectivity share of the table's rows that have an entry; 1 for a whole index
 */
public record Candidate(
    String id,
    IndexDefinition definition,
    String reason,
    long sizeBytes,
    double entryBytes,
    double partialSelectivity) {
  public Candidate {
    requireNonNull(id, "id");
    requireNonNull(definition, "definition");
    requireNonNull(reason, "reason");
  }
}
