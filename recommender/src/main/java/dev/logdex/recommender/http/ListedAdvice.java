package dev.logdex.recommender.http;

import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.recommender.event.RecommendationKind;
import dev.logdex.recommender.event.RecommendationState;
import dev.logdex.recommender.event.Severity;
import java.time.Instant;

/**
 * A recommendation in a list.
 *
 * @param told event time of its last change
 * @param savingPerMinute planner units
 * @param queriesInAll that gain
 * @param sizeBytes that the index takes, or frees
 */
record ListedAdvice(
    String id,
    RecommendationState state,
    RecommendationKind kind,
    Severity severity,
    String database,
    String table,
    String title,
    String ddl,
    double savingPerMinute,
    int queriesInAll,
    long sizeBytes,
    Instant told) {
  static ListedAdvice of(RecommendationEvent event) {
    Recommendation advice = event.data();
    return new ListedAdvice(
        advice.id(),
        advice.state(),
        advice.kind(),
        advice.severity(),
        advice.database(),
        advice.table(),
        advice.title(),
        advice.ddl(),
        advice.savingPerMinute(),
        advice.queriesInAll(),
        advice.sizeBytes(),
        event.time());
  }
}
