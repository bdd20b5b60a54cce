package dev.logdex.normalizer.logline;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Questions about a stretch of a byte array, asked for every line. */
final class Bytes {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** Below this, comparing byte by byte is faster than the library's way. */
  private static final int SHORT = 8;

  private static final long HIGH_HALVES = 0xf0f0f0f0f0f0f0f0L;
  private static final long ZEROS = 0x3030303030303030L;
  private static final long TO_NEXT_COLUMN = 0x0606060606060606L;

  private Bytes() {}

  static boolean startsWith(byte[] bytes, int from, int to, byte[] expected) {
    int length = expected.length;
    if (to - from < length) {
      return false;
    }
    if (length >= SHORT) {
      return Arrays.equals(bytes, from, from + length, expected, 0, length);
    }
    for (int i = 0; i < length; i++) {
      if (bytes[from + i] != expected[i]) {
        return false;
      }
    }
    return true;
  }

  /** Eight bytes as one number, the first one highest. */
  static long eight(byte[] bytes, int from) {
    return (long) LONGS.get(bytes, from);
  }

  /**
   * Whether eight bytes are digits where {@code digits} has bits, and equal {@code marks}
   * elsewhere.
   */
  static boolean fits(long eight, long digits, long marks) {
    long onlyDigits = (eight & digits) | (ZEROS & ~digits);
    return (eight & ~digits) == marks
        && (onlyDigits & HIGH_HALVES) == ZEROS
        && ((onlyDigits + TO_NEXT_COLUMN) & HIGH_HALVES) == ZEROS;
  }

  // what a byte may be, by the byte
  private static final byte HEX = 1;
  private static final byte HOST = 2;
  private static final byte[] MAY_BE = new byte[256];

  static {
    for (byte c : "0123456789abcdefABCDEF".getBytes(US_ASCII)) {
      MAY_BE[c] |= HEX;
    }
    // a question mark: what a server prints when it cannot tell
    String host = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.:-_%?";
    for (byte c : host.getBytes(US_ASCII)) {
      MAY_BE[c] |= HOST;
    }
  }

  static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  static boolean isLetter(byte b) {
    return (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z');
  }

  static boolean isHex(byte b) {
    return (MAY_BE[b & 0xff] & HEX) != 0;
  }

  /** Of a host's name or its address. */
  static boolean isHostByte(byte b) {
    return (MAY_BE[b & 0xff] & HOST) != 0;
  }

  /** The first index at or after {@code from} that is no hexadecimal digit. */
  static int hexDigits(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && isHex(bytes[at])) {
      at++;
    }
    return at;
  }

  /** As lines have them: a carriage return may stand before the line's end. */
  static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r';
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
