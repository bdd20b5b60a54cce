package dev.logdex.sql;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Takes quotes and escapes off a token, by the rules of Postgres's scanner. */
final class TokenValue {
  /** No character and no byte: an escape that is none, or no escape character at all. */
  private static final int INVALID = Integer.MIN_VALUE;

  private final byte[] text;
  private final int to;
  private final byte[] value;
  private int length;
  private int p;
  private boolean valid = true;

  private TokenValue(byte[] text, int start, int end) {
    this.text = text;
    this.p = start;
    this.to = end;
    // no escape is shorter than what it stands for
    this.value = new byte[end - start];
  }

  static Optional<String> of(
      byte[] text, int start, int end, TokenKind kind, boolean backslashes, char escape) {
    TokenValue token = new TokenValue(text, start, end);
    switch (kind) {
      case IDENTIFIER -> token.identifier();
      case QUOTED_IDENTIFIER -> token.quotedIdentifier(1, INVALID);
      case UNICODE_IDENTIFIER -> token.quotedIdentifier(3, escape);
      case STRING -> token.string(1, backslashes, INVALID);
      case ESCAPE_STRING, NATIONAL_STRING -> token.string(2, backslashes, INVALID);
      case UNICODE_STRING -> token.string(3, false, escape);
      case BIT_STRING -> token.bits(2);
      case HEX_STRING -> token.bits(16);
      case DOLLAR_STRING -> token.dollarQuoted();
      default -> throw new IllegalArgumentException("no value: " + kind);
    }
    return token.decoded();
  }

  private Optional<String> decoded() {
    if (!valid) {
      return Optional.empty();
    }
    for (int i = 0; i < length; i++) {
      if (value[i] == 0) {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value, 0, length)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private void put(byte b) {
    value[length++] = b;
  }

  private void identifier() {
    while (p < to) {
      put(SqlLexer.lower(text[p++]));
    }
  }

  private void quotedIdentifier(int opening, int escape) {
    p += opening;
    while (p < to - 1) {
      if (text[p] == '"') {
        p++;
      }
      character(escape);
    }
    valid &= length > 0;
  }

  private void string(int opening, boolean backslashes, int escape) {
    p += opening;
    while (p < to) {
      if (text[p] == '\'') {
        if (!quoteIsPartOfValue()) {
          return;
        }
      } else if (backslashes && text[p] == '\\') {
        backslash();
      } else {
        character(escape);
      }
    }
  }

  /** At a quote: a doubled one is put, a continuation skipped; false at the closing one. */
  private boolean quoteIsPartOfValue() {
    if (p + 1 < to && text[p + 1] == '\'') {
      put((byte) '\'');
      p += 2;
      return true;
    }
    p = p + 1 < to ? SqlLexer.continuation(text, p + 1, to) + 1 : 0;
    return p > 0;
  }

  private void bits(int base) {
    p += 2;
    while (p < to - 1) {
      if (text[p] == '\'') {
        p = SqlLexer.continuation(text, p + 1, to) + 1;
      } else {
        valid &= Character.digit(text[p], base) >= 0;
        put(text[p++]);
      }
    }
  }

  private void dollarQuoted() {
    int delimiter = 1;
    while (text[p + delimiter] != '$') {
      delimiter++;
    }
    delimiter++;
    length = Math.max(0, to - p - 2 * delimiter);
    System.arraycopy(text, p + delimiter, value, 0, length);
  }

  /** One byte as it stands, or a Unicode escape when an escape character is given. */
  private void character(int escape) {
    if (text[p] != escape) {
      put(text[p++]);
    } else if (p + 1 < to && text[p + 1] == escape) {
      put(text[p]);
      p += 2;
    } else if (p + 1 < to && text[p + 1] == '+') {
      unicode(unicodeEscape(2, 6), escape);
    } else {
      unicode(unicodeEscape(1, 4), escape);
    }
  }

  private void backslash() {
    byte c = p + 1 < to ? text[p + 1] : 0;
    switch (c) {
      case 'u' -> unicode(unicodeEscape(2, 4), INVALID);
      case 'U' -> unicode(unicodeEscape(2, 8), INVALID);
      case 'b' -> simple('\b');
      case 'f' -> simple('\f');
      case 'n' -> simple('\n');
      case 'r' -> simple('\r');
      case 't' -> simple('\t');
      case 'v' -> simple('\u000b');
      case 'x' -> {
        if (digitAt(p + 2, 16) < 0) {
          simple('x');
        } else {
          p += 2;
          numeric(16, 2);
        }
      }
      default -> {
        if (digitAt(p + 1, 8) < 0) {
          simple(c);
        } else {
          p++;
          numeric(8, 3);
        }
      }
    }
  }

  private void simple(int c) {
    put((byte) c);
    p += 2;
  }

  private void numeric(int base, int most) {
    int number = 0;
    for (int i = 0; i < most && digitAt(p, base) >= 0; i++) {
      number = number * base + digitAt(p++, base);
    }
    put((byte) number);
  }

  private int digitAt(int at, int base) {
    return at < to ? Character.digit(text[at], base) : -1;
  }

  /** Reads the digits that follow an escape's first bytes. */
  private int unicodeEscape(int opening, int digits) {
    p += opening;
    int codePoint = 0;
    for (int i = 0; i < digits; i++) {
      int digit = digitAt(p++, 16);
      if (digit < 0) {
        return INVALID;
      }
      codePoint = codePoint << 4 | digit;
    }
    return codePoint;
  }

  private void unicode(int codePoint, int escape) {
    int whole = codePoint;
    if (whole >= Character.MIN_HIGH_SURROGATE && whole <= Character.MAX_HIGH_SURROGATE) {
      int low = lowSurrogate(escape);
      whole =
          low >= Character.MIN_LOW_SURROGATE && low <= Character.MAX_LOW_SURROGATE
              ? Character.toCodePoint((char) whole, (char) low)
              : INVALID;
    }
    if (!Character.isValidCodePoint(whole)
        || (whole >= Character.MIN_SURROGATE && whole <= Character.MAX_SURROGATE)) {
      valid = false;
      return;
    }
    for (byte b : Character.toString(whole).getBytes(StandardCharsets.UTF_8)) {
      put(b);
    }
  }

  /** The second half of a pair has to follow as an escape, of either length. */
  private int lowSurrogate(int escape) {
    if (escape == INVALID) {
      boolean follows = p + 1 < to && text[p] == '\\' && (text[p + 1] == 'u' || text[p + 1] == 'U');
      return follows ? unicodeEscape(2, text[p + 1] == 'u' ? 4 : 8) : INVALID;
    }
    if (p + 1 >= to || text[p] != escape) {
      return INVALID;
    }
    return text[p + 1] == '+' ? unicodeEscape(2, 6) : unicodeEscape(1, 4);
  }
}
