package dev.logdex.analyzer.event;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node of a plan without anything private: constants are {@code $n}.
 *
 * @param depth below the top node, which has 0
 * @param type such as {@code Index Scan}
 * @param table its name and, where that differs, its alias; null when it reads none
 * @param index name of an existing index or id of the candidate; null when it reads none
 * @param conditions each with its kind, such as {@code Index Cond: (a = $1)}
 * @param startupCost the planner's, in planner units
 * @param cost the planner's total of one execution, that of its children included
 * @param rows of one execution, estimated
 */
public record OutlineNode(
    int depth,
    String type,
    @Nullable String table,
    @Nullable String index,
    List<String> conditions,
    double startupCost,
    double cost,
    double rows) {
  public OutlineNode {
    requireNonNull(type, "type");
    conditions = List.copyOf(conditions);
  }
}
