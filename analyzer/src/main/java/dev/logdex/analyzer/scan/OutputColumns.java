package dev.logdex.analyzer.scan;

import dev.logdex.analyzer.plan.PlanNode;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which columns of a table stand behind what a plan puts out. */
public final class OutputColumns {
  private OutputColumns() {}

  /**
   * The columns among the outputs of the plan's top node, by their names in the table.
   *
   * @param ofTable whether a node reads the table
   */
  public static List<String> of(PlanNode plan, Predicate<PlanNode> ofTable) {
    Set<String> aliases =
        plan.tree()
            .filter(PlanNode::readsRelation)
            .filter(ofTable)
            .map(node -> Objects.requireNonNullElse(node.alias(), ""))
            .collect(Collectors.toSet());
    return plan.output().stream()
        .flatMap(output -> Expression.parse(output).columns())
        .filter(column -> aliases.contains(column.alias()))
        .map(Expression.ColumnReference::column)
        .distinct()
        .sorted()
        .toList();
  }
}
