package dev.logdex.analyzer.event;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonCreator;

/**
 * An index that a rule proposed.
 *
 * @param id stable for the same table and definition; the definition's SQL
 * @param reason a sentence for each way in which a rule found it wanted, without repetition
 * @param sizeBytes of the file: expected, by our own formula and not HypoPG's, or measured when the
 *     index was built
 * @param entryBytes one entry's bytes: 8 + the average width of every column in it, INCLUDE too
 * @param partialSelectivity share of the table's rows that have an entry; 1 for a whole index
 * @param judgement how its costs were found; records written before there was a choice say nothing
 *     and mean {@link Judgement#HYPOTHETICAL}
 */
public record Candidate(
    String id,
    IndexDefinition definition,
    String reason,
    long sizeBytes,
    double entryBytes,
    double partialSelectivity,
    Judgement judgement) {
  @JsonCreator
  public Candidate {
    requireNonNull(id, "id");
    requireNonNull(definition, "definition");
    requireNonNull(reason, "reason");
    judgement = requireNonNullElse(judgement, Judgement.HYPOTHETICAL);
  }

  /** A candidate that the planner is asked about through HypoPG. */
  public Candidate(
      String id,
      IndexDefinition definition,
      String reason,
      long sizeBytes,
      double entryBytes,
      double partialSelectivity) {
    this(id, definition, reason, sizeBytes, entryBytes, partialSelectivity, Judgement.HYPOTHETICAL);
  }

  /** The same, judged in a certain way. */
  public Candidate judged(Judgement how) {
    return new Candidate(id, definition, reason, sizeBytes, entryBytes, partialSelectivity, how);
  }

  /** The same, with the size that it had when it was built. */
  public Candidate measured(long bytes) {
    return new Candidate(
        id, definition, reason, bytes, entryBytes, partialSelectivity, Judgement.BUILT);
  }
}
