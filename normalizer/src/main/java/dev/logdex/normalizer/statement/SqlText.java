package dev.logdex.normalizer.statement;

import dev.logdex.normalizer.text.Utf8;

/**
 * As much of SQL's lexical rules as is needed to see where a quoted text or comment ends. Indexes
 * are of bytes; an unclosed text ends at the end.
 */
final class SqlText {
  private SqlText() {}

  /** Whether nothing but blanks, semicolons and comments is in the text. */
  static boolean isBlank(Utf8 sql, int from) {
    int at = skipSpace(sql, from);
    while (at < sql.length() && sql.at(at) == ';') {
      at = skipSpace(sql, at + 1);
    }
    return at >= sql.length();
  }

  /** The first index at or after {@code from} that is neither white space nor comment. */
  static int skipSpace(Utf8 sql, int from) {
    int at = from;
    while (at < sql.length()) {
      byte b = sql.at(at);
      if (isSpace(b)) {
        at++;
      } else if (b == '-' && is(sql, at + 1, '-')) {
        at = endOfLine(sql, at);
      } else if (b == '/' && is(sql, at + 1, '*')) {
        at = endOfBlockComment(sql, at);
      } else {
        break;
      }
    }
    return at;
  }

  /** The index after the last byte that is no white space. */
  static int stripped(Utf8 sql) {
    int end = sql.length();
    while (end > 0 && isSpace(sql.at(end - 1))) {
      end--;
    }
    return end;
  }

  /** Whether two texts are the same but for white space around them. */
  static boolean sameText(Utf8 one, Utf8 other) {
    return strip(one).equals(strip(other));
  }

  /** A view without white space around it. */
  static Utf8 strip(Utf8 sql) {
    int from = 0;
    int to = stripped(sql);
    while (from < to && isSpace(sql.at(from))) {
      from++;
    }
    return sql.part(from, to);
  }

  /** The index after the quoted text, comment, word or single byte at {@code from}. */
  static int skipToken(Utf8 sql, int from) {
    byte b = sql.at(from);
    if (b == '-' && is(sql, from + 1, '-')) {
      return endOfLine(sql, from);
    }
    if (b == '/' && is(sql, from + 1, '*')) {
      return endOfBlockComment(sql, from);
    }
    if (b == '\'' || b == '"') {
      return endOfQuoted(sql, from, b, false);
    }
    if ((b == 'e' || b == 'E') && is(sql, from + 1, '\'')) {
      return endOfQuoted(sql, from + 1, (byte) '\'', true);
    }
    if (b == '$') {
      return endOfDollarQuoted(sql, from);
    }
    return isWordPart(b) ? endOfWord(sql, from) : from + 1;
  }

  /** The index after the word at {@code from}; {@code from} when there is none. */
  static int endOfWord(Utf8 sql, int from) {
    int at = from;
    while (at < sql.length() && isWordPart(sql.at(at))) {
      at++;
    }
    return at;
  }

  /** The index after a plain or quoted identifier; {@code from} when there is none. */
  static int endOfIdentifier(Utf8 sql, int from) {
    return is(sql, from, '"') ? endOfQuoted(sql, from, (byte) '"', false) : endOfWord(sql, from);
  }

  /** The index after the parenthesis that closes the one at {@code from}; -1 when none does. */
  static int endOfParentheses(Utf8 sql, int from) {
    int depth = 0;
    int at = from;
    while (at < sql.length()) {
      byte b = sql.at(at);
      depth += b == '(' ? 1 : b == ')' ? -1 : 0;
      at = skipToken(sql, at);
      if (depth == 0) {
        return at;
      }
    }
    return -1;
  }

  /** The index of the first semicolon outside quotes and comments; the length when none is. */
  static int endOfStatement(Utf8 sql, int from) {
    int at = from;
    while (at < sql.length() && sql.at(at) != ';') {
      at = skipToken(sql, at);
    }
    return at;
  }

  /**
   * Whether the keyword stands at {@code from}, in any case, and ends there.
   *
   * @param keyword in upper case
   */
  static boolean isKeyword(Utf8 sql, int from, String keyword) {
    int end = from + keyword.length();
    if (end > sql.length() || (end < sql.length() && isWordPart(sql.at(end)))) {
      return false;
    }
    for (int i = 0; i < keyword.length(); i++) {
      byte b = sql.at(from + i);
      if ((b >= 'a' && b <= 'z' ? b - ('a' - 'A') : b) != keyword.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  static boolean isSpace(byte b) {
    return b >= 0 && b <= ' ' && (b == ' ' || (b >= '\t' && b <= '\r') || b == 0);
  }

  private static boolean is(Utf8 sql, int at, char expected) {
    return at < sql.length() && sql.at(at) == expected;
  }

  private static boolean isWordPart(byte b) {
    return b < 0
        || (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || b == '_'
        || b == '$';
  }

  private static int endOfLine(Utf8 sql, int from) {
    int end = sql.indexOf((byte) '\n', from);
    return end < 0 ? sql.length() : end + 1;
  }

  private static int endOfBlockComment(Utf8 sql, int from) {
    int depth = 0;
    int at = from;
    while (at < sql.length()) {
      if (sql.at(at) == '/' && is(sql, at + 1, '*')) {
        depth++;
        at += 2;
      } else if (sql.at(at) == '*' && is(sql, at + 1, '/')) {
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

  private static int endOfQuoted(Utf8 sql, int from, byte quote, boolean backslashes) {
    int at = from + 1;
    while (at < sql.length()) {
      byte b = sql.at(at);
      if (b == '\\' && backslashes) {
        at += 2;
      } else if (b != quote) {
        at++;
      } else if (at + 1 < sql.length() && sql.at(at + 1) == quote) {
        at += 2;
      } else {
        return at + 1;
      }
    }
    return sql.length();
  }

  private static int endOfDollarQuoted(Utf8 sql, int from) {
    int tagEnd = from + 1;
    while (tagEnd < sql.length() && sql.at(tagEnd) != '$' && isWordPart(sql.at(tagEnd))) {
      tagEnd++;
    }
    boolean parameter =
        from + 1 < sql.length() && sql.at(from + 1) >= '0' && sql.at(from + 1) <= '9';
    if (parameter || tagEnd >= sql.length() || sql.at(tagEnd) != '$') {
      return from + 1;
    }
    int length = tagEnd + 1 - from;
    for (int at = tagEnd + 1; at + length <= sql.length(); at++) {
      if (sql.at(at) == '$' && sql.part(at, at + length).equals(sql.part(from, tagEnd + 1))) {
        return at + length;
      }
    }
    return sql.length();
  }
}
