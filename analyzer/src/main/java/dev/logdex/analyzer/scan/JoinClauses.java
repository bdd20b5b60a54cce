package dev.logdex.analyzer.scan;

import dev.logdex.analyzer.plan.PlanNode;
import java.util.List;
import java.util.stream.Stream;

/**
 * The join conditions of a plan that an index scan could use as the inner side of a nested loop: a
 * column of one table against something of another, where the kind of the join allows the table to
 * be the inner side.
 */
final class JoinClauses {
  private final PlanNode plan;

  JoinClauses(PlanNode plan) {
    this.plan = plan;
  }

  Stream<Clause> of(Source source) {
    ClauseReader reader = source.reader();
    Stream<Clause> joined =
        plan.tree()
            .filter(node -> mayBeInner(node, source))
            .flatMap(node -> node.conditions().joins().stream())
            .flatMap(condition -> ClauseReader.conjuncts(condition).stream())
            .filter(reader::concerns)
            .map(reader::read)
            .filter(Clause::joins);
    return Stream.concat(joined, hashedSubplans(source, reader));
  }

  private static boolean mayBeInner(PlanNode join, Source source) {
    List<PlanNode> sides = join.children().stream().filter(child -> !child.isSubquery()).toList();
    if (sides.size() != 2) {
      return false;
    }
    return switch (join.joinType()) {
      case "Left", "Anti" -> source.isBelow(sides.get(1));
      case "Right", "Right Anti", "Right Semi" -> source.isBelow(sides.get(0));
      case "Full" -> false;
      default -> source.isBelow(join);
    };
  }

  /**
   * A hashed subplan stands for EXISTS or IN with an outer column: hidden in its output is the
   * column that the other way of doing it, once per outer row, would look up.
   */
  private Stream<Clause> hashedSubplans(Source source, ClauseReader reader) {
    return plan.tree()
        .flatMap(parent -> parent.children().stream().filter(parent::hashes))
        .filter(subplan -> subplan.output().size() == 1 && source.isBelow(subplan))
        .map(subplan -> Expression.parse(subplan.output().get(0) + " = outer.value"))
        .filter(reader::concerns)
        .map(reader::read);
  }
}
