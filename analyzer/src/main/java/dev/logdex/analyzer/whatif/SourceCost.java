package dev.logdex.analyzer.whatif;

import dev.logdex.analyzer.catalog.RelationName;
import java.util.List;

/**
 * What reading one table costs in one run of a statement, by one plan node.
 *
 * @param alias of the table in the plan
 * @param loops how often the node is started
 * @param indexes that it reads, existing ones by name
 * @param usesCandidate whether the hypothetical index is among what it reads
 * @param abortsEarly whether the cost is not the planner's, which bets on a LIMIT
 */
public record SourceCost(
    RelationName table,
    String alias,
    double cost,
    double loops,
    List<String> indexes,
    boolean usesCandidate,
    boolean abortsEarly) {
  public SourceCost {
    indexes = List.copyOf(indexes);
  }
}
