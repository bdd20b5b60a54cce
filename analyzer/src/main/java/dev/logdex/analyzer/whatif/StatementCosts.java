package dev.logdex.analyzer.whatif;

import java.util.List;

/**
 * What one run of a statement costs.
 *
 * @param total in planner units
 * @param sources the tables that it reads
 */
public record StatementCosts(double total, List<SourceCost> sources) {
  public StatementCosts {
    sources = List.copyOf(sources);
  }
}
