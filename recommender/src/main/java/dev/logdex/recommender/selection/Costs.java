package dev.logdex.recommender.selection;

import static java.util.stream.Collectors.toMap;

import dev.logdex.analyzer.event.AnalysedStatement;
import dev.logdex.analyzer.event.ScanCost;
import dev.logdex.analyzer.event.StatementCost;
import dev.logdex.analyzer.event.TableAnalysis;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The costs of a table's analysis, found by name. All in planner units. */
public final class Costs {
  private final Map<Pair, ScanCost> scanCosts = new HashMap<>();
  private final Map<Pair, Double> statementCosts = new HashMap<>();
  private final Map<String, AnalysedStatement> statements;

  public Costs(TableAnalysis analysis) {
    for (ScanCost cost : analysis.costs()) {
      scanCosts.merge(
          new Pair(cost.scan(), cost.index()), cost, (a, b) -> a.cost() <= b.cost() ? a : b);
    }
    statements =
        analysis.statements().stream()
            .collect(toMap(AnalysedStatement::fingerprint, s -> s, (first, again) -> first));
    for (StatementCost cost : analysis.statementCosts()) {
      statementCosts.merge(new Pair(cost.fingerprint(), cost.index()), believed(cost), Math::min);
    }
  }

  /** A gain that rests on the cache is not believed. */
  private double believed(StatementCost cost) {
    return cost.needsCache()
        ? Math.max(
            cost.cost(),
            statement(cost.fingerprint()).map(AnalysedStatement::baselineCost).orElse(0.0))
        : cost.cost();
  }

  /** The cell of a scan and an index; empty when the scan's plan does not use the index. */
  public Optional<ScanCost> scan(String scan, String index) {
    return Optional.ofNullable(scanCosts.get(new Pair(scan, index)));
  }

  /** A whole statement under the index alone; empty when its plan does not use the index. */
  public OptionalDouble statement(String fingerprint, String index) {
    Double cost = statementCosts.get(new Pair(fingerprint, index));
    return cost == null ? OptionalDouble.empty() : OptionalDouble.of(cost);
  }

  public Optional<AnalysedStatement> statement(String fingerprint) {
    return Optional.ofNullable(statements.get(fingerprint));
  }

  /** Share of a whole statement's cost that the index alone saves; 0 when nothing is known. */
  public double statementImprovement(String fingerprint, String index) {
    double before = statement(fingerprint).map(AnalysedStatement::baselineCost).orElse(0.0);
    return share(before, statement(fingerprint, index).orElse(before));
  }

  /** What part of the cost before is saved; 0 when nothing is. */
  public static double share(double before, double after) {
    return before > 0 ? Math.max(0, (before - after) / before) : 0;
  }

  private record Pair(String row, String index) {}
}
