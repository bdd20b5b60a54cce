package dev.logdex.deploy.terminal;

/**
 * Text of others made safe to look at: a log can hold sequences that move a terminal's cursor or
 * change its title.
 */
public final class Printable {
  private static final char INSTEAD = '\uFFFD';

  private Printable() {}

  /** The text on one line: line ends and tabs are blanks, runs of blanks are one. */
  public static String line(String text) {
    return lines(text).replaceAll("\\s+", " ").strip();
  }

  /** The text with its lines and tabs, and no other control character. */
  public static String lines(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints().forEach(point -> safe.appendCodePoint(isSafe(point) ? point : INSTEAD));
    return safe.toString();
  }

  /** The text on one line, cut to a length with an ellipsis. */
  public static String excerpt(String text, int length) {
    String line = line(text);
    if (line.codePointCount(0, line.length()) <= length) {
      return line;
    }
    return line.substring(0, line.offsetByCodePoints(0, length - 1)) + "…";
  }

  private static boolean isSafe(int point) {
    return point == '\n'
        || point == '\t'
        || switch (Character.getType(point)) {
          // FORMAT holds the marks that turn the direction of what follows
          case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> false;
          default -> true;
        };
  }
}
