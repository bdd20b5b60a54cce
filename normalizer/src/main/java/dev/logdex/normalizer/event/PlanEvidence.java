package dev.logdex.normalizer.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A plan with which a statement really ran, as auto_explain logged it. Private data: its conditions
 * hold the literals of the call.
 *
 * @param plan as logged, whole, without the query's text
 * @param loggedAt event time
 * @param elapsedMs milliseconds
 * @param rows that its top node returned; null when the plan does not tell
 */
public record PlanEvidence(
    PlanFormat format, String plan, Instant loggedAt, double elapsedMs, @Nullable Long rows) {
  public PlanEvidence {
    requireNonNull(format, "format");
    requireNonNull(plan, "plan");
    requireNonNull(loggedAt, "loggedAt");
  }
}
