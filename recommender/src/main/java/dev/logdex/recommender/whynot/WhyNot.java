package dev.logdex.recommender.whynot;

import static java.util.Objects.requireNonNull;

/**
 * A statement that got no recommendation, and why.
 *
 * @param fingerprint 16 hexadecimal digits
 * @param text normalized: no literal in it
 * @param calls in the look-back
 * @param sentence the reason for this one statement, without literals
 */
public record WhyNot(
    String database,
    String fingerprint,
    String text,
    long calls,
    WhyNotReason reason,
    String sentence) {
  public WhyNot {
    requireNonNull(database, "database");
    requireNonNull(fingerprint, "fingerprint");
    requireNonNull(text, "text");
    requireNonNull(reason, "reason");
    requireNonNull(sentence, "sentence");
  }
}
