package dev.logdex.recommender.page;

import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.recommender.whynot.WhyNot;
import java.util.List;
import java.util.Optional;

/**
 * What the page shows. Every method answers with what is known at that moment, for any thread; what
 * it gave does not change. Analyses of tables are big and many: they are fetched one at a time.
 */
public interface Findings {
  /** Every recommendation ever told of, each as last told. */
  List<RecommendationEvent> recommendations();

  /** The recommendation with that id as last told. */
  default Optional<RecommendationEvent> recommendation(String id) {
    return recommendations().stream().filter(told -> told.data().id().equals(id)).findFirst();
  }

  /** The tables that have an analysis. */
  List<TableSummary> tables();

  /**
   * A table's analysis.
   *
   * @param key {@code database/schema.table}, the key of its record
   */
  Optional<TableFinding> table(String key);

  /** The statements that gain by no recommendation, by database and most calls first. */
  List<WhyNot> whyNot();
}
