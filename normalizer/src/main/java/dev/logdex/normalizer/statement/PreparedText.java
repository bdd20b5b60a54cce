package dev.logdex.normalizer.statement;

import dev.logdex.normalizer.text.Utf8;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A {@code PREPARE name (types) AS statement}.
 *
 * @param name as the server keeps it: unquoted and folded
 * @param statement a view of the text that is run by EXECUTE
 */
record PreparedText(String name, Utf8 statement) {
  private static final String PREPARE = "PREPARE";

  /** Whether the text begins with PREPARE. */
  static boolean begins(Utf8 source, int from) {
    return SqlText.isKeyword(source, from, PREPARE);
  }

  /** The {@code PREPARE} itself, and nothing of what it prepares. */
  static Utf8 keyword(Utf8 source, int from) {
    return source.part(from, from + PREPARE.length());
  }

  /** All that the source prepares, in its order. */
  static List<PreparedText> in(Utf8 source) {
    List<PreparedText> all = new ArrayList<>();
    int at = SqlText.skipSpace(source, 0);
    while (at < source.length()) {
      int end = SqlText.endOfStatement(source, at);
      PreparedText one = begins(source, at) ? read(source, at, end) : null;
      if (one != null) {
        all.add(one);
      }
      at = SqlText.skipSpace(source, end + 1);
    }
    return all;
  }

  /**
   * The text that the source, a DETAIL part or auto_explain's query text, gives the name: the
   * statement that it prepares under it, or, as with those prepared by the extended protocol, the
   * whole. Null when it holds no such text.
   */
  static @Nullable Utf8 named(String name, Utf8 source) {
    List<PreparedText> all = in(source);
    for (PreparedText one : all) {
      if (one.name.equals(name)) {
        return one.statement;
      }
    }
    int at = SqlText.skipSpace(source, 0);
    boolean single = SqlText.isBlank(source, SqlText.endOfStatement(source, at));
    boolean whole = all.isEmpty() && single && at < source.length() && !begins(source, at);
    return whole ? source : null;
  }

  /** What a plan is of: the prepared statement where auto_explain shows its PREPARE. */
  static Utf8 planned(Utf8 source) {
    int at = SqlText.skipSpace(source, 0);
    if (!begins(source, at)) {
      return source;
    }
    PreparedText prepared = read(source, at, SqlText.endOfStatement(source, at));
    return prepared == null ? source : prepared.statement;
  }

  /** The name that an identifier stands for. */
  static String name(Utf8 identifier) {
    String text = identifier.toString();
    return text.startsWith("\"") && text.endsWith("\"") && text.length() > 1
        ? text.substring(1, text.length() - 1).replace("\"\"", "\"")
        : text.toLowerCase(Locale.ROOT);
  }

  private static @Nullable PreparedText read(Utf8 source, int from, int end) {
    int nameFrom = SqlText.skipSpace(source, from + PREPARE.length());
    int nameTo = SqlText.endOfIdentifier(source, nameFrom);
    int at = SqlText.skipSpace(source, nameTo);
    if (at < end && source.at(at) == '(') {
      int close = SqlText.endOfParentheses(source, at);
      at = close < 0 ? end : SqlText.skipSpace(source, close);
    }
    if (nameTo == nameFrom || at >= end || !SqlText.isKeyword(source, at, "AS")) {
      return null;
    }
    Utf8 statement = SqlText.strip(source.part(SqlText.skipSpace(source, at + 2), end));
    return statement.isEmpty()
        ? null
        : new PreparedText(name(source.part(nameFrom, nameTo)), statement);
  }
}
