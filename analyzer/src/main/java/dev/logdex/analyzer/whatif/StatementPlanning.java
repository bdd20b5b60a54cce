package dev.logdex.analyzer.whatif;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What came of planning a statement.
 *
 * @param planned with the parts that could be planned; possibly none
 * @param unplanned the parts that could not
 */
public record StatementPlanning(PlannedStatement planned, List<UnplannedPart> unplanned) {
  public StatementPlanning {
    requireNonNull(planned, "planned");
    unplanned = List.copyOf(unplanned);
  }
}
