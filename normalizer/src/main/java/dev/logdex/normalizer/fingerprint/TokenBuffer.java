package dev.logdex.normalizer.fingerprint;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.logdex.sql.EightBytes;
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

  /** Kinds fit into so many bits. */
  private static final int KIND_BITS = 5;

  private static final int KINDS = OTHER + 1;

  /** A bit for each kind that may be the last token of an operand. */
  private static final int OPERAND_ENDS =
      1 << NAME | 1 << QUOTED | 1 << VALUE | 1 << ORDINAL | 1 << CLOSE_PAREN | 1 << CLOSE_BRACKET;

  /** 1 when a blank stands between two tokens, by the kinds of both. */
  private static final byte[] BLANKS = blanks();

  /** What one huge statement leaves behind is given back before the next. */
  private static final int KEPT_CAPACITY = 1 << 16;

  /** A statement that is longer without its values and white space is not read to its end. */
  static final int LONGEST_TEXT = 4 << 20;

  /** Words are written eight bytes at a time, so that many may follow the text's end. */
  private static final int SLACK = 16;

  private static final Hasher64 HASHER = Hashing.xxh3_64();

  private byte[] text = new byte[1024];
  private int length;

  /** Kind of each token, above it its word, and in the upper half where it starts in the text. */
  private long[] tokens = new long[1024];

  private int count;

  /** The lower half of the last token. */
  private int last;

  private long valuesAdded;

  /** Where {@link #write} wrote. */
  private int writtenAt;

  private int longest = LONGEST_TEXT;

  private static byte[] blanks() {
    byte[] blanks = new byte[KINDS << KIND_BITS];
    for (byte before = START + 1; before < KINDS; before++) {
      for (byte after = START + 1; after < KINDS; after++) {
        blanks[before << KIND_BITS | after] = (byte) (blankBetween(before, after) ? 1 : 0);
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
      case OPEN_PAREN -> before != SIGN && before != NAME && before != QUOTED;
      case OPEN_BRACKET -> !endsOperand(before);
      case OPERATOR, SIGN -> before != DOT;
      case VALUE, ORDINAL, OTHER -> true;
      default -> before != DOT && before != TYPECAST && before != SIGN;
    };
  }

  private static boolean endsOperand(int tokenKind) {
    return (OPERAND_ENDS >>> tokenKind & 1) != 0;
  }

  void clear() {
    truncate(0);
    longest = LONGEST_TEXT;
    if (text.length > KEPT_CAPACITY) {
      text = new byte[1024];
      tokens = new long[1024];
    }
  }

  /** Memory kept for the next statement. */
  long heldBytes() {
    return text.length + 8L * tokens.length;
  }

  /** Number of tokens. */
  int count() {
    return count;
  }

  /** Whether the statement is too long or too deep to be read on. */
  boolean isFull() {
    return length >= longest;
  }

  /** Lets it be full from now on. */
  void refuseMore() {
    longest = 0;
  }

  /** Kind of a token; {@link #START} for the places before the first. */
  byte kind(int token) {
    return token < 0 ? START : (byte) tokens[token];
  }

  /** Number of a keyword; none for names and whatever is not a word. */
  int word(int token) {
    return token < 0 ? Words.NONE : (int) tokens[token] >> 8;
  }

  byte lastKind() {
    return (byte) last;
  }

  int lastWord() {
    return last >> 8;
  }

  /** Whether an operand ends with the token, so that a sign after it is an operator. */
  boolean isOperandEnd(int token) {
    return endsOperand(kind(token));
  }

  /** Adds a token of bytes as they stand. */
  void add(byte tokenKind, byte[] bytes, int from, int to) {
    int first = begin(tokenKind, to - from);
    if (to - from <= 8) {
      EightBytes.put(text, first, EightBytes.at(bytes, from));
    } else {
      System.arraycopy(bytes, from, text, first, to - from);
    }
    put(tokenKind, Words.NONE, first, to - from);
  }

  void add(byte tokenKind, char character) {
    int first = begin(tokenKind, 1);
    text[first] = (byte) character;
    put(tokenKind, Words.NONE, first, 1);
  }

  /** Adds an opening parenthesis, before which a blank is a matter of the words before it. */
  void addOpenParen() {
    int first = begin(OPEN_PAREN, 1);
    if ((lastKind() == NAME || lastKind() == QUOTED)
        && (Words.is(lastWord(), Words.SPACED) || namesInsertedTable())) {
      text[first] = ' ';
      first++;
    }
    text[first] = '(';
    put(OPEN_PAREN, Words.NONE, first, 1);
  }

  void addValue() {
    valuesAdded++;
    add(VALUE, '\0');
  }

  /** How many values were ever added; those taken back are counted, too. */
  long valuesAdded() {
    return valuesAdded;
  }

  /**
   * Writes a word in lower case to where the next token would be, and finds out what word it is.
   * {@link #addWritten} makes it a token; until then it is as good as not there.
   *
   * @param head the first eight bytes as {@link dev.logdex.sql.SqlLexer#head} has them
   */
  int write(byte[] bytes, int from, int size, long head) {
    int first = begin(NAME, size);
    writtenAt = first;
    EightBytes.put(text, first, head);
    for (int i = 8; i < size; i += 8) {
      EightBytes.put(text, first + i, EightBytes.lower(EightBytes.at(bytes, from + i)));
    }
    return Words.find(head, text, first, size);
  }

  /** Adds the word that was written last, of so many bytes, as a name or keyword. */
  void addWritten(byte tokenKind, int number, int size) {
    put(tokenKind, number, writtenAt, size);
  }

  /** Takes tokens back, down to the first so many. */
  void truncate(int most) {
    if (most == 0) {
      length = 0;
      count = 0;
      last = START;
    } else if (most < count) {
      int at = startOf(most);
      length = text[at - 1] == ' ' ? at - 1 : at;
      count = most;
      last = (int) tokens[most - 1];
    }
  }

  /** Whether the last token is {@code *}. */
  boolean endsWithStar() {
    return length - startOf(count - 1) == 1 && text[length - 1] == '*';
  }

  /** Place in the text where a token starts, after the blank before it. */
  int startOf(int token) {
    return (int) (tokens[token] >>> 32);
  }

  /** Place in the text where the last token ends. */
  int length() {
    return length;
  }

  /** Whether the tokens from the one to the end read like a part of the text before them. */
  boolean tailEquals(int token, int from, int to) {
    int start = startOf(token);
    int size = length - start;
    return size == to - from
        && text[start] == text[from]
        && (size == 1 || Arrays.equals(text, start, length, text, from, to));
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

  /** Makes room for one more token, and gives the place where it starts. */
  private int begin(byte tokenKind, int size) {
    if (length + size + SLACK > text.length) {
      grow(size);
    }
    // written even where no blank stands, which is cheaper than to ask
    text[length] = ' ';
    return length + BLANKS[lastKind() << KIND_BITS | tokenKind];
  }

  /** There is always room for as many tokens as bytes: each has one at least. */
  private void grow(int size) {
    int capacity = Math.max(text.length * 2, length + size + SLACK);
    text = Arrays.copyOf(text, capacity);
    tokens = Arrays.copyOf(tokens, capacity);
  }

  private void put(byte tokenKind, int number, int first, int size) {
    last = number << 8 | tokenKind;
    tokens[count] = (long) first << 32 | last;
    count++;
    length = first + size;
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
