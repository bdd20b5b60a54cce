package dev.logdex.analyzer.candidate;

import dev.logdex.analyzer.scan.Value;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the extension pg_trgm can do with a pattern. */
final class Trigrams {
  private static final int LENGTH = 3;

  private Trigrams() {}

  /** Whether the operator class is one of pg_trgm's, in whatever schema. */
  static boolean isClass(@Nullable String operatorClass) {
    return operatorClass != null && operatorClass.endsWith("_trgm_ops");
  }

  /** Whether the operator takes a pattern, and not a string to be like. */
  static boolean takesPattern(String operator) {
    return operator.startsWith("~");
  }

  /**
   * Whether a pattern has three characters in a row that every match has, without which each entry
   * of the index would have to be read. A pattern that is not known may have.
   */
  static boolean hasTrigram(String operator, Value value) {
    Optional<String> pattern = value.text();
    if (pattern.isEmpty() || !takesPattern(operator)) {
      return true;
    }
    return operator.startsWith("~~")
        ? longestRun(pattern.get(), "%_", "") >= LENGTH
        : longestRun(pattern.get(), ".^$|()[]{}*+?", "*?{") >= LENGTH;
  }

  /**
   * Characters in a row that stand for themselves.
   *
   * @param special those that do not
   * @param undoing those that make the one before them optional
   */
  private static int longestRun(String pattern, String special, String undoing) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < pattern.length(); i++) {
      char character = pattern.charAt(i);
      if (special.indexOf(character) >= 0 || !isWord(character)) {
        boolean undone = undoing.indexOf(character) >= 0;
        longest = Math.max(longest, undone ? run - 1 : run);
        run = 0;
      } else {
        run++;
      }
    }
    return Math.max(longest, run);
  }

  /** Trigrams are made of letters and digits (ISWORDCHR in trgm.h). */
  private static boolean isWord(char character) {
    return Character.isLetterOrDigit(character);
  }
}
