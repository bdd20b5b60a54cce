package dev.logdex.deploy.benchmark;

/**
 * What a set does for a query.
 *
 * @param query such as {@code Q1}
 * @param costBefore planner units without the set
 * @param costAfter planner units with it
 * @param samePlan whether the plan is the same with it, whatever it costs
 * @param before run time without the set
 * @param after run time with it; of the same plan the same
 */
record QueryFigures(
    String query,
    double costBefore,
    double costAfter,
    boolean samePlan,
    Timing before,
    Timing after) {
  /** Whether it really runs slower with the set. */
  boolean isSlower() {
    return !samePlan && after.isSlowerThan(before);
  }

  double costRatio() {
    return costAfter / costBefore;
  }
}
