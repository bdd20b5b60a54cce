package dev.logdex.analyzer.whatif;

import dev.logdex.analyzer.plan.PlanNode;
import org.jspecify.annotations.Nullable;

/**
 * What one plan node that reads a table costs in one run of the statement.
 *
 * @param cost over all its loops, as far as a LIMIT above lets it run, subqueries not included
 * @param loops how often it is started
 * @param queries how often the subquery that it stands in is run; the planner takes other loops to
 *     share pages
 * @param fraction of its output that is wanted of each start
 * @param processes that its rows are divided by if it is parallel-aware
 * @param bet the LIMIT that the node is cut short by; null when it runs to its end
 */
record NodeCost(
    PlanNode node,
    double cost,
    double loops,
    double queries,
    double fraction,
    double processes,
    @Nullable Bet bet) {

  /**
   * A LIMIT that lets the planner bet on finding enough rows early.
   *
   * @param savedCost what the statement would cost more if the node below the LIMIT ran to its end
   * @param joinFilters whether a join in between throws rows away, so that more have to be read
   *     than the LIMIT says
   */
  record Bet(double savedCost, boolean joinFilters) {
    Bet throughFilteringJoin() {
      return new Bet(savedCost, true);
    }
  }

  /** Rows of one start, of all processes together. */
  double rows(PlanNode read) {
    return read.parallelAware() || node.parallelAware() ? read.rows() * processes : read.rows();
  }

  /** What it costs when it runs to its end. */
  double fullCost() {
    return Math.max(cost, loops * node.totalCost());
  }
}
