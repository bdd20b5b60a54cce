package dev.logdex.normalizer.fingerprint;

import static java.util.Objects.requireNonNull;

import dev.logdex.normalizer.event.Fingerprint;
import java.util.Map;

/**
 * What is left of a statement when its values are taken out.
 *
 * @param text canonical SQL, lower case, with {@code $1…} for every literal and parameter in the
 *     order of the text; the same for every statement of this fingerprint. Several statements of
 *     one message are joined by {@code "; "}.
 * @param complete false when the text ends where no statement can end: it was cut on its way here
 * @param statements how many statements the text holds; at least 1
 * @param tags what sqlcommenter or marginalia wrote into comments, by key; no part of the identity
 */
public record NormalizedStatement(
    Fingerprint fingerprint,
    String text,
    boolean complete,
    int statements,
    Map<String, String> tags) {
  public NormalizedStatement {
    requireNonNull(fingerprint, "fingerprint");
    requireNonNull(text, "text");
    if (statements < 1) {
      throw new IllegalArgumentException("statements must be positive: " + statements);
    }
    tags = Map.copyOf(tags);
  }
}
