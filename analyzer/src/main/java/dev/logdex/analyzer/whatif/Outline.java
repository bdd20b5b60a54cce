package dev.logdex.analyzer.whatif;

import dev.logdex.analyzer.event.OutlineNode;
import dev.logdex.analyzer.event.PlanOutline;
import dev.logdex.analyzer.plan.ConditionText;
import dev.logdex.analyzer.plan.PlanNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A plan reduced to what a person compares, without anything private.
 *
 * @param nodesLeftOut beyond those that a page has room for
 */
record Outline(List<OutlineNode> nodes, int nodesLeftOut) {
  private static final int MOST_NODES = 40;

  Outline {
    nodes = List.copyOf(nodes);
  }

  /** The outline of a plan as the database is. */
  static Outline of(PlanNode plan) {
    return of(plan, Set.of(), "");
  }

  /**
   * The outline of a plan.
   *
   * @param names by which the plan calls a candidate
   * @param candidate its id, to be shown instead
   */
  static Outline of(PlanNode plan, Set<String> names, String candidate) {
    List<OutlineNode> nodes = new ArrayList<>();
    int[] all = {0};
    collect(plan, 0, names, candidate, nodes, all);
    return new Outline(nodes, all[0] - nodes.size());
  }

  private static void collect(
      PlanNode node,
      int depth,
      Set<String> names,
      String candidate,
      List<OutlineNode> nodes,
      int[] all) {
    all[0]++;
    if (nodes.size() < MOST_NODES) {
      String index = node.indexName();
      nodes.add(
          new OutlineNode(
              depth,
              node.operation() == null ? node.type() : node.operation(),
              table(node),
              index != null && names.contains(index) ? candidate : index,
              conditions(node),
              node.startupCost(),
              node.totalCost(),
              node.rows()));
    }
    node.children().forEach(child -> collect(child, depth + 1, names, candidate, nodes, all));
  }

  private static @Nullable String table(PlanNode node) {
    return node.relation() == null || Objects.equals(node.relation(), node.alias())
        ? node.relation()
        : node.relation() + " " + node.alias();
  }

  private static List<String> conditions(PlanNode node) {
    List<String> conditions = new ArrayList<>();
    PlanNode.Conditions of = node.conditions();
    add("Index Cond", of.indexCond(), conditions);
    add("Recheck Cond", of.recheckCond(), conditions);
    add("Hash Cond", of.hashCond(), conditions);
    add("Merge Cond", of.mergeCond(), conditions);
    add("Join Filter", of.joinFilter(), conditions);
    add("Filter", of.filter(), conditions);
    add("Sort Key", joined(node.sortKey()), conditions);
    add("Group Key", joined(node.groupKey()), conditions);
    return conditions;
  }

  private static @Nullable String joined(List<String> keys) {
    return keys.isEmpty() ? null : keys.stream().collect(Collectors.joining(", "));
  }

  private static void add(String kind, @Nullable String condition, List<String> conditions) {
    if (condition != null) {
      conditions.add(kind + ": " + ConditionText.withoutConstants(condition));
    }
  }

  /** Whether the plan reads the table by an index alone. */
  boolean readsIndexOnly(String table) {
    return nodes.stream()
        .filter(node -> node.type().equals("Index Only Scan"))
        .map(node -> Objects.requireNonNullElse(node.table(), ""))
        .anyMatch(name -> name.equals(table) || name.startsWith(table + " "));
  }

  PlanOutline event(String fingerprint, @Nullable String index) {
    return new PlanOutline(fingerprint, index, nodes, nodesLeftOut);
  }
}
