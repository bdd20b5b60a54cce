package dev.logdex.analyzer.round;

import static java.util.stream.Collectors.toSet;

import dev.logdex.analyzer.event.AnalysedStatement;
import dev.logdex.analyzer.event.Analysis;
import dev.logdex.analyzer.event.ExistingIndex;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.runtime.EventJson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes analyses fit into a record: where there are too many statements, their texts are cut, which
 * only people read, and then the costs are left out of indexes that improve nothing.
 */
public final class Fitting {
  private static final int FEWEST_CHARACTERS = 100;
  private static final List<Integer> TEXT_CHARACTERS = List.of(1000, FEWEST_CHARACTERS);

  private Fitting() {}

  /** The analysis in at most so many bytes of JSON; empty when that cannot be. */
  public static Optional<Analysis> fit(Analysis analysis, int bytes) {
    if (size(analysis) <= bytes) {
      return Optional.of(analysis);
    }
    return analysis instanceof TableAnalysis table ? fit(table, bytes) : Optional.empty();
  }

  private static Optional<Analysis> fit(TableAnalysis table, int bytes) {
    Stream<TableAnalysis> shorter =
        TEXT_CHARACTERS.stream().map(characters -> cut(table, characters));
    Stream<TableAnalysis> shortest =
        Stream.of(table).map(Fitting::withoutUselessCosts).map(few -> cut(few, FEWEST_CHARACTERS));
    return Stream.concat(shorter, shortest)
        .filter(each -> size(each) <= bytes)
        .findFirst()
        .map(each -> each);
  }

  private static TableAnalysis withoutUselessCosts(TableAnalysis table) {
    Map<String, Double> baselines = new HashMap<>();
    table.scans().forEach(scan -> baselines.put(scan.id(), scan.baselineCost()));
    table.statements().forEach(each -> baselines.put(each.fingerprint(), each.baselineCost()));
    Set<String> existing =
        table.existingIndexes().stream().map(ExistingIndex::name).collect(toSet());
    return new TableAnalysis(
        table.version(),
        table.table(),
        table.analysedTo(),
        table.facts(),
        table.writes(),
        table.statements(),
        table.scans(),
        table.candidates(),
        table.existingIndexes(),
        table.costs().stream()
            .filter(
                cell ->
                    existing.contains(cell.index())
                        || cell.cost() < baselines.getOrDefault(cell.scan(), 0.0))
            .toList(),
        table.statementCosts().stream()
            .filter(cost -> cost.cost() < baselines.getOrDefault(cost.fingerprint(), 0.0))
            .toList());
  }

  private static int size(Analysis analysis) {
    return EventJson.write(analysis).length;
  }

  private static TableAnalysis cut(TableAnalysis table, int characters) {
    return new TableAnalysis(
        table.version(),
        table.table(),
        table.analysedTo(),
        table.facts(),
        table.writes(),
        table.statements().stream().map(statement -> cut(statement, characters)).toList(),
        table.scans(),
        table.candidates(),
        table.existingIndexes(),
        table.costs(),
        table.statementCosts());
  }

  private static AnalysedStatement cut(AnalysedStatement statement, int characters) {
    String text = statement.text();
    return new AnalysedStatement(
        statement.fingerprint(),
        text.substring(0, Math.min(text.length(), characters)),
        statement.calls(),
        statement.callsPerMinute(),
        statement.meanTimeMs(),
        statement.baselineCost());
  }
}
