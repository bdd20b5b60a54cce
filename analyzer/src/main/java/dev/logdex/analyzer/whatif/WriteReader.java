package dev.logdex.analyzer.whatif;

import dev.logdex.analyzer.catalog.RelationName;
import dev.logdex.analyzer.plan.PlanNode;
import dev.logdex.analyzer.scan.OutputColumns;
import dev.logdex.analyzer.statement.WrittenTable;
import dev.logdex.sql.PlannableStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Tells what statements write: the tables from the plan, where the server has resolved views and
 * partitions, and the columns from the text, since a plan does not name them.
 */
final class WriteReader {
  private final Plans plans;
  private final Function<RelationName, Optional<RelationName>> tableOf;
  private final StatementPlanner.Names names;

  WriteReader(
      Plans plans,
      Function<RelationName, Optional<RelationName>> tableOf,
      StatementPlanner.Names names) {
    this.plans = plans;
    this.tableOf = tableOf;
    this.names = names;
  }

  /** What a query writes that was planned; possibly only the part of it that reads. */
  List<Write> of(String text, Attempt attempt, String searchPath) {
    List<PlanNode> changes =
        attempt
            .top()
            .tree()
            .filter(node -> node.operation() != null && node.relation() != null)
            .toList();
    List<WrittenTable> targets = WrittenTable.of(text);
    if (changes.isEmpty()) {
      return targets.size() == 1
          ? ofText(targets.get(0), attempt.top().rows(), searchPath).stream().toList()
          : List.of();
    }
    List<Write> writes = new ArrayList<>();
    for (PlanNode change : changes) {
      tableOf
          .apply(relation(change))
          .ifPresent(
              table ->
                  writes.add(
                      new Write(
                          table,
                          Objects.requireNonNullElse(change.operation(), ""),
                          rows(change),
                          setColumns(table, change, targets, searchPath))));
    }
    return writes;
  }

  /** What a text writes that could not be planned. */
  List<Write> ofText(String text, String searchPath) {
    return WrittenTable.of(text).stream()
        .flatMap(
            target ->
                ofText(target, target.operation().equals("Insert") ? 1 : 0, searchPath).stream())
        .toList();
  }

  private Optional<Write> ofText(WrittenTable target, double rows, String searchPath) {
    return names
        .relation(target.sql(), searchPath)
        .flatMap(tableOf)
        .map(table -> new Write(table, target.operation(), rows, target.setColumns()));
  }

  private static RelationName relation(PlanNode node) {
    return new RelationName(
        Objects.requireNonNullElse(node.schema(), ""),
        Objects.requireNonNullElse(node.relation(), ""));
  }

  /** Rows that reach the node; by itself it returns none. */
  private static double rows(PlanNode change) {
    return change.children().stream()
        .filter(child -> !child.isSubquery())
        .mapToDouble(PlanNode::rows)
        .sum();
  }

  /** Of all the text's targets with this operation those that name the table, or a view of it. */
  private List<String> setColumns(
      RelationName table, PlanNode change, List<WrittenTable> targets, String searchPath) {
    TreeSet<String> columns = new TreeSet<>();
    for (WrittenTable target : targets) {
      if (target.operation().equals(change.operation()) && !target.setColumns().isEmpty()) {
        Optional<RelationName> named = names.relation(target.sql(), searchPath);
        if (named.flatMap(tableOf).filter(table::equals).isPresent()) {
          columns.addAll(target.setColumns());
        } else if (named.isPresent() && named.flatMap(tableOf).isEmpty()) {
          columns.addAll(throughView(target, table, searchPath));
        }
      }
    }
    return List.copyOf(columns);
  }

  /** The table's own columns behind those of a view, which the plan of a query shows. */
  private List<String> throughView(WrittenTable view, RelationName table, String searchPath) {
    List<String> quoted =
        view.setColumns().stream().map(name -> '"' + name.replace("\"", "\"\"") + '"').toList();
    return PlannableStatement.generic("SELECT " + String.join(", ", quoted) + " FROM " + view.sql())
        .statement()
        .map(query -> plans.today(query.in(searchPath)))
        .flatMap(planned -> planned.plan())
        .map(
            plan ->
                OutputColumns.of(
                    plan, node -> tableOf.apply(relation(node)).filter(table::equals).isPresent()))
        .orElse(List.of());
  }
}
