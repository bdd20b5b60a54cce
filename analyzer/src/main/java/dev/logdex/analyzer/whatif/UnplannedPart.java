package dev.logdex.analyzer.whatif;

import static java.util.Objects.requireNonNull;

import dev.logdex.analyzer.event.UnplannedReason;
import dev.logdex.normalizer.event.DeadLetterReason;
import org.jspecify.annotations.Nullable;

/**
 * Why a query of a statement has no plan.
 *
 * @param deadLetter null when there is nothing wrong with it
 * @param detail one sentence, without literals
 */
public record UnplannedPart(
    UnplannedReason reason, @Nullable DeadLetterReason deadLetter, String detail) {
  public UnplannedPart {
    requireNonNull(reason, "reason");
    requireNonNull(detail, "detail");
  }
}
