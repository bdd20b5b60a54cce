package dev.logdex.recommender.lifecycle;

import static dev.logdex.recommender.event.RecommendationState.ACCEPTED;
import static dev.logdex.recommender.event.RecommendationState.APPLIED;
import static dev.logdex.recommender.event.RecommendationState.DISMISSED;
import static dev.logdex.recommender.event.RecommendationState.PROPOSED;

import dev.logdex.recommender.event.Decision;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.RecommendationCommand;
import dev.logdex.recommender.event.RecommendationState;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a person's decision makes of a recommendation. */
final class Decisions {
  private Decisions() {}

  /** The recommendation after the decision; nothing where it changes nothing or is not possible. */
  static Optional<Recommendation> taken(
      Recommendation advice, RecommendationCommand command, Instant at) {
    Decision decision = new Decision(command.reason(), command.by(), command.until(), at);
    return switch (command.action()) {
      case ACCEPT -> accepted(advice, decision);
      case DISMISS -> dismissed(advice, decision);
      case REOPEN -> reopened(advice, decision);
    };
  }

  private static Optional<Recommendation> accepted(Recommendation advice, Decision decision) {
    boolean possible = advice.state().stands() || advice.state() == DISMISSED;
    if (!possible || (advice.state() == ACCEPTED && isSame(advice.decision(), decision))) {
      return Optional.empty();
    }
    Instant until = decision.until();
    return Optional.of(
        changed(
            TemporaryIndex.named(advice.decided(decision)),
            ACCEPTED,
            "Accepted"
                + (until == null ? "" : " as a temporary index, to be dropped after " + until),
            decision));
  }

  /** Also what was withdrawn can be dismissed, so that it does not come again. */
  private static Optional<Recommendation> dismissed(Recommendation advice, Decision decision) {
    if (advice.state() == APPLIED
        || (advice.state() == DISMISSED && isSame(advice.decision(), decision))) {
      return Optional.empty();
    }
    Instant until = decision.until();
    return Optional.of(
        changed(
            advice.decided(decision),
            DISMISSED,
            "Dismissed" + (until == null ? "" : " until " + until),
            decision));
  }

  private static Optional<Recommendation> reopened(Recommendation advice, Decision decision) {
    return advice.state() == ACCEPTED || advice.state() == DISMISSED
        ? Optional.of(changed(advice.decided(null), PROPOSED, "Reopened", decision))
        : Optional.empty();
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

  /** The time at which it came does not make it another one. */
  private static boolean isSame(@Nullable Decision before, Decision now) {
    return before != null
        && new Decision(before.reason(), before.by(), before.until(), now.at()).equals(now);
  }
}
