package dev.logdex.recommender.event;

import static java.util.Objects.requireNonNull;

/**
 * A statement that the recommendation makes cheaper.
 *
 * @param fingerprint 16 hexadecimal digits
 * @param text normalized: no literal in it
 * @param costBefore of the whole statement today, in planner units
 * @param costAfter the same with the recommended index
 */
public record StatementGain(
    String fingerprint, String text, double callsPerMinute, double costBefore, double costAfter) {
  public StatementGain {
    requireNonNull(fingerprint, "fingerprint");
    requireNonNull(text, "text");
  }
}
