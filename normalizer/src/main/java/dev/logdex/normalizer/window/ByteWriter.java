package dev.logdex.normalizer.window;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * A growing array of bytes that numbers and texts are written into, small numbers in few bytes.
 * What is written is read by {@link ByteReader}.
 */
final class ByteWriter {
  private byte[] bytes = new byte[256];
  private int length;

  /** Forgets what was written, so that the array is used again. */
  void clear() {
    length = 0;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  void writeByte(int value) {
    reserve(1);
    bytes[length++] = (byte) value;
  }

  /** Seven bits a byte, the lowest first: a number that is seldom negative. */
  void writeNumber(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  /** A number that is as often negative as not. */
  void writeSigned(long value) {
    writeNumber((value << 1) ^ (value >> 63));
  }

  /** All of its eight bytes: a hash. */
  void writeLong(long value) {
    reserve(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (value >>> shift);
    }
  }

  void writeDouble(double value) {
    writeLong(Double.doubleToLongBits(value));
  }

  void writeText(String text) {
    byte[] utf8 = text.getBytes(UTF_8);
    writeBytes(utf8, 0, utf8.length);
  }

  /** The bytes behind their number. */
  void writeBytes(byte[] source, int from, int to) {
    int count = to - from;
    writeNumber(count);
    reserve(count);
    System.arraycopy(source, from, bytes, length, count);
    length += count;
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
    }
  }
}
