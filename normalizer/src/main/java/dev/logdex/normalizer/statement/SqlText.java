package dev.logdex.normalizer.statement;

/**
 * As much of SQL's lexical rules as is needed to see where a quoted text or comment ends. Indexes
 * are of UTF-16 units; an unclosed text ends at the end.
 */
final class SqlText {
  private SqlText() {}

  /** Whether nothing but blanks, semicolons and comments is in the text. */
  static boolean isBlank(String sql) {
    int at = 0;
    while (at < sql.length()) {
      int after = skipSpace(sql, at);
      if (after == sql.length()) {
        return true;
      }
      if (sql.charAt(after) != ';') {
        return false;
      }
      at = after + 1;
    }
    return true;
  }

  /** The first index at or after {@code from} that is neither white space nor comment. */
  static int skipSpace(String sql, int from) {
    int at = from;
    while (at < sql.length()) {
      if (Character.isWhitespace(sql.charAt(at)) || sql.charAt(at) == 0) {
        at++;
      } else if (sql.startsWith("--", at)) {
        at = endOfLine(sql, at);
      } else if (sql.startsWith("/*", at)) {
        at = endOfBlockComment(sql, at);
      } else {
        break;
      }
    }
    return at;
  }

  /** The index after the quoted text, comment, word or single character at {@code from}. */
  static int skipToken(String sql, int from) {
    char c = sql.charAt(from);
    if (sql.startsWith("--", from)) {
      return endOfLine(sql, from);
    }
    if (sql.startsWith("/*", from)) {
      return endOfBlockComment(sql, from);
    }
    if (c == '\'' || c == '"') {
      return endOfQuoted(sql, from, c, false);
    }
    if ((c == 'e' || c == 'E') && sql.startsWith("'", from + 1)) {
      return endOfQuoted(sql, from + 1, '\'', true);
    }
    if (c == '$') {
      return endOfDollarQuoted(sql, from);
    }
    return isWordPart(c) ? endOfWord(sql, from) : from + 1;
  }

  /** The index after the word at {@code from}; {@code from} when there is none. */
  static int endOfWord(String sql, int from) {
    int at = from;
    while (at < sql.length() && isWordPart(sql.charAt(at))) {
      at++;
    }
    return at;
  }

  /** The index after a plain or quoted identifier; {@code from} when there is none. */
  static int endOfIdentifier(String sql, int from) {
    boolean quoted = from < sql.length() && sql.charAt(from) == '"';
    return quoted ? endOfQuoted(sql, from, '"', false) : endOfWord(sql, from);
  }

  /** The index after the parenthesis that closes the one at {@code from}; -1 when none does. */
  static int endOfParentheses(String sql, int from) {
    int depth = 0;
    int at = from;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      at = skipToken(sql, at);
      if (depth == 0) {
        return at;
      }
    }
    return -1;
  }

  /** The index of the first semicolon outside quotes and comments; the length when none is. */
  static int endOfStatement(String sql, int from) {
    int at = from;
    while (at < sql.length() && sql.charAt(at) != ';') {
      at = skipToken(sql, at);
    }
    return at;
  }

  /** Whether the keyword stands at {@code from}, in any case, and ends there. */
  static boolean isKeyword(String sql, int from, String keyword) {
    return sql.regionMatches(true, from, keyword, 0, keyword.length())
        && endOfWord(sql, from) == from + keyword.length();
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$' || Character.isSurrogate(c);
  }

  private static int endOfLine(String sql, int from) {
    int end = sql.indexOf('\n', from);
    return end < 0 ? sql.length() : end + 1;
  }

  private static int endOfBlockComment(String sql, int from) {
    int depth = 0;
    int at = from;
    while (at < sql.length()) {
      if (sql.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (sql.startsWith("*/", at)) {
        at += 2;
        if (--depth == 0) {
          return at;
        }
      } else {
        at++;
      }
    }
    return at;
  }

  private static int endOfQuoted(String sql, int from, char quote, boolean backslashes) {
    int at = from + 1;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (c == '\\' && backslashes) {
        at += 2;
      } else if (c != quote) {
        at++;
      } else if (at + 1 < sql.length() && sql.charAt(at + 1) == quote) {
        at += 2;
      } else {
        return at + 1;
      }
    }
    return sql.length();
  }

  private static int endOfDollarQuoted(String sql, int from) {
    int tagEnd = from + 1;
    while (tagEnd < sql.length() && sql.charAt(tagEnd) != '$' && isWordPart(sql.charAt(tagEnd))) {
      tagEnd++;
    }
    boolean parameter = from + 1 < sql.length() && Character.isDigit(sql.charAt(from + 1));
    if (parameter || tagEnd >= sql.length() || sql.charAt(tagEnd) != '$') {
      return from + 1;
    }
    String tag = sql.substring(from, tagEnd + 1);
    int close = sql.indexOf(tag, tagEnd + 1);
    return close < 0 ? sql.length() : close + tag.length();
  }
}
