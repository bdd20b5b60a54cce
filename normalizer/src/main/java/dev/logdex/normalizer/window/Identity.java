package dev.logdex.normalizer.window;

import dev.logdex.normalizer.event.Fingerprint;
import dev.logdex.normalizer.event.QueryWindow;
import java.time.Duration;
import java.time.Instant;

/**
 * Which statement of which database a window is about, and when.
 *
 * @param start inclusive
 */
record Identity(
    String database, Fingerprint fingerprint, String text, Instant start, Duration size) {
  static Identity of(QueryWindow window) {
    return new Identity(
        window.database(),
        window.fingerprint(),
        window.text(),
        window.windowStart(),
        window.windowSize());
  }

  /** The window of all statements beyond the bound for different ones. */
  static Identity ofOthers(String database, Instant start, Duration size) {
    return new Identity(database, QueryWindow.OTHER, QueryWindow.OTHER_TEXT, start, size);
  }
}
