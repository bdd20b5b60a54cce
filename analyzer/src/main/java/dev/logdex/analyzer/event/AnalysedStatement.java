package dev.logdex.analyzer.event;

import static java.util.Objects.requireNonNull;

/**
 * A statement that reads the table.
 *
 * @param fingerprint 16 hexadecimal digits
 * @param text normalized: no literal in it
 * @param calls in the look-back
 * @param callsPerMinute over the span that the windows cover
 * @param meanTimeMs milliseconds a call, as logged; 0 when no call was timed
 * @param baselineCost of the whole statement today, in planner units
 */
public record AnalysedStatement(
    String fingerprint,
    String text,
    long calls,
    double callsPerMinute,
    double meanTimeMs,
    double baselineCost) {
  public AnalysedStatement {
    requireNonNull(fingerprint, "fingerprint");
    requireNonNull(text, "text");
  }
}
