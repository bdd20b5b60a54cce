package dev.logdex.analyzer.whatif;

import static java.util.Objects.requireNonNull;

import dev.logdex.analyzer.catalog.RelationName;
import dev.logdex.analyzer.catalog.Table;
import dev.logdex.analyzer.event.ExistingIndex;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One index that is not there but for a question, and what has to be known to judge plans that use
 * it.
 *
 * @param indexNames what plans call it; one, unless it was built on a table with partitions
 * @param leadingElement the first key: SQL as it stands in CREATE INDEX
 * @param descentCost planner units by which HypoPG makes each search too cheap; 0 for an index that
 *     is built
 * @param pages what HypoPG's idea of its size does to its costs
 * @param orderedAliases the aliases whose rows the statement wants in an order
 */
record Hypothesis(
    RelationName table,
    Set<String> indexNames,
    String leadingElement,
    double descentCost,
    PageBias pages,
    Set<String> orderedAliases) {
  /**
   * What a search costs for every level of the tree, the leaf included
   * (DEFAULT_PAGE_CPU_MULTIPLIER).
   */
  private static final double OPERATORS_PER_LEVEL = 50;

  Hypothesis {
    requireNonNull(table, "table");
    indexNames = Set.copyOf(indexNames);
    requireNonNull(leadingElement, "leadingElement");
    requireNonNull(pages, "pages");
    orderedAliases = Set.copyOf(orderedAliases);
  }

  /** An index that is there: it is costed as it is. */
  static Hypothesis ofExisting(Table table, ExistingIndex index, Set<String> orderedAliases) {
    return new Hypothesis(
        table.name(),
        Set.of(index.name()),
        index.definition().elements().get(0).expression(),
        0,
        PageBias.NONE,
        orderedAliases);
  }

  /** Whether a plan that reads an index of that name reads this one. */
  boolean isCalled(@Nullable String name) {
    return name != null && indexNames.contains(name);
  }

  /**
   * The cost of a search that HypoPG leaves out, because its indexes are -1 levels high
   * (btcostestimate in selfuncs.c).
   *
   * @param height levels above the leaves
   */
  static double descentCost(int height, double cpuOperatorCost) {
    return (height + 1) * OPERATORS_PER_LEVEL * cpuOperatorCost;
  }
}
