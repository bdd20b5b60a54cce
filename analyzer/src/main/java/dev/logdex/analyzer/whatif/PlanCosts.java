package dev.logdex.analyzer.whatif;

import dev.logdex.analyzer.plan.PlanNode;
import dev.logdex.analyzer.whatif.NodeCost.Bet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Splits a plan's cost among the nodes that read tables. EXPLAIN prints what one execution of a
 * node costs if it runs to its end; how often it is executed and how far it runs is told by the
 * nodes above it: nested loops, subplans and limits.
 */
final class PlanCosts {
  /** They read all their input before they give a row, whatever a LIMIT above wants. */
  private static final Set<String> BLOCKING =
      Set.of("Sort", "Hash", "Aggregate", "WindowAgg", "SetOp", "Materialize", "ModifyTable");

  /** A join that gives fewer rows than this share of its outer side filters it. */
  private static final double JOIN_KEEPS = 0.9;

  private final List<NodeCost> nodes = new ArrayList<>();

  private PlanCosts() {}

  /**
   * How a node is run.
   *
   * @param times it is started
   * @param queries of those, how many are runs of the whole subquery that it stands in
   * @param fraction of its output that is wanted
   * @param processes that the planner divides rows by, below a Gather
   */
  private record Run(
      double times, double queries, double fraction, double processes, @Nullable Bet bet) {
    private static final Run ONCE = new Run(1, 1, 1, 1, null);

    double cost(PlanNode node) {
      return times
          * (node.startupCost() + fraction * Math.max(0, node.totalCost() - node.startupCost()));
    }

    Run toItsEnd() {
      return new Run(times, queries, 1, processes, null);
    }

    /** The leader helps, unless it has its hands full with what its workers send (costsize.c). */
    Run gathered(PlanNode gather) {
      double workers = gather.workersPlanned();
      return new Run(times, queries, fraction, workers + Math.max(0, 1 - 0.3 * workers), bet);
    }
  }

  /** The nodes that read tables, in the order of the plan. */
  static List<NodeCost> of(PlanNode plan) {
    PlanCosts costs = new PlanCosts();
    costs.visit(plan, Run.ONCE);
    return List.copyOf(costs.nodes);
  }

  private void visit(PlanNode node, Run run) {
    double subqueries =
        node.children().stream().mapToDouble(child -> subquery(node, child, run)).sum();
    if (node.readsRelation()) {
      double own = Math.max(0, run.cost(node) - subqueries);
      nodes.add(
          new NodeCost(node, own, run.times, run.queries, run.fraction, run.processes, run.bet));
    }
    List<PlanNode> inputs = inputs(node).toList();
    if (node.type().equals("Nested Loop") && inputs.size() == 2) {
      nestedLoop(node, inputs.get(0), inputs.get(1), run);
    } else {
      for (int side = 0; side < inputs.size(); side++) {
        visit(inputs.get(side), inputRun(node, inputs.get(side), side, run));
      }
    }
  }

  private static Stream<PlanNode> inputs(PlanNode node) {
    return node.children().stream().filter(child -> !child.isSubquery());
  }

  /** Visits a child that is a query of its own; what it costs, or 0 when it is an input. */
  private double subquery(PlanNode parent, PlanNode child, Run run) {
    if (!child.isSubquery()) {
      return 0;
    }
    // an InitPlan is charged for once in every run of the query that it is part of
    double times =
        child.relationship().equals("InitPlan")
            ? run.queries
            : parent.hashes(child) ? 1 : subplanRuns(parent, child, run);
    Run own = new Run(times, times, 1, run.processes, null);
    visit(child, own);
    return own.cost(child);
  }

  /**
   * A plan does not say how often a subplan runs, but what it costs is part of what its parent
   * costs, which therefore bounds it.
   */
  private static double subplanRuns(PlanNode parent, PlanNode child, Run run) {
    double inputs = inputs(parent).mapToDouble(PlanNode::totalCost).sum();
    double spent = Math.max(0, parent.totalCost() - inputs) * run.times * run.fraction;
    boolean free = child.totalCost() <= 0;
    return free ? run.times : Math.max(1, Math.floor(spent / child.totalCost()));
  }

  private void nestedLoop(PlanNode join, PlanNode outer, PlanNode inner, Run run) {
    visit(outer, outerRun(join, outer, run));
    double loops = run.times * Math.max(1, outer.rows() * run.fraction);
    if (inner.type().equals("Materialize")) {
      // its input is read once and kept
      inputs(inner).forEach(child -> visit(child, run.toItsEnd()));
      return;
    }
    visit(
        inner,
        new Run(bounded(loops, join, outer, inner, run), run.queries, 1, run.processes, null));
  }

  /**
   * The join's own cost holds all runs of its inner side, so that bounds them: rows that a semi
   * join does not read, and results that Memoize keeps.
   */
  private static double bounded(
      double loops, PlanNode join, PlanNode outer, PlanNode inner, Run run) {
    double spent = run.times * run.fraction * Math.max(0, join.totalCost() - outer.totalCost());
    return inner.totalCost() <= 0
        ? loops
        : Math.max(run.times, Math.min(loops, spent / inner.totalCost()));
  }

  private static Run inputRun(PlanNode node, PlanNode input, int side, Run run) {
    if (node.type().equals("Limit")) {
      return limited(node, input, run);
    }
    if (BLOCKING.contains(node.type())) {
      return run.toItsEnd();
    }
    if (node.type().startsWith("Gather")) {
      return run.gathered(node);
    }
    boolean join = node.type().endsWith("Join");
    return join && side == 0 ? outerRun(node, input, run) : join ? innerRun(run) : run;
  }

  private static Run outerRun(PlanNode join, PlanNode outer, Run run) {
    boolean filters = join.rows() < JOIN_KEEPS * outer.rows();
    Bet bet = run.bet;
    return new Run(
        run.times,
        run.queries,
        run.fraction,
        run.processes,
        bet == null || !filters ? bet : bet.throughFilteringJoin());
  }

  /** The other side of a merge join is read as far as the outer one; no LIMIT is bet on there. */
  private static Run innerRun(Run run) {
    return new Run(run.times, run.queries, run.fraction, run.processes, null);
  }

  private static Run limited(PlanNode limit, PlanNode input, Run run) {
    double range = input.totalCost() - input.startupCost();
    double fraction =
        range <= 0
            ? 1
            : Math.min(1, Math.max(0, (limit.totalCost() - input.startupCost()) / range));
    double saved = run.times * Math.max(0, input.totalCost() - limit.totalCost());
    return new Run(
        run.times, run.queries, run.fraction * fraction, run.processes, new Bet(saved, false));
  }
}
