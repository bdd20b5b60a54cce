package dev.logdex.analyzer.whatif;

/**
 * The planner's settings that HypoPG's bias is made of.
 *
 * @param operator cpu_operator_cost
 * @param randomPage random_page_cost; that of single tablespaces is not looked at
 */
public record CostSettings(double operator, double randomPage) {}
