package dev.logdex.analyzer.whatif;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingDouble;

import dev.logdex.analyzer.candidate.Candidates;
import dev.logdex.analyzer.event.Candidate;
import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.scan.TableScan;
import dev.logdex.analyzer.whatif.ScanRow.Performance;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The statements that cost a table next to nothing beside all but its dearest ones: each less than
 * 0.1 % of that, and all of them together less than 1 %. The planner is asked about them only under
 * the candidates that their own scans made a rule propose: what else could help them decides
 * nothing. The dearest do not count since one index may do away with nearly all that they cost.
 */
final class Negligible {
  /** Tables with no more statements have none that is passed over. */
  private static final int DEAREST = 20;

  private static final double SHARE = 0.001;
  private static final double SHARE_OF_ALL = 0.01;

  private final IdentityHashMap<PlannedStatement, Set<IndexDefinition>> own =
      new IdentityHashMap<>();

  private Negligible() {}

  /**
   * Those among the statements that a matrix has rows for.
   *
   * @param rules of the table
   * @param most candidates of a table
   */
  static Negligible among(List<ScanRow> rows, Candidates rules, int most) {
    IdentityHashMap<PlannedStatement, List<Performance>> performances = new IdentityHashMap<>();
    rows.stream()
        .flatMap(row -> row.performers().stream())
        .forEach(
            each ->
                performances
                    .computeIfAbsent(each.statement(), unseen -> new ArrayList<>())
                    .add(each));
    IdentityHashMap<PlannedStatement, Double> costs = new IdentityHashMap<>();
    performances.forEach((statement, all) -> costs.put(statement, cost(all)));
    List<PlannedStatement> cheapest =
        performances.keySet().stream()
            .sorted(
                comparingDouble((PlannedStatement each) -> costs.getOrDefault(each, 0.0))
                    .thenComparing(comparing(each -> each.statement().fingerprint())))
            .toList();
    double total =
        cheapest.stream()
            .limit(Math.max(0, cheapest.size() - DEAREST))
            .mapToDouble(each -> costs.getOrDefault(each, 0.0))
            .sum();
    Negligible negligible = new Negligible();
    double sum = 0;
    for (PlannedStatement statement : cheapest) {
      double cost = costs.getOrDefault(statement, 0.0);
      sum += cost;
      if (cost >= SHARE * total || sum >= SHARE_OF_ALL * total) {
        return negligible;
      }
      negligible.add(statement, performances.getOrDefault(statement, List.of()), rules, most);
    }
    return negligible;
  }

  private static double cost(List<Performance> performances) {
    return performances.stream().mapToDouble(each -> each.callsPerMinute() * each.cost()).sum();
  }

  private void add(
      PlannedStatement statement, List<Performance> performances, Candidates rules, int most) {
    List<TableScan> scans = performances.stream().map(Performance::scan).toList();
    Set<IndexDefinition> definitions = new HashSet<>();
    rules.propose(scans, most).stream().map(Candidate::definition).forEach(definitions::add);
    own.put(statement, definitions);
  }

  /** Whether the planner is asked about the statement under an index. */
  boolean isAsked(PlannedStatement statement, IndexDefinition definition) {
    Set<IndexDefinition> proposed = own.get(statement);
    return proposed == null || proposed.contains(definition);
  }
}
