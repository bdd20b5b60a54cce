package dev.logdex.recommender.advice;

import java.util.ArrayList;
import java.util.List;

/**
 * Text from a log or a catalog made fit to be shown: it may hold anything, also what would steer a
 * terminal or turn a line around.
 */
public final class VisibleText {
  private static final int REPLACEMENT = 0xFFFD;

  private VisibleText() {}

  /** The text on one line: white space as it is between words, invisible characters replaced. */
  public static String oneLine(String text) {
    StringBuilder visible = new StringBuilder();
    text.codePoints()
        .map(c -> Character.isWhitespace(c) ? ' ' : isInvisible(c) ? REPLACEMENT : c)
        .forEach(visible::appendCodePoint);
    return visible.toString();
  }

  /** The first code points of the text, with an ellipsis where something was cut. */
  public static String cut(String text, int maxCodePoints) {
    return text.codePointCount(0, text.length()) <= maxCodePoints
        ? text
        : text.substring(0, text.offsetByCodePoints(0, maxCodePoints)) + "…";
  }

  /**
   * SQL in lines of at most {@code width} code points where its words allow that. Lines break
   * between words only, and never inside quotes, so that the text can be run as it stands.
   */
  public static List<String> wrapSql(String sql, int width) {
    return fill(words(oneLine(sql).strip(), true), width);
  }

  /** Prose in lines of at most {@code width} code points. */
  public static List<String> wrap(String prose, int width) {
    return fill(words(oneLine(prose).strip(), false), width);
  }

  private static List<String> fill(List<String> words, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : words) {
      if (line.length() > 0 && length(line) + 1 + length(word) > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() > 0 ? " " : "").append(word);
    }
    if (line.length() > 0) {
      lines.add(line.toString());
    }
    return lines;
  }

  private static List<String> words(String text, boolean keepQuotes) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ' ' && quote == 0) {
        if (word.length() > 0) {
          words.add(word.toString());
          word.setLength(0);
        }
        continue;
      }
      if (keepQuotes && (c == '"' || c == '\'')) {
        quote = quote == 0 ? c : quote == c ? 0 : quote;
      }
      word.append(c);
    }
    if (word.length() > 0) {
      words.add(word.toString());
    }
    return words;
  }

  private static int length(CharSequence text) {
    return Character.codePointCount(text, 0, text.length());
  }

  private static boolean isInvisible(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.UNASSIGNED;
  }
}
