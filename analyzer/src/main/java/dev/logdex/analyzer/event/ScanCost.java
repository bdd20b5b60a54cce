package dev.logdex.analyzer.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

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
 * @param costWithout of an existing index that today's plans read: what the scan costs when that
 *     one is gone and all others stay; null for a candidate, and where it could not be asked
 */
public record ScanCost(
    String scan,
    String index,
    double cost,
    boolean abortsEarly,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double costWithout) {
  @JsonCreator
  public ScanCost {
    requireNonNull(scan, "scan");
    requireNonNull(index, "index");
  }

  /** A cell of a candidate, or of an existing index without which nothing was asked. */
  public ScanCost(String scan, String index, double cost, boolean abortsEarly) {
    this(scan, index, cost, abortsEarly, null);
  }
}
