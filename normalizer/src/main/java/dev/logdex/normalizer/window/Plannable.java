package dev.logdex.normalizer.window;

import java.util.Locale;
import java.util.Set;

/**
 * Statements that a planner can be asked about. Others get no sample: it would be of no use, and
 * some of them ({@code ALTER ROLE … PASSWORD}) hold secrets.
 */
final class Plannable {
  private static final Set<String> FIRST_WORDS =
      Set.of("select", "insert", "update", "delete", "merge", "with", "values", "table", "declare");

  private Plannable() {}

  /** Whether every statement of a normalized text is one. */
  static boolean all(String text) {
    boolean quoted = false;
    boolean plannable = begins(text, 0);
    for (int at = 0; at < text.length() && plannable; at++) {
      char c = text.charAt(at);
      quoted ^= c == '"';
      plannable = c != ';' || quoted || begins(text, at + 1);
    }
    return plannable;
  }

  private static boolean begins(String text, int from) {
    int start = from;
    while (start < text.length() && (text.charAt(start) == '(' || text.charAt(start) == ' ')) {
      start++;
    }
    int end = start;
    while (end < text.length() && Character.isLetter(text.charAt(end))) {
      end++;
    }
    return FIRST_WORDS.contains(text.substring(start, end).toLowerCase(Locale.ROOT));
  }
}
