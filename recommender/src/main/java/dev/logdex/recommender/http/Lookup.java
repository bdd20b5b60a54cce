package dev.logdex.recommender.http;

import dev.logdex.recommender.event.RecommendationCommand;
import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.recommender.page.Decisions;
import dev.logdex.recommender.page.Findings;

/** What pages and API do alike. */
final class Lookup {
  private Lookup() {}

  /**
   * The recommendation.
   *
   * @throws RefusedException when there is none
   */
  static RecommendationEvent recommendation(Findings findings, String id) {
    return findings
        .recommendation(id)
        .orElseThrow(() -> RefusedException.notFound("There is no recommendation with this id."));
  }

  /**
   * Hands a decision on.
   *
   * @throws RefusedException when it could not be
   */
  static void decide(Decisions decisions, RecommendationCommand command) {
    try {
      decisions.decide(command);
    } catch (RuntimeException e) { // whatever the other side throws, the decision is not taken
      RefusedException refused =
          new RefusedException(
              503, "Not taken", "The decision could not be handed on. Try again in a while.");
      refused.initCause(e);
      throw refused;
    }
  }
}
