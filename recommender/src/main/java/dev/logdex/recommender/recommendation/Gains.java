package dev.logdex.recommender.recommendation;

import static java.util.stream.Collectors.toSet;

import dev.logdex.analyzer.event.AnalysedStatement;
import dev.logdex.analyzer.event.Scan;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.recommender.event.StatementGain;
import dev.logdex.recommender.selection.ChosenIndex;
import dev.logdex.recommender.selection.Costs;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which statements each chosen index makes cheaper. A statement counts for the indexes that were
 * chosen for its scans; one with no such scan counts for the chosen index that helps it most, when
 * that one helps enough. So a saving that two indexes could bring is told of one.
 */
final class Gains {
  private final TableAnalysis analysis;
  private final Costs costs;
  private final double minStatementImprovement;
  private final List<ChosenIndex> chosen;
  private final Map<String, Set<String>> scansOfStatement = new HashMap<>();

  Gains(TableAnalysis analysis, List<ChosenIndex> chosen, double minStatementImprovement) {
    this.analysis = analysis;
    this.costs = new Costs(analysis);
    this.chosen = List.copyOf(chosen);
    this.minStatementImprovement = minStatementImprovement;
    for (Scan scan : analysis.scans()) {
      for (String fingerprint : scan.statements()) {
        scansOfStatement.computeIfAbsent(fingerprint, f -> new HashSet<>()).add(scan.id());
      }
    }
  }

  /** The statements that gain by the index, largest saving per minute first. */
  List<StatementGain> of(ChosenIndex index) {
    return analysis.statements().stream()
        .filter(statement -> counts(statement, index))
        .flatMap(statement -> gain(statement, index))
        .sorted(
            Comparator.comparingDouble((StatementGain gain) -> -savingPerMinute(gain))
                .thenComparing(StatementGain::fingerprint))
        .toList();
  }

  static double savingPerMinute(StatementGain gain) {
    return (gain.costBefore() - gain.costAfter()) * gain.callsPerMinute();
  }

  private boolean counts(AnalysedStatement statement, ChosenIndex index) {
    Set<ChosenIndex> forItsScans =
        chosen.stream().filter(other -> isForScanOf(statement, other)).collect(toSet());
    return forItsScans.isEmpty()
        ? bestOf(statement).filter(index::equals).isPresent()
        : forItsScans.contains(index);
  }

  private boolean isForScanOf(AnalysedStatement statement, ChosenIndex index) {
    Set<String> scans = scansOfStatement.getOrDefault(statement.fingerprint(), Set.of());
    return index.scans().stream().anyMatch(scans::contains);
  }

  private Optional<ChosenIndex> bestOf(AnalysedStatement statement) {
    return chosen.stream()
        .filter(index -> improvement(statement, index) >= minStatementImprovement)
        .min(Comparator.comparingDouble(index -> -improvement(statement, index)));
  }

  private double improvement(AnalysedStatement statement, ChosenIndex index) {
    return costs.statementImprovement(statement.fingerprint(), index.candidate().id());
  }

  private Stream<StatementGain> gain(AnalysedStatement statement, ChosenIndex index) {
    return improvement(statement, index) > 0
        ? costs.statement(statement.fingerprint(), index.candidate().id()).stream()
            .mapToObj(
                cost ->
                    new StatementGain(
                        statement.fingerprint(),
                        statement.text(),
                        statement.callsPerMinute(),
                        statement.baselineCost(),
                        cost))
        : Stream.empty();
  }
}
