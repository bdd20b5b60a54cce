package dev.logdex.normalizer.window;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** Reads what a {@link ByteWriter} wrote. Throws when the bytes end early. */
final class ByteReader {
  private final byte[] bytes;
  private int at;

  ByteReader(byte[] bytes) {
    this.bytes = bytes;
  }

  int readByte() {
    if (at >= bytes.length) {
      throw new IllegalStateException("stored bytes end early, at " + at);
    }
    return bytes[at++];
  }

  long readNumber() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = readByte();
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalStateException("a stored number has no end, at " + at);
  }

  /** A number of things that follow. */
  int readCount() {
    long count = readNumber();
    if (count < 0 || count > bytes.length - at) {
      throw new IllegalStateException("stored bytes end early: " + count + " things at " + at);
    }
    return (int) count;
  }

  long readSigned() {
    long value = readNumber();
    return (value >>> 1) ^ -(value & 1);
  }

  long readLong() {
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value = (value << 8) | (readByte() & 0xFF);
    }
    return value;
  }

  double readDouble() {
    return Double.longBitsToDouble(readLong());
  }

  String readText() {
    int length = readCount();
    at += length;
    return new String(bytes, at - length, length, UTF_8);
  }

  byte[] readBytes() {
    int length = readCount();
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }
}
