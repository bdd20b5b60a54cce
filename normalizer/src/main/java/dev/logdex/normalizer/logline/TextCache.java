package dev.logdex.normalizer.logline;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Strings made of bytes, remembered: a log names the same few databases, users and processes in
 * nearly every line. A newer text takes the place of an older one. Not thread-safe.
 */
final class TextCache {
  private static final int PLACES = 1024;
  private static final int MAX_BYTES = 64;

  private final byte @Nullable [][] keys = new byte[PLACES][];
  private final @Nullable String[] texts = new String[PLACES];

  String text(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length > MAX_BYTES) {
      return new String(bytes, from, length, UTF_8);
    }
    if (length <= 0) {
      return "";
    }
    int place = place(bytes, from, to);
    byte[] key = keys[place];
    String text = texts[place];
    if (key != null && text != null && Arrays.equals(bytes, from, to, key, 0, key.length)) {
      return text;
    }
    String made = new String(bytes, from, length, UTF_8);
    keys[place] = Arrays.copyOfRange(bytes, from, to);
    texts[place] = made;
    return made;
  }

  private static int place(byte[] bytes, int from, int to) {
    int hash = 1;
    for (int at = from; at < to; at++) {
      hash = 31 * hash + bytes[at];
    }
    hash *= 0x9e3779b1;
    return hash >>> 22;
  }
}
