package dev.logdex.recommender.page;

import dev.logdex.recommender.event.RecommendationCommand;

/** Where decisions go that somebody takes on the page. */
@FunctionalInterface
public interface Decisions {
  /**
   * Hands a decision on; it shows in the {@link Findings} as soon as the stage has taken it in.
   *
   * @throws RuntimeException when it could not be handed on: nothing has been decided then
   */
  void decide(RecommendationCommand command);
}
