package dev.logdex.analyzer.scan;

import dev.logdex.analyzer.plan.PlanNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * In which order a statement wants a table's rows: by the sort above it, else by a grouping, else
 * as the smallest or greatest value of a column. An index could give that order.
 */
final class WantedOrder {
  /** Above these no row is one of the table any more, so a sort or limit there is not about it. */
  private static final Set<String> ROW_CHANGING =
      Set.of("Aggregate", "WindowAgg", "SetOp", "ModifyTable", "Recursive Union", "CTE Scan");

  private static final Set<String> SORTS = Set.of("Sort", "Incremental Sort");

  private final PlanNode plan;

  WantedOrder(PlanNode plan) {
    this.plan = plan;
  }

  /** What is wanted of a table; the keys are empty when any order will do. */
  record Wish(List<SortKey> keys, boolean limited) {}

  Wish of(Source source) {
    List<PlanNode> above = ancestors(source.nodes().get(0));
    boolean limited = untilRowsChange(above).anyMatch(node -> node.type().equals("Limit"));
    List<SortKey> sorted =
        untilRowsChange(above)
            .filter(node -> SORTS.contains(node.type()))
            .map(node -> ownPrefix(node.sortKey(), source))
            .filter(keys -> !keys.isEmpty())
            .reduce(List.of(), (inner, outer) -> outer);
    if (!sorted.isEmpty()) {
      return new Wish(sorted, limited);
    }
    List<SortKey> grouped = grouped(above, source);
    return grouped.isEmpty()
        ? extreme(above, source)
            .map(key -> new Wish(List.of(key), true))
            .orElse(new Wish(List.of(), limited))
        : new Wish(grouped, false);
  }

  /** From the node's parent up to the top of the query or subquery that it belongs to. */
  private List<PlanNode> ancestors(PlanNode node) {
    Deque<PlanNode> path = new ArrayDeque<>();
    find(plan, node, path);
    List<PlanNode> above = new ArrayList<>();
    PlanNode below = node;
    for (PlanNode each : path) {
      if (below.isSubquery()) {
        break;
      }
      above.add(each);
      below = each;
    }
    return above;
  }

  /** Collects the way to a node, nearest first and without the node; false when it is not below. */
  private static boolean find(PlanNode from, PlanNode wanted, Deque<PlanNode> path) {
    if (from.equals(wanted)) {
      return true;
    }
    for (PlanNode child : from.children()) {
      if (find(child, wanted, path)) {
        path.addLast(from);
        return true;
      }
    }
    return false;
  }

  private static Stream<PlanNode> untilRowsChange(List<PlanNode> above) {
    return above.stream().takeWhile(node -> !ROW_CHANGING.contains(node.type()));
  }

  private static List<SortKey> ownPrefix(List<String> keys, Source source) {
    List<SortKey> own = new ArrayList<>();
    for (String key : keys) {
      Optional<SortKey> parsed = SortKey.parse(key, source.aliases(), source.commutators());
      if (parsed.isEmpty()) {
        break;
      }
      own.add(parsed.get());
    }
    return own;
  }

  private static List<SortKey> grouped(List<PlanNode> above, Source source) {
    return firstAggregate(above)
        .map(aggregate -> ownPrefix(aggregate.groupKey(), source))
        .orElse(List.of());
  }

  private static Optional<PlanNode> firstAggregate(List<PlanNode> above) {
    return above.stream()
        .filter(node -> ROW_CHANGING.contains(node.type()))
        .findFirst()
        .filter(node -> node.type().equals("Aggregate"));
  }

  /** The column of {@code min(…)} or {@code max(…)} over the table alone. */
  private static Optional<SortKey> extreme(List<PlanNode> above, Source source) {
    return firstAggregate(above)
        .filter(node -> node.groupKey().isEmpty() && node.output().size() == 1)
        .filter(
            node -> node.tree().filter(PlanNode::readsRelation).count() == source.nodes().size())
        .flatMap(node -> extremeColumn(Expression.parse(node.output().get(0)), source))
        .map(SortKey::ascending);
  }

  private static Optional<Operand> extremeColumn(Expression output, Source source) {
    if (output.size() != 2
        || !(output.wordAt(0, "min") || output.wordAt(0, "max"))
        || !(output.items().get(1) instanceof Expression.Group group)) {
      return Optional.empty();
    }
    Expression argument = group.inner();
    // with a single table in the statement, a plan's output has no alias
    if (argument.size() == 1 && argument.items().get(0) instanceof Expression.Token token) {
      String name = token.name();
      return token.isName()
          ? Optional.of(new Operand(token.text(), name, null, token.text(), List.of(name)))
          : Optional.empty();
    }
    return Operand.of(argument, source.aliases());
  }
}
