package dev.logdex.recommender.lifecycle;

import static dev.logdex.recommender.event.RecommendationState.ACCEPTED;
import static dev.logdex.recommender.event.RecommendationState.DISMISSED;
import static dev.logdex.recommender.event.RecommendationState.PROPOSED;

import dev.logdex.recommender.event.Decision;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.RecommendationCommand;
import dev.logdex.recommender.event.RecommendationState;
import java.time.Instant;
import java.util.Optional;

/** What a person's decision makes of a recommendation. */
final class Decisions {
  private Decisions() {}

  /** The recommendation after the decision; nothing where it changes nothing or is not possible. */
  static Optional<Recommendation> taken(
      Recommendation advice, RecommendationCommand command, Instant at) {
    if (!command.action().isOpenTo(advice.state()) || command.isIn(advice)) {
      return Optional.empty();
    }
    Decision decision = new Decision(command.reason(), command.by(), command.until(), at);
    return Optional.of(
        switch (command.action()) {
          case ACCEPT ->
              changed(
                  TemporaryIndex.named(advice.decided(decision)),
                  ACCEPTED,
                  accepted(decision),
                  decision);
          case DISMISS ->
              changed(advice.decided(decision), DISMISSED, dismissed(decision), decision);
          case REOPEN -> changed(advice.decided(null), PROPOSED, "Reopened", decision);
        });
  }

  private static String accepted(Decision decision) {
    Instant until = decision.until();
    return "Accepted"
        + (until == null ? "" : " as a temporary index, to be dropped after " + until);
  }

  private static String dismissed(Decision decision) {
    Instant until = decision.until();
    return "Dismissed" + (until == null ? "" : " until " + until);
  }

  private static Recommendation changed(
      Recommendation advice, RecommendationState state, String what, Decision decision) {
    return advice.in(
        state,
        what
            + (decision.by().isBlank() ? "" : " by " + decision.by())
            + (decision.reason().isBlank() ? "." : ": " + sentence(decision.reason())));
  }

  private static String sentence(String text) {
    String stripped = text.strip();
    return stripped.endsWith(".") ? stripped : stripped + ".";
  }
}
