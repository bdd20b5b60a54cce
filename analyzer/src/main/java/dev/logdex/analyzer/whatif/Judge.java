package dev.logdex.analyzer.whatif;

import dev.logdex.analyzer.catalog.RelationName;
import dev.logdex.analyzer.plan.PlanNode;
import dev.logdex.analyzer.scan.ScanConditions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns plans into costs that can be compared: HypoPG's bias is taken out, and a plan that bets on
 * reaching its LIMIT early is judged by what it costs when the bet is lost.
 */
final class Judge {
  private final Function<RelationName, Optional<RelationName>> tableOf;

  /**
   * A judge.
   *
   * @param tableOf the table that a relation belongs to; empty for what is no table of interest
   */
  Judge(Function<RelationName, Optional<RelationName>> tableOf) {
    this.tableOf = tableOf;
  }

  /** Costs of a plan that the database makes today, as the planner has them. */
  StatementCosts today(PlanNode plan) {
    List<SourceCost> sources = new ArrayList<>();
    for (NodeCost cost : PlanCosts.of(plan)) {
      table(cost.node())
          .ifPresent(table -> sources.add(source(table, cost, cost.cost(), false, false)));
    }
    return new StatementCosts(plan.totalCost(), sources);
  }

  /** Costs of a plan under a hypothetical index. */
  StatementCosts under(Hypothesis hypothesis, PlanNode plan) {
    List<SourceCost> sources = new ArrayList<>();
    double corrections = 0;
    TreeSet<Double> lostBets = new TreeSet<>();
    for (NodeCost cost : PlanCosts.of(plan)) {
      Optional<RelationName> table = table(cost.node());
      if (table.isEmpty()) {
        continue;
      }
      boolean uses = uses(hypothesis, cost.node());
      NodeCost.Bet bet = uses ? bet(hypothesis, cost) : null;
      double correction = correction(hypothesis, cost, bet == null ? cost.fraction() : 1);
      double own = (bet == null ? cost.cost() : cost.fullCost()) + correction;
      corrections += correction;
      if (bet != null) {
        lostBets.add(bet.savedCost());
      }
      sources.add(source(table.get(), cost, own, uses, bet != null));
    }
    double total =
        plan.totalCost() + corrections + lostBets.stream().mapToDouble(saved -> saved).sum();
    return new StatementCosts(total, sources);
  }

  private Optional<RelationName> table(PlanNode node) {
    return tableOf.apply(
        new RelationName(
            Objects.requireNonNullElse(node.schema(), ""),
            Objects.requireNonNullElse(node.relation(), "")));
  }

  private static SourceCost source(
      RelationName table, NodeCost cost, double own, boolean usesCandidate, boolean abortsEarly) {
    return new SourceCost(
        table,
        Objects.requireNonNullElse(cost.node().alias(), ""),
        own,
        cost.loops(),
        cost.node().indexReads().map(PlanNode::indexName).filter(Objects::nonNull).toList(),
        usesCandidate,
        abortsEarly);
  }

  private static boolean uses(Hypothesis hypothesis, PlanNode node) {
    return node.indexReads().anyMatch(read -> hypothesis.isCalled(read.indexName()));
  }

  /** What HypoPG makes too cheap or, if negative, too dear. */
  private static double correction(Hypothesis hypothesis, NodeCost cost, double fraction) {
    return cost.node()
        .indexReads()
        .filter(read -> hypothesis.isCalled(read.indexName()))
        .mapToDouble(read -> correction(hypothesis, cost, read, fraction))
        .sum();
  }

  private static double correction(
      Hypothesis hypothesis, NodeCost cost, PlanNode read, double fraction) {
    String condition = read.conditions().indexCond();
    double descents = ScanConditions.descents(condition);
    double entries = condition == null ? Double.POSITIVE_INFINITY : cost.rows(read) / descents;
    boolean bitmap = read.type().startsWith("Bitmap"); // made in full before the first row
    double searches = cost.loops() * descents / cost.queries();
    double pages = cost.queries() * hypothesis.pages().correction(searches, entries);
    return cost.loops() * descents * hypothesis.descentCost() + (bitmap ? 1 : fraction) * pages;
  }

  /**
   * The bet that a scan of the hypothetical index makes, if it makes one: it supplies the order for
   * a LIMIT while it leaves finding the right rows to a filter, so that the planner's figure holds
   * only when those are spread evenly.
   */
  private static NodeCost.@Nullable Bet bet(Hypothesis hypothesis, NodeCost cost) {
    NodeCost.Bet bet = cost.bet();
    boolean ordered =
        cost.node().type().startsWith("Index")
            && hypothesis.orderedAliases().contains(cost.node().alias());
    return bet != null && ordered && (bet.joinFilters() || filters(hypothesis, cost.node()))
        ? bet
        : null;
  }

  private static boolean filters(Hypothesis hypothesis, PlanNode node) {
    String alias = Objects.requireNonNullElse(node.alias(), "");
    String condition = node.conditions().indexCond();
    String filter = node.conditions().filter();
    boolean narrowed = ScanConditions.narrows(condition, alias, hypothesis.leadingElement());
    boolean conditional = filter != null || ScanConditions.narrowsAny(condition, alias);
    return conditional && (!narrowed || ScanConditions.hasEquality(filter, alias));
  }
}
