package dev.logdex.recommender.selection;

import static java.util.Objects.requireNonNull;

import dev.logdex.analyzer.event.Candidate;
import java.util.List;

/**
 * A candidate that was chosen.
 *
 * @param writeOverhead bytes into the index per byte into the table
 * @param writeSide what it costs where the table is written
 * @param scans ids of those it was chosen for; no other chosen index has them
 */
public record ChosenIndex(
    Candidate candidate, double writeOverhead, WriteSide writeSide, List<String> scans) {
  public ChosenIndex {
    requireNonNull(candidate, "candidate");
    requireNonNull(writeSide, "writeSide");
    scans = List.copyOf(scans);
  }
}
