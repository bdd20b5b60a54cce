package dev.logdex.recommender.selection;

import dev.logdex.analyzer.event.AnalysedStatement;
import dev.logdex.analyzer.event.Scan;
import dev.logdex.analyzer.event.ScanCost;
import dev.logdex.analyzer.event.TableAnalysis;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether the chosen indexes earn their places by what whole statements cost: cells are about
 * scans, and a scan may gain what its statement does not. An index goes that no statement's plan
 * uses, or without which the statements cost hardly more; the least useful one first, since another
 * may take its place.
 */
final class Confirmation {
  private static final double LEAST_REMAINING = 0.01;

  private final TableAnalysis analysis;
  private final Costs costs;
  private final double leastShare;
  private final Map<String, List<Scan>> scansOf = new HashMap<>();

  /**
   * @param leastShare of what the statements cost a minute with the whole set, or of a hundredth of
   *     today's cost where that is more, that an index must save beside the others
   */
  Confirmation(TableAnalysis analysis, Costs costs, double leastShare) {
    this.analysis = analysis;
    this.costs = costs;
    this.leastShare = leastShare;
    for (Scan scan : analysis.scans()) {
      for (String fingerprint : scan.statements()) {
        scansOf.computeIfAbsent(fingerprint, unseen -> new ArrayList<>()).add(scan);
      }
    }
  }

  /**
   * What the statements say of a set.
   *
   * @param earned the indexes that stay, in the order given
   */
  record Verdict(List<String> earned, List<Declined> declined) {}

  Verdict of(List<String> indexes) {
    List<String> left = new ArrayList<>(indexes);
    List<Declined> declined = new ArrayList<>();
    double least = leastShare * Math.max(cost(indexes), LEAST_REMAINING * cost(List.of()));
    while (true) {
      Optional<Loss> idle =
          left.stream()
              .map(index -> loss(index, left))
              .filter(loss -> loss.perMinute <= least)
              .min(Comparator.comparingDouble(Loss::perMinute).thenComparing(Loss::index));
      if (idle.isEmpty()) {
        return new Verdict(List.copyOf(left), declined);
      }
      left.remove(idle.get().index);
      declined.add(
          new Declined(
              idle.get().index,
              Declined.Why.STATEMENTS_GAIN_TOO_LITTLE,
              idle.get().perMinute,
              least));
    }
  }

  /** What the statements would cost more a minute without the index. */
  private record Loss(String index, double perMinute) {}

  private Loss loss(String index, List<String> set) {
    List<String> others = set.stream().filter(other -> !other.equals(index)).toList();
    return new Loss(index, cost(others) - cost(set));
  }

  /** What the statements cost a minute with the set. */
  private double cost(List<String> set) {
    return analysis.statements().stream()
        .mapToDouble(each -> each.callsPerMinute() * cost(each, set))
        .sum();
  }

  /**
   * What one statement costs with the set: each of its scans takes the index that improves it most,
   * and what those indexes save alone adds up. Only the planner could tell it exactly.
   */
  private double cost(AnalysedStatement statement, List<String> set) {
    Set<String> used = new TreeSet<>();
    for (Scan scan : scansOf.getOrDefault(statement.fingerprint(), List.of())) {
      best(scan, set).ifPresent(used::add);
    }
    double saved = used.stream().mapToDouble(index -> saved(statement, index)).sum();
    return Math.max(0, statement.baselineCost() - saved);
  }

  private Optional<String> best(Scan scan, List<String> set) {
    String best = null;
    double least = scan.baselineCost();
    for (String index : set) {
      double cost = costs.scan(scan.id(), index).map(ScanCost::cost).orElse(Double.MAX_VALUE);
      if (cost < least) {
        least = cost;
        best = index;
      }
    }
    return Optional.ofNullable(best);
  }

  private double saved(AnalysedStatement statement, String index) {
    double before = statement.baselineCost();
    return before - costs.statement(statement.fingerprint(), index).orElse(before);
  }
}
