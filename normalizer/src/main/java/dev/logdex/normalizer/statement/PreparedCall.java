package dev.logdex.normalizer.statement;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code EXECUTE p1(3)} whose DETAIL part holds the text that was prepared: what ran is that
 * text.
 *
 * @param statement the prepared text, with its {@code $n}
 * @param parameters the call's arguments when all are simple literals; else empty
 */
record PreparedCall(String statement, List<@Nullable String> parameters) {
  private static final String LABEL = "prepare: ";

  /** Null when the message is not one EXECUTE with the text it runs. */
  static @Nullable PreparedCall of(String message, @Nullable String detail) {
    if (detail == null || !detail.startsWith(LABEL)) {
      return null;
    }
    String prepared = preparedText(detail.substring(LABEL.length()));
    int at = SqlText.skipSpace(message, 0);
    if (prepared == null || !SqlText.isKeyword(message, at, "EXECUTE")) {
      return null;
    }
    int end = SqlText.endOfStatement(message, at);
    if (!SqlText.isBlank(message.substring(end))) {
      return null; // several statements in one message, of which the detail tells about one
    }
    int name = SqlText.skipSpace(message, at + "EXECUTE".length());
    int afterName = SqlText.skipSpace(message, SqlText.endOfIdentifier(message, name));
    return new PreparedCall(prepared, arguments(message, afterName));
  }

  /** The text after PREPARE name (types) AS; null when the message begins with something else. */
  private static @Nullable String preparedText(String message) {
    int at = SqlText.skipSpace(message, 0);
    if (!SqlText.isKeyword(message, at, "PREPARE")) {
      return null;
    }
    at = SqlText.skipSpace(message, at + "PREPARE".length());
    at = SqlText.skipSpace(message, SqlText.endOfIdentifier(message, at));
    if (at < message.length() && message.charAt(at) == '(') {
      int close = SqlText.endOfParentheses(message, at);
      at = close < 0 ? message.length() : SqlText.skipSpace(message, close);
    }
    if (!SqlText.isKeyword(message, at, "AS")) {
      return null;
    }
    int from = SqlText.skipSpace(message, at + "AS".length());
    return message.substring(from, SqlText.endOfStatement(message, from)).stripTrailing();
  }

  private static List<@Nullable String> arguments(String message, int from) {
    if (from >= message.length() || message.charAt(from) != '(') {
      return List.of();
    }
    List<@Nullable String> values = new ArrayList<>();
    int at = from;
    while (message.charAt(at) != ')') {
      at = SqlText.skipSpace(message, at + 1);
      int end = endOfArgument(message, at);
      if (end >= message.length() || !isSimpleLiteral(message.substring(at, end).strip())) {
        return List.of();
      }
      values.add(value(message.substring(at, end).strip()));
      at = end;
    }
    return Collections.unmodifiableList(values);
  }

  private static int endOfArgument(String message, int from) {
    int at = from;
    while (at < message.length() && message.charAt(at) != ',' && message.charAt(at) != ')') {
      int close = message.charAt(at) == '(' ? SqlText.endOfParentheses(message, at) : 0;
      if (close < 0) {
        return message.length();
      }
      at = close > 0 ? close : SqlText.skipToken(message, at);
    }
    return at;
  }

  private static boolean isSimpleLiteral(String text) {
    if (text.isEmpty()) {
      return false;
    }
    if (text.charAt(0) == '\'') {
      return SqlText.skipToken(text, 0) == text.length() && text.length() > 1;
    }
    return text.equalsIgnoreCase("NULL")
        || text.equalsIgnoreCase("true")
        || text.equalsIgnoreCase("false")
        || isNumber(text);
  }

  private static boolean isNumber(String text) {
    boolean digits = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        digits = true;
      } else if (c != '.' && !(c == '-' && i == 0)) {
        return false;
      }
    }
    return digits;
  }

  private static @Nullable String value(String literal) {
    if (literal.charAt(0) == '\'') {
      return literal.substring(1, literal.length() - 1).replace("''", "'");
    }
    return literal.equalsIgnoreCase("NULL") ? null : literal;
  }
}
