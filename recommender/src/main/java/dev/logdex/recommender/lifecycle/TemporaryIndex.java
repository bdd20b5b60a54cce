package dev.logdex.recommender.lifecycle;

import static dev.logdex.recommender.event.RecommendationState.APPLIED;

import dev.logdex.recommender.advice.Ticket;
import dev.logdex.recommender.event.Decision;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.recommender.event.RecommendationKind;
import dev.logdex.recommender.recommendation.IndexName;
import java.time.Instant;
import java.util.Collection;

/** An index that somebody accepted for a time: how it is called, and when to speak of it again. */
final class TemporaryIndex {
  private TemporaryIndex() {}

  /** The advice as it was decided: an index that is accepted for a time is called so. */
  static Recommendation named(Recommendation advice) {
    Decision decision = advice.decision();
    boolean temporary =
        advice.kind() == RecommendationKind.CREATE_INDEX
            && decision != null
            && decision.until() != null
            && !IndexName.isTemporary(advice.indexName());
    if (!temporary) {
      return advice;
    }
    String name = IndexName.temporary(advice.indexName(), advice.id());
    Recommendation renamed =
        advice.renamed(name, sql -> IndexName.replaced(sql, advice.indexName(), name));
    return renamed.told(Ticket.title(renamed), Ticket.body(renamed));
  }

  /** Whether advice to drop an index is about one that somebody wanted until a later time. */
  static boolean isNotYetDue(
      Recommendation advice, Collection<RecommendationEvent> told, Instant now) {
    return advice.kind() == RecommendationKind.DROP_INDEX
        && told.stream()
            .map(RecommendationEvent::data)
            .filter(other -> other.state() == APPLIED)
            .filter(other -> other.indexName().equals(advice.indexName()))
            .map(Recommendation::decision)
            .anyMatch(
                decision ->
                    decision != null && decision.until() != null && now.isBefore(decision.until()));
  }
}
