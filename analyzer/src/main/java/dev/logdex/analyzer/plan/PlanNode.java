package dev.logdex.analyzer.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One node of a plan with what stands below it, in the words of EXPLAIN. Costs are planner units,
 * rows are per execution and, below a Gather, per process.
 *
 * @param type such as {@code Seq Scan}
 * @param relationship to the parent: {@code Outer}, {@code Inner}, {@code InitPlan}, {@code
 *     SubPlan} …; empty at the top
 * @param subplan its name, such as {@code SubPlan 1} or {@code CTE x}
 * @param operation of a ModifyTable: {@code Insert}, {@code Update}, {@code Delete}, {@code Merge}
 * @param indexName as the planner calls it, hypothetical ones included
 * @param output expressions; only trusted for what the aggregate rules need
 * @param actual what happened when the plan was run; null when it was only made
 */
public record PlanNode(
    String type,
    String relationship,
    @Nullable String subplan,
    @Nullable String operation,
    @Nullable String schema,
    @Nullable String relation,
    @Nullable String alias,
    @Nullable String indexName,
    String joinType,
    double startupCost,
    double totalCost,
    double rows,
    int workersPlanned,
    boolean parallelAware,
    Conditions conditions,
    List<String> sortKey,
    List<String> groupKey,
    List<String> output,
    List<PlanNode> children,
    @Nullable Actual actual) {
  /** Of a node's record, its conditions, lists and names. */
  private static final long NODE_BYTES = 800;

  private static final long STRING_BYTES = 48;

  public PlanNode {
    requireNonNull(type, "type");
    requireNonNull(relationship, "relationship");
    requireNonNull(conditions, "conditions");
    sortKey = List.copyOf(sortKey);
    groupKey = List.copyOf(groupKey);
    output = List.copyOf(output);
    children = List.copyOf(children);
  }

  /**
   * A node's part in a real run.
   *
   * @param rows of one loop, a mean; of a parallel-aware node of one process
   * @param loops 0 when it was never started
   * @param rowsRemoved of one loop, by its filter
   */
  public record Actual(double rows, double loops, double rowsRemoved) {}

  /** The conditions that a node can have, as Postgres deparses them. */
  public record Conditions(
      @Nullable String filter,
      @Nullable String indexCond,
      @Nullable String recheckCond,
      @Nullable String hashCond,
      @Nullable String mergeCond,
      @Nullable String joinFilter) {
    public static final Conditions NONE = new Conditions(null, null, null, null, null, null);

    /** Those that join the node's two sides. */
    public List<String> joins() {
      return Stream.of(hashCond, mergeCond, joinFilter).filter(each -> each != null).toList();
    }
  }

  /** Whether the node reads a table, a materialized view or a foreign table. */
  public boolean readsRelation() {
    return relation != null && alias != null && operation == null;
  }

  /** This node and all below it, parents before children. */
  public Stream<PlanNode> tree() {
    return Stream.concat(Stream.of(this), children.stream().flatMap(PlanNode::tree));
  }

  /** What the tree takes in memory, about. */
  public long approximateBytes() {
    return tree().mapToLong(PlanNode::ownBytes).sum();
  }

  private long ownBytes() {
    Stream<@Nullable String> texts =
        Stream.of(
                Stream.of(conditions.filter, conditions.indexCond, conditions.recheckCond),
                conditions.joins().stream(),
                sortKey.stream(),
                groupKey.stream(),
                output.stream())
            .flatMap(each -> each);
    return NODE_BYTES
        + texts.mapToLong(text -> text == null ? 0 : STRING_BYTES + text.length()).sum();
  }

  /** Below the node as an own query that it calls, not as its input. */
  public boolean isSubquery() {
    return relationship.equals("InitPlan") || relationship.equals("SubPlan");
  }

  /** Whether the child is a subplan that this node runs once and keeps in a hash table. */
  public boolean hashes(PlanNode child) {
    if (child.subplan == null || !child.relationship.equals("SubPlan")) {
      return false;
    }
    String mention = "hashed " + child.subplan + ")";
    return Stream.concat(Stream.of(conditions.filter(), conditions.joinFilter()), output.stream())
        .anyMatch(text -> text != null && text.contains(mention));
  }

  /** The index that the node itself or the bitmap scan directly below it reads. */
  public Stream<PlanNode> indexReads() {
    if (indexName != null) {
      return Stream.of(this);
    }
    return type.equals("Bitmap Heap Scan")
        ? children.stream().filter(child -> !child.isSubquery()).flatMap(PlanNode::bitmapReads)
        : Stream.empty();
  }

  private Stream<PlanNode> bitmapReads() {
    return tree().filter(node -> node.indexName != null);
  }
}
