package dev.logdex.normalizer.statement;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdex.normalizer.text.Utf8;
import java.util.ArrayList;
import java.util.List;

/**
 * A sentence of the server with places for what varies:
 *
 * <ul>
 *   <li>{@code ~} milliseconds with their decimals
 *   <li>{@code #} a whole number
 *   <li>{@code @} anything, up to the first place where what follows it stands
 *   <li>{@code *} the rest, at the end
 * </ul>
 *
 * Where a blank stands, any number of them fits, no-break spaces among them, because servers and
 * those who edit logs differ. Before a colon and at the very end there may be none.
 */
final class Template {
  private static final String PLACES = "~#@*";

  private final MessageKind kind;
  private final String sentence;
  private final byte[][] parts;
  private final boolean timed;

  Template(MessageKind kind, String sentence) {
    this.kind = kind;
    this.sentence = sentence;
    this.parts = parts(sentence);
    this.timed = sentence.indexOf('~') >= 0;
  }

  MessageKind kind() {
    return kind;
  }

  /** Whether it tells how long something took. */
  boolean isTimed() {
    return timed;
  }

  /** The first byte of a text that fits; -1 for a digit. */
  int firstByte() {
    return isPlace(parts[0]) ? -1 : parts[0][0] & 0xff;
  }

  /** A quick look at the first bytes, which most texts that do not fit do not pass. */
  boolean mayFit(Utf8 text, int from) {
    byte[] words = parts[0];
    return words.length < 3
        || text.length() < from + 3
        || ((words[1] == text.at(from + 1) || words[1] == ' ')
            && (words[2] == text.at(from + 2) || words[2] == ' ' || words[1] == ' '));
  }

  /** Reads a text; what is found is put into the match, which is of no use when nothing fits. */
  boolean fits(Utf8 text, int from, Match match) {
    int at = from;
    match.clear();
    for (int i = 0; i < parts.length && at >= 0; i++) {
      byte[] part = parts[i];
      if (!isPlace(part)) {
        at = endOfWords(part, i + 1 < parts.length && parts[i + 1][0] == '*', text, at);
      } else if (part[0] == '*') {
        match.restFrom = at;
        return true;
      } else if (part[0] == '@') {
        at = endOfAnything(i, text, at);
      } else {
        at = part[0] == '~' ? match.readMillis(text, at) : match.readNumber(text, at);
      }
    }
    return at >= 0 && SqlText.isBlank(text, at);
  }

  /** Where the words that follow begin; the end when nothing follows; -1 when they never come. */
  private int endOfAnything(int place, Utf8 text, int from) {
    if (place + 1 == parts.length) {
      return text.length();
    }
    boolean beforeRest = place + 2 < parts.length && parts[place + 2][0] == '*';
    for (int at = from; at < text.length(); at++) {
      if (endOfWords(parts[place + 1], beforeRest, text, at) >= 0) {
        return at;
      }
    }
    return -1;
  }

  private static int endOfWords(byte[] words, boolean beforeRest, Utf8 text, int from) {
    int at = from;
    for (int i = 0; i < words.length; i++) {
      byte wanted = words[i];
      if (wanted == ' ') {
        if (beforeRest && i + 1 == words.length) {
          return endOfBlankBeforeRest(text, at);
        }
        int end = skipBlanks(text, at);
        boolean needed = i + 1 == words.length || words[i + 1] != ':';
        if (needed && end == at && at < text.length()) {
          return -1;
        }
        at = end;
      } else if (at < text.length() && text.at(at) == wanted) {
        at++;
      } else {
        return -1;
      }
    }
    return at;
  }

  private static int endOfBlankBeforeRest(Utf8 text, int at) {
    if (at == text.length()) {
      return at;
    }
    int end = skipBlank(text, at);
    return end > at ? end : -1;
  }

  static int skipBlanks(Utf8 text, int from) {
    int at = from;
    int next = skipBlank(text, at);
    while (next > at) {
      at = next;
      next = skipBlank(text, at);
    }
    return at;
  }

  /** White space, U+00A0 and U+202F. */
  private static int skipBlank(Utf8 text, int at) {
    if (at >= text.length()) {
      return at;
    }
    byte b = text.at(at);
    if (b >= 0) {
      return SqlText.isSpace(b) ? at + 1 : at;
    }
    if (b == (byte) 0xc2 && at + 1 < text.length() && text.at(at + 1) == (byte) 0xa0) {
      return at + 2;
    }
    boolean narrow =
        b == (byte) 0xe2
            && at + 2 < text.length()
            && text.at(at + 1) == (byte) 0x80
            && text.at(at + 2) == (byte) 0xaf;
    return narrow ? at + 3 : at;
  }

  private static byte[][] parts(String sentence) {
    List<byte[]> parts = new ArrayList<>();
    int from = 0;
    for (int at = 0; at <= sentence.length(); at++) {
      boolean place = at < sentence.length() && PLACES.indexOf(sentence.charAt(at)) >= 0;
      if ((place || at == sentence.length()) && from < at) {
        parts.add(sentence.substring(from, at).replaceAll(" +", " ").getBytes(UTF_8));
      }
      if (place) {
        parts.add(new byte[] {(byte) sentence.charAt(at)});
        from = at + 1;
      }
    }
    return parts.toArray(new byte[0][]);
  }

  private static boolean isPlace(byte[] part) {
    return part.length == 1 && PLACES.indexOf((char) part[0]) >= 0;
  }

  @Override
  public String toString() {
    return sentence;
  }

  /** What stood in the places of a sentence. Used again for the next one. */
  static final class Match {
    private static final int MOST_DIGITS = 15;

    private double millis;
    private long number;
    private int restFrom;

    void clear() {
      millis = -1;
      number = -1;
      restFrom = -1;
    }

    /** Milliseconds; -1 when the sentence tells none. */
    double millis() {
      return millis;
    }

    /** The last whole number; -1 when the sentence has none. */
    long number() {
      return number;
    }

    /** Where the rest begins; -1 when the sentence has none. */
    int restFrom() {
      return restFrom;
    }

    void restFrom(int index) {
      restFrom = index;
    }

    /**
     * Reads a duration. The server prints whole microseconds as {@code %ld.%03d}, so that the
     * quotient is the very double which the printed text stands for.
     *
     * @return the index after it; -1 when there is none
     */
    int readMillis(Utf8 text, int from) {
      long digits = 0;
      int decimals = -1;
      int at = from;
      while (at < text.length()) {
        byte b = text.at(at);
        if (b >= '0' && b <= '9') {
          digits = digits * 10 + (b - '0');
          decimals += decimals < 0 ? 0 : 1;
        } else if ((b == '.' || b == ',') && decimals < 0 && isDigit(text, at + 1)) {
          decimals = 0; // some translations of lock waits have a comma
        } else {
          break;
        }
        at++;
      }
      if (at == from || at - from > MOST_DIGITS + 1 || (at < text.length() && text.at(at) == '.')) {
        return -1;
      }
      millis = decimals == 3 ? digits / 1000.0 : digits / power(decimals);
      return at;
    }

    int readNumber(Utf8 text, int from) {
      long digits = 0;
      int at = from;
      while (isDigit(text, at) && at - from <= MOST_DIGITS) {
        digits = digits * 10 + (text.at(at) - '0');
        at++;
      }
      number = digits;
      return at == from || at - from > MOST_DIGITS ? -1 : at;
    }

    private static double power(int decimals) {
      double power = 1;
      for (int i = 0; i < decimals; i++) {
        power *= 10;
      }
      return power;
    }

    private static boolean isDigit(Utf8 text, int at) {
      return at < text.length() && text.at(at) >= '0' && text.at(at) <= '9';
    }
  }
}
