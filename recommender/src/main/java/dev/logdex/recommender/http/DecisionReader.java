package dev.logdex.recommender.http;

import static java.util.Objects.requireNonNullElse;

import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.RecommendationCommand;
import dev.logdex.recommender.event.RecommendationCommand.Action;
import dev.logdex.recommender.page.DecisionForms;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes a command of what somebody sent, or refuses it. */
final class DecisionReader {
  private DecisionReader() {}

  /**
   * The command.
   *
   * @throws RefusedException when it is none, or cannot be taken in the recommendation's state
   */
  static RecommendationCommand command(Recommendation advice, Sent sent) {
    Action action = action(requireNonNullElse(sent.action(), ""));
    if (!DecisionForms.possible(advice.state()).contains(action)) {
      throw new RefusedException(
          409,
          "Too late",
          "A recommendation that is %s cannot be decided on by %s."
              .formatted(advice.state().word(), action.word()));
    }
    return new RecommendationCommand(
        advice.id(),
        action,
        bounded("reason", sent.reason(), DecisionForms.REASON_LENGTH),
        bounded("by", sent.by(), DecisionForms.NAME_LENGTH),
        action == Action.REOPEN ? null : until(requireNonNullElse(sent.until(), "")));
  }

  private static Action action(String word) {
    return Arrays.stream(Action.values())
        .filter(action -> action.word().equals(word))
        .findFirst()
        .orElseThrow(() -> RefusedException.badRequest("The action is accept, dismiss or reopen."));
  }

  private static String bounded(String name, @Nullable String text, int length) {
    String given = requireNonNullElse(text, "").strip();
    if (given.length() > length) {
      throw RefusedException.badRequest(
          "The " + name + " has more than " + length + " characters.");
    }
    return given;
  }

  /** A day begins at midnight UTC. */
  private static @Nullable Instant until(String text) {
    if (text.isBlank()) {
      return null;
    }
    try {
      return text.length() == 10
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(text);
    } catch (DateTimeException e) {
      throw RefusedException.badRequest("The date is not one like 2027-01-31.");
    }
  }

  /**
   * What was sent, by a form or as JSON.
   *
   * @param until a date, or a time with its zone Z
   */
  record Sent(
      @Nullable String action,
      @Nullable String reason,
      @Nullable String by,
      @Nullable String until) {}
}
