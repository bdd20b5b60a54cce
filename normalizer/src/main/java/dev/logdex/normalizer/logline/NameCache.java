package dev.logdex.normalizer.logline;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Names that lines repeat, such as users and process ids, decoded once. A table of fixed size in
 * which the newest of the names that share a place stays.
 */
final class NameCache {
  private static final int PLACES = 1024;
  private static final int LONGEST = 128;

  private final byte[][] bytes = new byte[PLACES][0];
  private final String[] names = new String[PLACES];

  String name(byte[] line, int from, int to) {
    int length = to - from;
    if (length <= 0) {
      return "";
    }
    if (length > LONGEST) {
      return new String(line, from, length, UTF_8);
    }
    int hash = length;
    for (int at = from; at < to; at++) {
      hash = 31 * hash + line[at];
    }
    int place = (hash ^ hash >>> 10 ^ hash >>> 20) & (PLACES - 1);
    byte[] known = bytes[place];
    if (!Arrays.equals(known, 0, known.length, line, from, to)) {
      bytes[place] = Arrays.copyOfRange(line, from, to);
      names[place] = new String(line, from, length, UTF_8);
    }
    return names[place];
  }
}
