package dev.logdex.analyzer.scan;

import dev.logdex.analyzer.catalog.RelationName;
import dev.logdex.analyzer.plan.PlanNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A table where one statement reads it: the plan nodes that do so.
 *
 * @param nodes one, or one for each partition
 */
record Source(
    RelationName table, Set<String> aliases, List<PlanNode> nodes, Commutators commutators) {
  /** What reads conditions as the table's. */
  ClauseReader reader() {
    return new ClauseReader(aliases, commutators);
  }

  /** The conditions that the nodes themselves check. */
  Stream<Clause> conditions() {
    ClauseReader reader = reader();
    return nodes.stream()
        .map(PlanNode::conditions)
        .flatMap(of -> Stream.of(of.filter(), of.indexCond(), of.recheckCond()))
        .filter(condition -> condition != null)
        .flatMap(condition -> ClauseReader.conjuncts(condition).stream())
        .filter(reader::concerns)
        .map(reader::read);
  }

  double rows() {
    return nodes.stream().mapToDouble(PlanNode::rows).sum();
  }

  /** Whether it is read somewhere below the node. */
  boolean isBelow(PlanNode node) {
    return node.tree().anyMatch(nodes::contains);
  }
}
