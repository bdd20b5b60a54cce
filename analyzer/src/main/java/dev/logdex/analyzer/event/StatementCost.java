package dev.logdex.analyzer.event;

import static java.util.Objects.requireNonNull;

/**
 * What a whole statement costs when this one candidate is there and its plan uses it.
 *
 * @param fingerprint of the statement
 * @param index a candidate's id
 * @param cost in planner units, weighted over the statement's samples
 */
public record StatementCost(String fingerprint, String index, double cost) {
  public StatementCost {
    requireNonNull(fingerprint, "fingerprint");
    requireNonNull(index, "index");
  }
}
