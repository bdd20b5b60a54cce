package dev.logdex.analyzer.whatif;

import dev.logdex.analyzer.plan.LoggedPlans;
import dev.logdex.analyzer.plan.PlanNode;
import dev.logdex.analyzer.scan.TableScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a statement really ran, by the few plans that auto_explain logged: the newest and slowest, so
 * not a fair sample of all calls.
 */
public record ActualRuns(List<PlanNode> plans) {
  /** None was logged. */
  public static final ActualRuns NONE = new ActualRuns(List.of());

  private static final Pattern PARTITION_NUMBER = Pattern.compile("_\\d+$");

  public ActualRuns {
    plans = List.copyOf(plans);
  }

  /**
   * How a scan ran.
   *
   * @param rows that one scan gave, a mean
   * @param loops that one call performed, a mean
   */
  record OfScan(double rows, double loops) {}

  /** The plans of a statement of one query; of several it is not known which is whose. */
  static ActualRuns of(PlannedStatement statement) {
    if (statement.parts().size() != 1) {
      return NONE;
    }
    return new ActualRuns(
        statement.statement().details().plans().stream()
            .map(LoggedPlans::read)
            .flatMap(Optional::stream)
            .filter(plan -> plan.actual() != null)
            .toList());
  }

  /** How the scan ran; empty when no plan has it with figures. */
  Optional<OfScan> of(TableScan scan) {
    List<OfScan> runs = new ArrayList<>();
    for (PlanNode plan : plans) {
      List<PlanNode> nodes = nodes(plan, scan);
      if (!nodes.isEmpty()) {
        runs.add(run(nodes));
      }
    }
    return runs.isEmpty()
        ? Optional.empty()
        : Optional.of(new OfScan(mean(runs, OfScan::rows), mean(runs, OfScan::loops)));
  }

  /** The nodes of a plan that perform the scan: one, or one for each partition. */
  static List<PlanNode> nodes(PlanNode plan, TableScan scan) {
    return plan.tree()
        .filter(PlanNode::readsRelation)
        .filter(node -> node.actual() != null)
        .filter(node -> isOf(node, scan))
        .toList();
  }

  private static boolean isOf(PlanNode node, TableScan scan) {
    String alias = Objects.requireNonNullElse(node.alias(), "");
    boolean sameSchema = node.schema() == null || node.schema().equals(scan.table().schema());
    boolean itself = scan.table().name().equals(node.relation()) && sameSchema;
    return itself
        ? scan.aliases().contains(alias)
        : scan.aliases().size() > 1
            && scan.aliases().contains(PARTITION_NUMBER.matcher(alias).replaceFirst(""));
  }

  /** Processes share the rows of a parallel-aware node; partitions are read once for each scan. */
  private static OfScan run(List<PlanNode> nodes) {
    double rows = 0;
    double loops = 0;
    for (PlanNode node : nodes) {
      PlanNode.Actual actual = Objects.requireNonNull(node.actual());
      boolean shared = node.parallelAware() && actual.loops() > 0;
      rows += actual.rows() * (shared ? actual.loops() : 1);
      loops = Math.max(loops, shared ? 1 : actual.loops());
    }
    return new OfScan(rows, loops);
  }

  /** Rows that a change touched in one call, a mean; empty when no plan tells. */
  OptionalDouble rowsChanged(String operation) {
    return plans.stream()
        .flatMap(PlanNode::tree)
        .filter(node -> operation.equals(node.operation()))
        .map(node -> node.children().stream().mapToDouble(ActualRuns::allRows).sum())
        .mapToDouble(rows -> rows)
        .average();
  }

  private static double allRows(PlanNode node) {
    PlanNode.@Nullable Actual actual = node.actual();
    return actual == null || node.isSubquery() ? 0 : actual.rows() * actual.loops();
  }

  private static double mean(List<OfScan> runs, ToDoubleFunction<OfScan> figure) {
    return runs.stream().mapToDouble(figure).average().orElse(0);
  }
}
