package dev.logdex.normalizer.fingerprint;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The normalized tokens so far, each with its place in the canonical text, so that tokens can be
 * taken back when a later one shows that they fold. Values stand in the text as one zero byte,
 * which no SQL text holds, and get their numbers only when the text is asked for.
 */
final class TokenBuffer {
  /** Before the first token. */
  static final byte START = 0;

  /** An unquoted name, or a keyword that ends an operand. */
  static final byte NAME = 1;

  /** A keyword after which an operand begins. */
  static final byte KEYWORD = 2;

  static final byte QUOTED = 3;

  /** A literal or parameter. */
  static final byte VALUE = 4;

  /** A number in ORDER BY or GROUP BY that names an output column. */
  static final byte ORDINAL = 5;

  static final byte OPERATOR = 6;

  /** A plus or minus with no operand before it. */
  static final byte SIGN = 7;

  static final byte COMMA = 8;
  static final byte OPEN_PAREN = 9;
  static final byte CLOSE_PAREN = 10;
  static final byte OPEN_BRACKET = 11;
  static final byte CLOSE_BRACKET = 12;
  static final byte DOT = 13;
  static final byte SEMICOLON = 14;
  static final byte TYPECAST = 15;

  /** Colons and double dots, and bytes that no statement has. */
  static final byte OTHER = 16;

  /** What one huge statement leaves behind is given back before the next. */
  private static final int KEPT_CAPACITY = 1 << 20;

  private static final Hasher64 HASHER = Hashing.xxh3_64();

  private byte[] text = new byte[1024];
  private int length;
  private byte[] kind = new byte[256];
  private short[] word = new short[256];
  private int[] start = new int[256];
  private int[] end = new int[256];
  private int count;

  void clear() {
    length = 0;
    count = 0;
    if (text.length > KEPT_CAPACITY) {
      text = new byte[1024];
    }
    if (kind.length > KEPT_CAPACITY) {
      kind = new byte[256];
      word = new short[256];
      start = new int[256];
      end = new int[256];
    }
  }

  /** Number of tokens. */
  int count() {
    return count;
  }

  /** Kind of a token; {@link #START} for the places before the first. */
  byte kind(int token) {
    return token < 0 ? START : kind[token];
  }

  /** Number of a keyword; none for names and whatever is not a word. */
  int word(int token) {
    return token < 0 ? Words.NONE : word[token];
  }

  byte lastKind() {
    return kind(count - 1);
  }

  int lastWord() {
    return word(count - 1);
  }

  /** Whether an operand ends with the token, so that a sign after it is an operator. */
  boolean endsOperand(int token) {
    return switch (kind(token)) {
      case NAME, QUOTED, VALUE, ORDINAL, CLOSE_PAREN, CLOSE_BRACKET -> true;
      default -> false;
    };
  }

  /** Adds a token of bytes as they stand. */
  void add(byte tokenKind, byte[] bytes, int from, int to) {
    begin(tokenKind, Words.NONE, to - from);
    System.arraycopy(bytes, from, text, length, to - from);
    length += to - from;
    end[count++] = length;
  }

  void add(byte tokenKind, char character) {
    begin(tokenKind, Words.NONE, 1);
    text[length++] = (byte) character;
    end[count++] = length;
  }

  void addValue() {
    add(VALUE, '\0');
  }

  /** Adds a word that is in lower case. */
  void addWord(byte tokenKind, int number, byte[] bytes, int from, int to) {
    begin(tokenKind, number, to - from);
    System.arraycopy(bytes, from, text, length, to - from);
    length += to - from;
    end[count++] = length;
  }

  /** Takes tokens back, down to the first so many. */
  void truncate(int tokens) {
    count = tokens;
    length = tokens == 0 ? 0 : end[tokens - 1];
  }

  /** Whether one of the tokens from the one to the end is a value. */
  boolean hasValueFrom(int token) {
    for (int i = token; i < count; i++) {
      if (kind[i] == VALUE) {
        return true;
      }
    }
    return false;
  }

  /** Whether a token is {@code *}. */
  boolean isStar(int token) {
    return end[token] - start[token] == 1 && text[start[token]] == '*';
  }

  /** Place in the text where a token starts. */
  int startOf(int token) {
    return start[token];
  }

  /** Place in the text where the last token ends. */
  int length() {
    return length;
  }

  /** Whether the tokens from the one to the end read like a part of the text before them. */
  boolean tailEquals(int token, int from, int to) {
    return Arrays.equals(text, start[token], length, text, from, to);
  }

  /** XXH3 of the canonical text, values as zero bytes. */
  long hash() {
    return HASHER.hashBytesToLong(text, 0, length);
  }

  /** The canonical text with numbered values. */
  String text() {
    StringBuilder numbered = new StringBuilder(length + 16);
    int from = 0;
    int values = 0;
    for (int i = 0; i < length; i++) {
      if (text[i] == 0) {
        numbered.append(new String(text, from, i - from, StandardCharsets.UTF_8));
        values++;
        numbered.append('$').append(values);
        from = i + 1;
      }
    }
    return numbered
        .append(new String(text, from, length - from, StandardCharsets.UTF_8))
        .toString();
  }

  private void begin(byte tokenKind, int number, int size) {
    if (count == kind.length) {
      kind = Arrays.copyOf(kind, count * 2);
      word = Arrays.copyOf(word, count * 2);
      start = Arrays.copyOf(start, count * 2);
      end = Arrays.copyOf(end, count * 2);
    }
    if (length + size + 1 > text.length) {
      text = Arrays.copyOf(text, Math.max(text.length * 2, length + size + 1));
    }
    if (count > 0 && blankBefore(tokenKind)) {
      text[length++] = ' ';
    }
    kind[count] = tokenKind;
    word[count] = (short) number;
    start[count] = length;
  }

  private boolean blankBefore(byte tokenKind) {
    byte before = kind[count - 1];
    if (before == OPEN_PAREN || before == OPEN_BRACKET) {
      return false;
    }
    return switch (tokenKind) {
      case COMMA, CLOSE_PAREN, CLOSE_BRACKET, SEMICOLON -> false;
      case DOT -> !endsOperand(count - 1) || before == ORDINAL;
      case TYPECAST -> !endsOperand(count - 1) && before != KEYWORD;
      case OPEN_PAREN -> blankBeforeParen(before);
      case OPEN_BRACKET -> !endsOperand(count - 1);
      case OPERATOR, SIGN, OTHER -> before != DOT || tokenKind == OTHER;
      case VALUE, ORDINAL -> true;
      default -> before != DOT && before != TYPECAST && before != SIGN;
    };
  }

  private boolean blankBeforeParen(byte before) {
    return switch (before) {
      case NAME -> Words.is(word[count - 1], Words.SPACED) || namesInsertedTable();
      case QUOTED -> namesInsertedTable();
      case SIGN -> false;
      default -> true;
    };
  }

  /** Whether the last token ends the table's name of INSERT INTO, so that columns follow. */
  private boolean namesInsertedTable() {
    int first = count - 1;
    while (kind(first - 1) == DOT && first > 1) {
      first -= 2;
    }
    return word(first - 1) == Words.INTO;
  }
}
