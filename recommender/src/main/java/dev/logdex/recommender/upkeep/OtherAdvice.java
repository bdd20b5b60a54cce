package dev.logdex.recommender.upkeep;

import static java.util.Objects.requireNonNull;

import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.RecommendationKind;
import dev.logdex.recommender.selection.Costs;
import dev.logdex.recommender.usage.IndexUsage;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * From a table's analysis, and from how production uses its indexes, to advice other than a new
 * index: a function of these alone.
 */
public final class OtherAdvice {
  private static final Map<Finding, Rule> RULES =
      Map.of(
          Finding.INVALID, new InvalidIndexes(),
          Finding.REDUNDANT, new RedundantIndexes(),
          Finding.COUNTERPRODUCTIVE, new CounterproductiveIndexes(),
          Finding.TEMPORARY, new TemporaryIndexes(),
          Finding.UNUSED, new UnusedIndexes(),
          Finding.BLOAT, new BloatedIndexes(),
          Finding.VISIBILITY, new Vacuum(),
          Finding.STATISTICS, new Analyze(),
          Finding.CORRELATION, new ExtendedStatistics());

  private final UpkeepPolicy policy;

  public OtherAdvice(UpkeepPolicy policy) {
    this.policy = requireNonNull(policy, "policy");
  }

  /**
   * The advice, most severe first, then by id. About one index there is one piece of advice: an
   * index that is to go is not also to be rebuilt.
   *
   * @param created the indexes that are recommended for the table
   */
  public List<Recommendation> of(
      TableAnalysis analysis, IndexUsage usage, List<Recommendation> created) {
    TableCase table = new TableCase(analysis, usage, created, policy, new Costs(analysis));
    Map<List<String>, Draft> bySubject = new LinkedHashMap<>();
    policy.kinds().stream()
        .sorted()
        .flatMap(kind -> requireNonNull(RULES.get(kind)).of(table))
        .forEach(draft -> bySubject.putIfAbsent(subject(draft), draft));
    return bySubject.values().stream()
        .map(draft -> draft.recommendation(analysis))
        .sorted(
            Comparator.comparing(Recommendation::severity)
                .reversed()
                .thenComparing(Recommendation::id))
        .toList();
  }

  private static List<String> subject(Draft draft) {
    boolean index =
        draft.kind() == RecommendationKind.DROP_INDEX || draft.kind() == RecommendationKind.REINDEX;
    return index
        ? List.of("index", draft.subject().name())
        : List.of(draft.kind().word(), String.join("\0", draft.about()));
  }
}
