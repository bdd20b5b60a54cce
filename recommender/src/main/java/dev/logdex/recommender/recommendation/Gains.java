package dev.logdex.recommender.recommendation;

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

  /** Ids of the chosen candidates that were chosen for the statement's scans, by fingerprint. */
  private final Map<String, Set<String>> chosenForScansOf = new HashMap<>();

  Gains(TableAnalysis analysis, List<ChosenIndex> chosen, double minStatementImprovement) {
    this.analysis = analysis;
    this.costs = new Costs(analysis);
    this.chosen = List.copyOf(chosen);
    this.minStatementImprovement = minStatementImprovement;
    Map<String, String> chosenFor = new HashMap<>();
    chosen.forEach(
        index -> index.scans().forEach(scan -> chosenFor.put(scan, index.candidate().id())));
    for (Scan scan : analysis.scans()) {
      String index = chosenFor.get(scan.id());
      if (index != null) {
        scan.statements()
            .forEach(
                fingerprint ->
                    chosenForScansOf.computeIfAbsent(fingerprint, f -> new HashSet<>()).add(index));
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
    Set<String> forItsScans = chosenForScansOf.get(statement.fingerprint());
    return forItsScans == null
        ? bestOf(statement).filter(index::equals).isPresent()
        : forItsScans.contains(index.candidate().id());
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
