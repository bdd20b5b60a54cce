package dev.logdex.normalizer.logline;

import java.util.Locale;

/**
 * The word after the prefix: the level that starts a message, or the name of a further part of it.
 */
public enum LineWord {
  DEBUG,
  LOG,
  INFO,
  NOTICE,
  WARNING,
  ERROR,
  FATAL,
  PANIC,
  DETAIL,
  HINT,
  QUERY,
  CONTEXT,
  LOCATION,
  BACKTRACE,
  STATEMENT;

  /** Whether the word names a further part of the message before it, and starts none. */
  public boolean isPart() {
    return compareTo(DETAIL) >= 0;
  }

  /** Whether the message says that something failed: {@code ERROR} and worse. */
  public boolean isError() {
    return this == ERROR || this == FATAL || this == PANIC;
  }

  static LineWord named(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
