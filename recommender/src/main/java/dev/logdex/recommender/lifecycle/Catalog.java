package dev.logdex.recommender.lifecycle;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.logdex.analyzer.event.Candidate;
import dev.logdex.analyzer.event.ExistingIndex;
import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.RecommendationKind;
import dev.logdex.recommender.recommendation.RecommendationId;
import dev.logdex.recommender.selection.Definitions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a table's analysis shows of its indexes: whether advice was followed, or has a better. */
final class Catalog {
  /** The ids that the table's valid indexes would have as recommendations, with their names. */
  private final Map<String, String> namesById;

  private final Set<String> names;

  /** By their canonical text. */
  private final Map<String, IndexDefinition> definitions;

  Catalog(TableAnalysis analysis) {
    namesById =
        analysis.existingIndexes().stream()
            .filter(ExistingIndex::valid)
            .collect(
                toMap(
                    index ->
                        RecommendationId.of(
                            analysis.table(), RecommendationKind.CREATE_INDEX, index.definition()),
                    ExistingIndex::name,
                    (first, second) -> first));
    names = analysis.existingIndexes().stream().map(ExistingIndex::name).collect(toSet());
    definitions =
        Stream.concat(
                analysis.candidates().stream().map(Candidate::definition),
                analysis.existingIndexes().stream().map(ExistingIndex::definition))
            .collect(toMap(Definitions::canonical, definition -> definition, (one, same) -> one));
  }

  /** The sentence that says how the catalog shows that the advice was followed, if it does. */
  Optional<String> doneBy(Recommendation advice) {
    if (advice.kind() == RecommendationKind.DROP_INDEX) {
      return names.contains(advice.indexName())
          ? Optional.empty()
          : Optional.of("The index is gone.");
    }
    String name = namesById.get(advice.id());
    return name == null ? Optional.empty() : Optional.of("The index is there as " + name + ".");
  }

  /** Other advice whose index does all that this one's would. */
  Optional<Recommendation> replacement(Recommendation advice, List<Recommendation> others) {
    IndexDefinition wanted = definitions.get(advice.index());
    if (wanted == null || advice.kind() != RecommendationKind.CREATE_INDEX) {
      return Optional.empty();
    }
    return others.stream()
        .filter(other -> other.kind() == RecommendationKind.CREATE_INDEX)
        .filter(
            other ->
                Optional.ofNullable(definitions.get(other.index()))
                    .filter(definition -> Definitions.servesInPlaceOf(definition, wanted))
                    .isPresent())
        .findFirst();
  }
}
