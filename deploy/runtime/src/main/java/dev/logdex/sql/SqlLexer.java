package dev.logdex.sql;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Cursor over the tokens of a SQL text in UTF-8, by the rules of Postgres's own scanner
 * (src/backend/parser/scan.l of version 18, manual section 4.1). Reads any bytes without throwing
 * and without allocating; not thread-safe.
 *
 * <p>Where the scanner of 15 and later reports an error because a number or parameter runs into a
 * name ({@code 10and}), this gives two tokens, as the versions before did.
 */
public final class SqlLexer {
  // what a byte begins; 0 is a byte that begins nothing
  private static final byte SPACE = 1;
  private static final byte LETTER = 2;
  private static final byte DIGIT = 3;
  private static final byte OPERATOR = 4;
  private static final byte QUOTE = 5;
  private static final byte DOUBLE_QUOTE = 6;
  private static final byte DOLLAR = 7;
  private static final byte DOT = 8;
  private static final byte COLON = 9;
  private static final byte PUNCTUATION = 10;

  private static final TokenKind[] KINDS = TokenKind.values();
  private static final byte[] CLASS = classes();

  /** Bytes that go on an identifier. */
  private static final boolean[] IDENTIFIER_PART = identifierParts();

  /** Operator characters that let an operator end in + or -. */
  private static final boolean[] KEEPS_SIGN = setOf("~!@#^&|`?%");

  private boolean standardConformingStrings = true;
  private byte[] bytes = new byte[0];
  private int limit;

  /** Place of the kind in {@link #KINDS}: to store a reference costs a collector's barrier. */
  private byte kind;

  private long head;
  private int start;
  private int end;
  private boolean terminated = true;

  // + and - that an operator left behind, each one an operator; else a row of them would be read
  // to its end as often as it has signs
  private int signsFrom;
  private int signsTo;
  private boolean backslashes;

  private static byte[] classes() {
    byte[] classes = new byte[256];
    mark(classes, " \t\n\r\f\u000b", SPACE);
    mark(classes, "~!@#^&|`?+-*/%<>=", OPERATOR);
    mark(classes, ",()[];", PUNCTUATION);
    mark(classes, "'", QUOTE);
    mark(classes, "\"", DOUBLE_QUOTE);
    mark(classes, "$", DOLLAR);
    mark(classes, ".", DOT);
    mark(classes, ":", COLON);
    for (int b = '0'; b <= '9'; b++) {
      classes[b] = DIGIT;
    }
    for (int b = 'a'; b <= 'z'; b++) {
      classes[b] = LETTER;
      classes[b - 'a' + 'A'] = LETTER;
    }
    for (int b = 0x80; b <= 0xff; b++) {
      classes[b] = LETTER;
    }
    mark(classes, "_", LETTER);
    return classes;
  }

  private static void mark(byte[] classes, String characters, byte as) {
    for (int i = 0; i < characters.length(); i++) {
      classes[characters.charAt(i)] = as;
    }
  }

  private static boolean[] identifierParts() {
    boolean[] parts = setOf("$_");
    for (int b = 0; b < 256; b++) {
      parts[b] |= CLASS[b] == LETTER || CLASS[b] == DIGIT;
    }
    return parts;
  }

  private static boolean[] setOf(String characters) {
    boolean[] set = new boolean[256];
    for (int i = 0; i < characters.length(); i++) {
      set[characters.charAt(i)] = true;
    }
    return set;
  }

  /**
   * Whether a backslash in {@code 'text'} is an ordinary character, as it is in every server that
   * has not set {@code standard_conforming_strings} off. On at first.
   */
  public void setStandardConformingStrings(boolean on) {
    standardConformingStrings = on;
  }

  /** Starts over on a text; the array is read until the next reset and never changed. */
  public void reset(byte[] text, int offset, int length) {
    if (offset < 0 || length < 0 || length > text.length - offset) {
      throw new IndexOutOfBoundsException(
          "offset " + offset + ", length " + length + " of " + text.length);
    }
    bytes = text;
    limit = offset + length;
    start = offset;
    end = offset;
    signsTo = 0;
    terminated = true;
  }

  /** Starts over on a text, whose UTF-8 form is then what {@link #bytes} gives. */
  public void reset(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    reset(utf8, 0, utf8.length);
  }

  /**
   * Goes on from another place of the same text; the next token is the one that starts there or
   * after.
   */
  public void seek(int position) {
    end = position;
  }

  /** Finds the next token; false at the end of the text. */
  public boolean next() {
    byte[] text = bytes;
    int p = end;
    int to = limit;
    byte begins = 0;
    while (p < to) {
      begins = CLASS[text[p] & 0xff];
      if (begins != SPACE) {
        break;
      }
      p++;
    }
    start = p;
    if (p >= to) {
      end = p;
      return false;
    }
    terminated = true;
    switch (begins) {
      case LETTER -> identifier(p);
      case DIGIT -> number(p);
      case OPERATOR -> operatorOrComment(p);
      case PUNCTUATION -> finish(punctuation(text[p]), p + 1);
      case QUOTE -> quoted(TokenKind.STRING, p, !standardConformingStrings);
      case DOUBLE_QUOTE -> quotedIdentifier(TokenKind.QUOTED_IDENTIFIER, p);
      case DOLLAR -> dollar(p);
      case DOT -> dot(p);
      case COLON -> colon(p);
      default -> finish(TokenKind.OTHER, p + 1);
    }
    return true;
  }

  /** Like {@link #next}, over comments. */
  public boolean nextNotComment() {
    while (next()) {
      if (kind() != TokenKind.COMMENT) {
        return true;
      }
    }
    return false;
  }

  public TokenKind kind() {
    return KINDS[kind];
  }

  /** Index of the token's first byte. */
  public int start() {
    return start;
  }

  /** Index after the token's last byte. */
  public int end() {
    return end;
  }

  /**
   * The first eight bytes of an unquoted name, in lower case and with zeros after its end, for
   * comparisons with {@link EightBytes}. Of no meaning for other kinds.
   */
  public long head() {
    return head;
  }

  /** False when the text ends within the token: it was cut in a quote or a comment. */
  public boolean terminated() {
    return terminated;
  }

  /** The array being read. */
  public byte[] bytes() {
    return bytes;
  }

  /** Whether the token is the unquoted word, which must be in lower case. */
  public boolean isWord(String word) {
    if (kind() != TokenKind.IDENTIFIER || end - start != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (lower(bytes[start + i]) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The value of a name (unquoted, lower case unless it was quoted) or of a string constant
   * (unescaped; the digits of a bit string). Empty when Postgres would refuse the token: cut, empty
   * name, wrong escape, a zero byte, or bytes that are not UTF-8. Must not be asked for another
   * kind.
   */
  public Optional<String> value() {
    return value('\\');
  }

  /** Like {@link #value()}, for a {@code U&} token followed by {@code UESCAPE 'escape'}. */
  public Optional<String> value(char escape) {
    return terminated
        ? TokenValue.of(bytes, start, end, kind(), backslashes, escape)
        : Optional.empty();
  }

  /** Lower case of an ASCII letter; other bytes as they are, as Postgres does in UTF-8. */
  static byte lower(byte b) {
    return b >= 'A' && b <= 'Z' ? (byte) (b + ('a' - 'A')) : b;
  }

  /**
   * Where a string constant whose closing quote ends before {@code p} goes on: the index of the
   * next opening quote, or -1. Between the two stand white space and line comments with at least
   * one line end.
   */
  static int continuation(byte[] text, int p, int to) {
    boolean newline = false;
    for (; p < to; p++) {
      byte b = text[p];
      if (b == '\n' || b == '\r') {
        newline = true;
      } else if (b == '-' && p + 1 < to && text[p + 1] == '-') {
        p = lineEnd(text, p, to) - 1;
      } else if (CLASS[b & 0xff] != SPACE) {
        return newline && b == '\'' ? p : -1;
      }
    }
    return -1;
  }

  private static int lineEnd(byte[] text, int p, int to) {
    return EightBytes.find(text, p, to, '\n', '\r');
  }

  @SuppressWarnings("EnumOrdinal") // of no meaning beyond this class
  private void finish(TokenKind tokenKind, int tokenEnd) {
    kind = (byte) tokenKind.ordinal();
    end = tokenEnd;
  }

  private void cut(TokenKind tokenKind) {
    finish(tokenKind, limit);
    terminated = false;
  }

  private void identifier(int p) {
    long eight = EightBytes.at(bytes, p);
    int size = EightBytes.first(EightBytes.notInName(eight));
    if (size == 8) {
      size = longIdentifier(p);
    }
    size = Math.min(size, limit - p);
    head = EightBytes.head(EightBytes.lower(eight), size);
    finish(TokenKind.IDENTIFIER, p + size);
    if (size == 1 && p + 1 < limit) {
      prefixed(p);
    }
  }

  private int longIdentifier(int p) {
    int q = p;
    int size;
    do {
      q += 8;
      size = EightBytes.first(EightBytes.notInName(EightBytes.at(bytes, q)));
    } while (size == 8);
    return q - p + size;
  }

  /** A single letter may be the prefix of a constant. */
  private void prefixed(int p) {
    byte second = bytes[p + 1];
    if (second == '\'') {
      switch (bytes[p]) {
        case 'e', 'E' -> quoted(TokenKind.ESCAPE_STRING, p + 1, true);
        case 'b', 'B' -> bits(TokenKind.BIT_STRING, p + 1);
        case 'x', 'X' -> bits(TokenKind.HEX_STRING, p + 1);
        case 'n', 'N' -> quoted(TokenKind.NATIONAL_STRING, p + 1, !standardConformingStrings);
        default -> {}
      }
    } else if (second == '&' && lower(bytes[p]) == 'u') {
      switch (at(p + 2)) {
        case '\'' -> quoted(TokenKind.UNICODE_STRING, p + 2, false);
        case '"' -> quotedIdentifier(TokenKind.UNICODE_IDENTIFIER, p + 2);
        default -> {}
      }
    }
  }

  private byte at(int p) {
    return p < limit ? bytes[p] : 0;
  }

  private void quoted(TokenKind tokenKind, int p, boolean escapes) {
    byte[] text = bytes;
    int to = limit;
    backslashes = escapes;
    p++;
    while (p < to) {
      p = escapes ? EightBytes.find(text, p, to, '\'', '\\') : EightBytes.find(text, p, to, '\'');
      if (p >= to) {
        break;
      }
      if (text[p] == '\\') {
        p += 2;
      } else if (p + 1 < to && text[p + 1] == '\'') {
        p += 2;
      } else {
        int next = continuation(text, p + 1, to);
        if (next < 0) {
          finish(tokenKind, p + 1);
          return;
        }
        p = next + 1;
      }
    }
    cut(tokenKind);
  }

  /** Unlike in other constants, a doubled quote is no quote but the end and a next constant. */
  private void bits(TokenKind tokenKind, int p) {
    byte[] text = bytes;
    int to = limit;
    p++;
    while (p < to) {
      p = EightBytes.find(text, p, to, '\'') + 1;
      if (p <= to) {
        int next = continuation(text, p, to);
        if (next < 0) {
          finish(tokenKind, p);
          return;
        }
        p = next + 1;
      }
    }
    cut(tokenKind);
  }

  private void quotedIdentifier(TokenKind tokenKind, int p) {
    byte[] text = bytes;
    int to = limit;
    p = EightBytes.find(text, p + 1, to, '"') + 1;
    while (p < to && text[p] == '"') {
      p = EightBytes.find(text, p + 1, to, '"') + 1;
    }
    if (p <= to) {
      finish(tokenKind, p);
    } else {
      cut(tokenKind);
    }
  }

  private void number(int p) {
    if (bytes[p] == '0' && basedInteger(p)) {
      return;
    }
    p = digits(p);
    // 1..10 is an integer, the two dots of a loop, and an integer
    if (at(p) == '.' && at(p + 1) != '.') {
      p = digits(p + 1);
    }
    finish(TokenKind.NUMBER, exponent(p));
  }

  /** {@code 0x1F}, {@code 0o17} or {@code 0b11}, unless a name goes on after it. */
  private boolean basedInteger(int p) {
    int base =
        switch (at(p + 1)) {
          case 'x', 'X' -> 16;
          case 'o', 'O' -> 8;
          case 'b', 'B' -> 2;
          default -> 0;
        };
    if (base == 0) {
      return false;
    }
    int q = p + 2;
    while (true) {
      int digit = at(q) == '_' ? q + 1 : q;
      if (digit >= limit || Character.digit(bytes[digit], base) < 0) {
        break;
      }
      q = digit + 1;
    }
    if (q == p + 2 || (q < limit && IDENTIFIER_PART[bytes[q] & 0xff] && bytes[q] != '$')) {
      return false;
    }
    finish(TokenKind.NUMBER, q);
    return true;
  }

  /** The end of decimal digits, where a single underscore may stand between two of them. */
  private int digits(int p) {
    byte[] text = bytes;
    int to = limit;
    int from = p;
    while (p < to) {
      if (CLASS[text[p] & 0xff] == DIGIT) {
        p++;
      } else if (text[p] == '_' && p > from && p + 1 < to && CLASS[text[p + 1] & 0xff] == DIGIT) {
        p += 2;
      } else {
        break;
      }
    }
    return p;
  }

  private int exponent(int p) {
    if (at(p) != 'e' && at(p) != 'E') {
      return p;
    }
    int from = at(p + 1) == '+' || at(p + 1) == '-' ? p + 2 : p + 1;
    int to = digits(from);
    return to > from ? to : p;
  }

  private void dollar(int p) {
    byte next = at(p + 1);
    if (next >= '0' && next <= '9') {
      int q = p + 2;
      while (q < limit && CLASS[bytes[q] & 0xff] == DIGIT) {
        q++;
      }
      finish(TokenKind.PARAMETER, q);
      return;
    }
    int q = p + 1;
    while (q < limit && bytes[q] != '$' && IDENTIFIER_PART[bytes[q] & 0xff]) {
      q++;
    }
    if (at(q) == '$' && q < limit) {
      dollarQuoted(p, q + 1 - p);
    } else {
      finish(TokenKind.OTHER, p + 1);
    }
  }

  private void dollarQuoted(int p, int delimiterLength) {
    byte[] text = bytes;
    int last = limit - delimiterLength;
    for (int q = p + delimiterLength; q <= last; q++) {
      q = EightBytes.find(text, q, last + 1, '$');
      if (q <= last && sameBytes(text, p, q, delimiterLength)) {
        finish(TokenKind.DOLLAR_STRING, q + delimiterLength);
        return;
      }
    }
    cut(TokenKind.DOLLAR_STRING);
  }

  private static boolean sameBytes(byte[] text, int p, int q, int length) {
    for (int i = 1; i < length; i++) {
      if (text[p + i] != text[q + i]) {
        return false;
      }
    }
    return true;
  }

  private void dot(int p) {
    byte next = at(p + 1);
    if (next >= '0' && next <= '9') {
      finish(TokenKind.NUMBER, exponent(digits(p + 1)));
    } else if (next == '.') {
      finish(TokenKind.DOT_DOT, p + 2);
    } else {
      finish(TokenKind.DOT, p + 1);
    }
  }

  private void colon(int p) {
    switch (at(p + 1)) {
      case ':' -> finish(TokenKind.TYPECAST, p + 2);
      case '=' -> finish(TokenKind.COLON_EQUALS, p + 2);
      default -> finish(TokenKind.COLON, p + 1);
    }
  }

  private static TokenKind punctuation(byte b) {
    return switch (b) {
      case ',' -> TokenKind.COMMA;
      case '(' -> TokenKind.OPEN_PAREN;
      case ')' -> TokenKind.CLOSE_PAREN;
      case '[' -> TokenKind.OPEN_BRACKET;
      case ']' -> TokenKind.CLOSE_BRACKET;
      default -> TokenKind.SEMICOLON;
    };
  }

  private void operatorOrComment(int p) {
    byte first = bytes[p];
    byte second = at(p + 1);
    if (first == '-' && second == '-') {
      finish(TokenKind.COMMENT, lineEnd(bytes, p, limit));
    } else if (first == '/' && second == '*') {
      blockComment(p + 2);
    } else if (CLASS[second & 0xff] != OPERATOR) {
      finish(TokenKind.OPERATOR, p + 1);
    } else {
      finish(TokenKind.OPERATOR, operatorEnd(p));
    }
  }

  private void blockComment(int p) {
    byte[] text = bytes;
    int last = limit - 1;
    int depth = 1;
    while (true) {
      p = EightBytes.find(text, p, last, '*', '/');
      if (p >= last) {
        cut(TokenKind.COMMENT);
        return;
      }
      if (text[p] == '*' && text[p + 1] == '/') {
        p += 2;
        depth--;
        if (depth == 0) {
          finish(TokenKind.COMMENT, p);
          return;
        }
      } else if (text[p] == '/' && text[p + 1] == '*') {
        p += 2;
        depth++;
      } else {
        p++;
      }
    }
  }

  /**
   * A comment's start ends an operator, and + or - ends one of several characters only when a
   * character is in it that standard SQL has in no operator.
   */
  private int operatorEnd(int p) {
    if (p >= signsFrom && p < signsTo) {
      return p + 1;
    }
    byte[] text = bytes;
    int q = p;
    boolean keepsSign = false;
    while (q < limit && CLASS[text[q] & 0xff] == OPERATOR && !startsComment(q)) {
      q++;
    }
    for (int i = p; i < q - 1; i++) {
      keepsSign |= KEEPS_SIGN[text[i] & 0xff];
    }
    int end = q;
    while (!keepsSign && end > p + 1 && (text[end - 1] == '+' || text[end - 1] == '-')) {
      end--;
    }
    signsFrom = end;
    signsTo = q;
    return end;
  }

  private boolean startsComment(int p) {
    byte next = at(p + 1);
    return (bytes[p] == '-' && next == '-') || (bytes[p] == '/' && next == '*');
  }
}
