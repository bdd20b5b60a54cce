package dev.logdex.analyzer.round;

import static java.util.stream.Collectors.toSet;

import dev.logdex.analyzer.event.Analysis;
import dev.logdex.analyzer.event.ExistingIndex;
import dev.logdex.analyzer.event.PlanOutline;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.runtime.EventJson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes analyses fit into a record: what only people read goes first, outlines of plans with an
 * index, then all outlines, then the ends of long texts; and then the costs of indexes that improve
 * nothing.
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
    TableAnalysis today = table.withOutlines(outlinesOfToday(table));
    TableAnalysis bare = table.withOutlines(List.of());
    Stream<TableAnalysis> whole = Stream.of(today, bare);
    Stream<TableAnalysis> shorter =
        TEXT_CHARACTERS.stream().map(characters -> cut(bare, characters));
    Stream<TableAnalysis> shortest =
        Stream.of(bare).map(Fitting::withoutUselessCosts).map(few -> cut(few, FEWEST_CHARACTERS));
    return Stream.of(whole, shorter, shortest)
        .flatMap(each -> each)
        .filter(each -> size(each) <= bytes)
        .findFirst()
        .map(each -> each);
  }

  private static List<PlanOutline> outlinesOfToday(TableAnalysis table) {
    return table.outlines().stream().filter(outline -> outline.index() == null).toList();
  }

  private static TableAnalysis withoutUselessCosts(TableAnalysis table) {
    Map<String, Double> baselines = new HashMap<>();
    table.scans().forEach(scan -> baselines.put(scan.id(), scan.baselineCost()));
    table.statements().forEach(each -> baselines.put(each.fingerprint(), each.baselineCost()));
    Set<String> existing =
        table.existingIndexes().stream().map(ExistingIndex::name).collect(toSet());
    return table.withCosts(
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
    return table.withStatements(
        table.statements().stream().map(statement -> statement.cut(characters)).toList());
  }
}
