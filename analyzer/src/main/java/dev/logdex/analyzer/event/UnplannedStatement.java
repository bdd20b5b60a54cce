package dev.logdex.analyzer.event;

import static java.util.Objects.requireNonNull;

/**
 * A statement that has no scans, and why.
 *
 * @param fingerprint 16 hexadecimal digits
 * @param text normalized: no literal in it
 * @param detail one sentence for a person, without literals
 */
public record UnplannedStatement(
    String fingerprint, String text, long calls, UnplannedReason reason, String detail) {
  public UnplannedStatement {
    requireNonNull(fingerprint, "fingerprint");
    requireNonNull(text, "text");
    requireNonNull(reason, "reason");
    requireNonNull(detail, "detail");
  }
}
