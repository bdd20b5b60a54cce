package dev.logdex.normalizer.fingerprint;

import dev.logdex.sql.EightBytes;
import java.util.Arrays;

/**
 * Names as Postgres sees them: without quotes they may not need, and without what is beyond its
 * limit ({@code NAMEDATALEN}). Names that are the same up to there are one name to it.
 */
final class Names {
  /** Bytes of a name that Postgres looks at. */
  static final int LONGEST = 63;

  private Names() {}

  /**
   * How many bytes of an unquoted name count: {@value #LONGEST}, or fewer so that no character is
   * cut.
   */
  static int truncatedSize(byte[] text, int from, int to) {
    if (to - from <= LONGEST) {
      return to - from;
    }
    int size = LONGEST;
    while (size > LONGEST - 3 && isContinuation(text[from + size])) {
      size--;
    }
    return isContinuation(text[from + size]) ? LONGEST : size; // no UTF-8
  }

  private static boolean isContinuation(byte b) {
    return (b & 0xc0) == 0x80;
  }

  /** Whether the name could stand without quotes, keywords aside. */
  static boolean isPlain(byte[] text, int from, int to) {
    if (to <= from || text[from] == '$' || (text[from] >= '0' && text[from] <= '9')) {
      return false;
    }
    for (int p = from; p < to; p += 8) {
      long eight = EightBytes.at(text, p);
      long marks = EightBytes.notInName(eight) | EightBytes.upper(eight);
      if (EightBytes.first(marks) < Math.min(8, to - p)) {
        return false;
      }
    }
    return true;
  }

  /**
   * A name in quotes, given what stood between them. It may have been cut there, and a zero byte
   * would stand for a value.
   */
  static byte[] quoted(byte[] text, int from, int to) {
    byte[] quoted = new byte[2 * LONGEST + 2];
    quoted[0] = '"';
    int size = 1;
    int p = from;
    for (int counted = 0; p < to && counted < LONGEST; counted++) {
      byte b = text[p];
      if (b == '"') {
        quoted[size] = '"';
        size++;
        p++; // the second of the pair
      }
      quoted[size] = b == 0 ? (byte) '?' : b;
      size++;
      p++;
    }
    if (p < to) {
      size = withoutCutCharacter(quoted, size, text[p]);
    }
    quoted[size] = '"';
    return Arrays.copyOf(quoted, size + 1);
  }

  private static int withoutCutCharacter(byte[] name, int size, byte next) {
    while (isContinuation(next) && size > 1) {
      size--;
      next = name[size];
    }
    return size;
  }
}
