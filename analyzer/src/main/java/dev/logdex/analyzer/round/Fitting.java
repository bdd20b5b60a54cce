package dev.logdex.analyzer.round;

import dev.logdex.analyzer.event.AnalysedStatement;
import dev.logdex.analyzer.event.Analysis;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.runtime.EventJson;
import java.util.List;
import java.util.Optional;

/**
 * Makes analyses fit into a record: where there are too many statements, their texts are cut, which
 * only people read.
 */
public final class Fitting {
  private static final List<Integer> TEXT_CHARACTERS = List.of(1000, 100);

  private Fitting() {}

  /** The analysis in at most so many bytes of JSON; empty when that cannot be. */
  public static Optional<Analysis> fit(Analysis analysis, int bytes) {
    if (size(analysis) <= bytes) {
      return Optional.of(analysis);
    }
    return analysis instanceof TableAnalysis table ? fit(table, bytes) : Optional.empty();
  }

  private static Optional<Analysis> fit(TableAnalysis table, int bytes) {
    return TEXT_CHARACTERS.stream()
        .map(characters -> cut(table, characters))
        .filter(shorter -> size(shorter) <= bytes)
        .findFirst();
  }

  private static int size(Analysis analysis) {
    return EventJson.write(analysis).length;
  }

  private static Analysis cut(TableAnalysis table, int characters) {
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
