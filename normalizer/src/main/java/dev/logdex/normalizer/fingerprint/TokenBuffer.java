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

  private static final int KINDS = 17;

  /** Whether a blank stands between two tokens, by the kinds of both. */
  private static final boolean[] BLANK = blanks();

  /** Lower case of each byte, of ASCII letters only, as Postgres has it in UTF-8. */
  private static final byte[] LOWER = lowerCase();

  /** What one huge statement leaves behind is given back before the next. */
  private static final int KEPT_CAPACITY = 1 << 20;

  private static final Hasher64 HASHER = Hashing.xxh3_64();

  private byte[] text = new byte[1024];
  private int length;

  /** Kind of each token, and in the higher bits its word. */
  private int[] meaning = new int[256];

  /** Place in the text where each token starts, after the blank before it. */
  private int[] start = new int[256];

  private int count;
  private byte lastKind = START;

  private static byte[] lowerCase() {
    byte[] lower = new byte[256];
    for (int b = 0; b < 256; b++) {
      lower[b] = (byte) (b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b);
    }
    return lower;
  }

  private static boolean[] blanks() {
    boolean[] blanks = new boolean[KINDS * KINDS];
    for (byte before = START + 1; before < KINDS; before++) {
      for (byte after = START + 1; after < KINDS; after++) {
        blanks[before * KINDS + after] = blankBetween(before, after);
      }
    }
    return blanks;
  }

  private static boolean blankBetween(byte before, byte after) {
    if (before == OPEN_PAREN || before == OPEN_BRACKET) {
      return false;
    }
    return switch (after) {
      case COMMA, CLOSE_PAREN, CLOSE_BRACKET, SEMICOLON -> false;
      case DOT -> !endsOperand(before) || before == ORDINAL;
      case TYPECAST -> !endsOperand(before) && before != KEYWORD;
      case OPEN_PAREN -> before != SIGN;
      case OPEN_BRACKET -> !endsOperand(before);
      case OPERATOR, SIGN -> before != DOT;
      case VALUE, ORDINAL, OTHER -> true;
      default -> before != DOT && before != TYPECAST && before != SIGN;
    };
  }

  private static boolean endsOperand(byte tokenKind) {
    return switch (tokenKind) {
      case NAME, QUOTED, VALUE, ORDINAL, CLOSE_PAREN, CLOSE_BRACKET -> true;
      default -> false;
    };
  }

  void clear() {
    truncate(0);
    if (text.length > KEPT_CAPACITY) {
      text = new byte[1024];
    }
    if (start.length > KEPT_CAPACITY) {
      meaning = new int[256];
      start = new int[256];
    }
  }

  /** Number of tokens. */
  int count() {
    return count;
  }

  /** Kind of a token; {@link #START} for the places before the first. */
  byte kind(int token) {
    return token < 0 ? START : (byte) meaning[token];
  }

  /** Number of a keyword; none for names and whatever is not a word. */
  int word(int token) {
    return token < 0 ? Words.NONE : meaning[token] >> 8;
  }

  byte lastKind() {
    return lastKind;
  }

  int lastWord() {
    return word(count - 1);
  }

  /** Whether an operand ends with the token, so that a sign after it is an operator. */
  boolean endsOperand(int token) {
    return endsOperand(kind(token));
  }

  /** Adds a token of bytes as they stand. */
  void add(byte tokenKind, byte[] bytes, int from, int to) {
    int first = begin(tokenKind, to - from);
    System.arraycopy(bytes, from, text, first, to - from);
    put(tokenKind, Words.NONE, first, to - from);
  }

  void add(byte tokenKind, char character) {
    int first = begin(tokenKind, 1);
    text[first] = (byte) character;
    put(tokenKind, Words.NONE, first, 1);
  }

  void addValue() {
    add(VALUE, '\0');
  }

  /**
   * Writes a word in lower case to where the next token would be, and finds out what word it is.
   * {@link #addWritten} makes it a token; until then it is as good as not there.
   */
  int write(byte[] bytes, int from, int to) {
    int first = begin(NAME, to - from);
    byte[] target = text;
    int at = first;
    for (int i = from; i < to; i++) {
      target[at++] = LOWER[bytes[i] & 0xff];
    }
    return Words.find(target, first, at);
  }

  /** Adds the word that was written last, of so many bytes, as a name or keyword. */
  void addWritten(byte tokenKind, int number, int size) {
    put(tokenKind, number, blankBefore(NAME) ? length + 1 : length, size);
  }

  /** Takes tokens back, down to the first so many. */
  void truncate(int tokens) {
    if (tokens == 0) {
      length = 0;
    } else if (tokens < count) {
      int at = start[tokens];
      length = text[at - 1] == ' ' ? at - 1 : at;
    }
    count = tokens;
    lastKind = kind(tokens - 1);
  }

  /** Whether one of the tokens from the one to the end is a value. */
  boolean hasValueFrom(int token) {
    for (int i = token; i < count; i++) {
      if ((byte) meaning[i] == VALUE) {
        return true;
      }
    }
    return false;
  }

  /** Whether the last token is {@code *}. */
  boolean endsWithStar() {
    return length - start[count - 1] == 1 && text[length - 1] == '*';
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

  private void grow(int size) {
    if (count == start.length) {
      meaning = Arrays.copyOf(meaning, count * 2);
      start = Arrays.copyOf(start, count * 2);
    }
    if (length + size + 1 > text.length) {
      text = Arrays.copyOf(text, Math.max(text.length * 2, length + size + 1));
    }
  }

  /** Makes room for one more token, and gives the place where it starts. */
  private int begin(byte tokenKind, int size) {
    if (count == start.length || length + size + 1 > text.length) {
      grow(size);
    }
    return blankBefore(tokenKind) ? length + 1 : length;
  }

  private void put(byte tokenKind, int number, int first, int size) {
    if (first > length) {
      text[length] = ' ';
    }
    meaning[count] = number << 8 | tokenKind;
    start[count] = first;
    count++;
    length = first + size;
    lastKind = tokenKind;
  }

  private boolean blankBefore(byte tokenKind) {
    if (tokenKind == OPEN_PAREN && (lastKind == NAME || lastKind == QUOTED)) {
      return Words.is(lastWord(), Words.SPACED) || namesInsertedTable();
    }
    return BLANK[lastKind * KINDS + tokenKind];
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
