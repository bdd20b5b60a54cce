package dev.logdex.analyzer.event;

import static java.util.Objects.requireNonNull;

/**
 * One cell of the matrix: what a scan costs when this index is there. A pair without a cell is one
 * whose plan does not use the index.
 *
 * @param scan id
 * @param index a candidate's id, or the name of an existing index
 * @param cost in planner units, comparable with the scan's baseline; a plan that bets on early
 *     abort is judged by its cost without the bet
 * @param abortsEarly whether the planner's own figure was lower because it bets that a LIMIT is
 *     reached soon
 */
public record ScanCost(String scan, String index, double cost, boolean abortsEarly) {
  public ScanCost {
    requireNonNull(scan, "scan");
    requireNonNull(index, "index");
  }
}
