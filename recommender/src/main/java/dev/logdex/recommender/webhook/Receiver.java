package dev.logdex.recommender.webhook;

import dev.logdex.recommender.event.RecommendationEvent;

/**
 * Whoever is told of events. Being told of the same one twice has the effect of once, if it can.
 */
interface Receiver {
  /**
   * Tells of one event.
   *
   * @throws NotNowException when a later attempt may go well
   * @throws RefusedException when none will
   */
  void tell(RecommendationEvent event) throws InterruptedException;
}
