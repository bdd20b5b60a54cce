package dev.logdex.normalizer.logline;

/** Questions about a stretch of a byte array, asked for every line. */
final class Bytes {
  private Bytes() {}

  static boolean startsWith(byte[] bytes, int from, int to, byte[] expected) {
    if (to - from < expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (bytes[from + i] != expected[i]) {
        return false;
      }
    }
    return true;
  }

  static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  static boolean isLetter(byte b) {
    return (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z');
  }

  static boolean isHex(byte b) {
    return isDigit(b) || (b >= 'a' && b <= 'f') || (b >= 'A' && b <= 'F');
  }

  /** The first index at or after {@code from} that is no digit. */
  static int digits(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && isDigit(bytes[at])) {
      at++;
    }
    return at;
  }

  static int letters(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && isLetter(bytes[at])) {
      at++;
    }
    return at;
  }

  /** The number that the digits from {@code from} to {@code to} write. */
  static int number(byte[] bytes, int from, int to) {
    int value = 0;
    for (int at = from; at < to; at++) {
      value = value * 10 + (bytes[at] - '0');
    }
    return value;
  }
}
