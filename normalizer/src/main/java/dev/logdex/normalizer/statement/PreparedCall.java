package dev.logdex.normalizer.statement;

import dev.logdex.normalizer.text.Utf8;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An {@code EXECUTE p1(3)}: what runs is the text that was prepared under the name.
 *
 * @param name as the server keeps it: unquoted and folded
 * @param parameters the call's arguments when all are simple literals; else none
 */
record PreparedCall(String name, Parameters parameters) {
  private static final String EXECUTE = "EXECUTE";

  /** Null when the message is not one EXECUTE and nothing else. */
  static @Nullable PreparedCall in(Utf8 message) {
    int at = SqlText.skipSpace(message, 0);
    if (!SqlText.isKeyword(message, at, EXECUTE)) {
      return null;
    }
    if (!SqlText.isBlank(message, SqlText.endOfStatement(message, at))) {
      return null; // several statements in one message, of which the detail tells about one
    }
    int nameFrom = SqlText.skipSpace(message, at + EXECUTE.length());
    int nameTo = SqlText.endOfIdentifier(message, nameFrom);
    if (nameTo == nameFrom) {
      return null;
    }
    String name = PreparedText.name(message.part(nameFrom, nameTo));
    return new PreparedCall(
        name, Parameters.of(arguments(message, SqlText.skipSpace(message, nameTo))));
  }

  private static List<@Nullable String> arguments(Utf8 message, int from) {
    if (from >= message.length() || message.at(from) != '(') {
      return List.of();
    }
    List<@Nullable String> values = new ArrayList<>();
    int at = from;
    while (message.at(at) != ')') {
      at = SqlText.skipSpace(message, at + 1);
      int end = endOfArgument(message, at);
      if (end >= message.length()) {
        return List.of();
      }
      String literal = SqlText.strip(message.part(at, end)).toString();
      if (!isSimpleLiteral(literal)) {
        return List.of();
      }
      values.add(value(literal));
      at = end;
    }
    return values;
  }

  private static int endOfArgument(Utf8 message, int from) {
    int at = from;
    while (at < message.length() && message.at(at) != ',' && message.at(at) != ')') {
      int close = message.at(at) == '(' ? SqlText.endOfParentheses(message, at) : 0;
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
      return text.length() > 1 && SqlText.skipToken(Utf8.of(text), 0) == Utf8.of(text).length();
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
