package dev.logdex.recommender.recommendation;

import static java.util.stream.Collectors.toCollection;

import dev.logdex.analyzer.event.ExistingIndex;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.analyzer.event.TableNeighbours;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** Names that a new index of a table must not have. */
public final class TakenNames {
  private TakenNames() {}

  /** Those of the table's indexes and those nearby that begin like ours; may be added to. */
  public static Set<String> of(TableAnalysis analysis) {
    TableNeighbours neighbours = analysis.facts().neighbours();
    return Stream.concat(
            analysis.existingIndexes().stream().map(ExistingIndex::name),
            neighbours == null ? Stream.empty() : neighbours.takenNames().stream())
        .collect(toCollection(HashSet::new));
  }
}
