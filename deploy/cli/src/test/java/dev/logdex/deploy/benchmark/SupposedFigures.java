package dev.logdex.deploy.benchmark;

/**
 * What the planner thinks of a set that is not built, by HypoPG.
 *
 * @param cost planner units, sum over all queries
 */
record SupposedFigures(IndexSet set, double cost) {}
