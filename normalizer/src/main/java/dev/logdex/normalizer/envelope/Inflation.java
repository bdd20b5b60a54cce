package dev.logdex.normalizer.envelope;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.GZIPInputStream;

/** Undoes gzip, and base64 around it, within a bound: a few bytes may inflate to gigabytes. */
final class Inflation {
  static final int MAX_BYTES = 16 << 20;

  /** What gzip's magic number and method become in base64. */
  private static final byte[] BASE64_OF_GZIP = {'H', '4', 's', 'I'};

  private Inflation() {}

  /** Whether the bytes begin as gzip does, or as base64 of it does. */
  static boolean isCompressed(byte[] bytes, int from, int to) {
    return isGzip(bytes, from, to) || isBase64OfGzip(bytes, from, to);
  }

  /**
   * What was compressed.
   *
   * @throws IOException when it is damaged, or longer than {@link #MAX_BYTES}
   */
  static byte[] inflate(byte[] bytes, int from, int to) throws IOException {
    if (isGzip(bytes, from, to)) {
      return unzip(new ByteArrayInputStream(bytes, from, to - from));
    }
    try {
      byte[] zipped = Base64.getMimeDecoder().decode(Arrays.copyOfRange(bytes, from, to));
      return unzip(new ByteArrayInputStream(zipped));
    } catch (IllegalArgumentException e) {
      throw new IOException("it is no base64", e);
    }
  }

  private static byte[] unzip(InputStream zipped) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(zipped)) {
      byte[] plain = in.readNBytes(MAX_BYTES + 1);
      if (plain.length > MAX_BYTES) {
        throw new IOException("it inflates to more than " + MAX_BYTES + " bytes");
      }
      return plain;
    }
  }

  private static boolean isGzip(byte[] bytes, int from, int to) {
    return to - from > 10 && bytes[from] == 0x1f && bytes[from + 1] == (byte) 0x8b;
  }

  private static boolean isBase64OfGzip(byte[] bytes, int from, int to) {
    int end = from + BASE64_OF_GZIP.length;
    return to - from > 16 && Arrays.equals(bytes, from, end, BASE64_OF_GZIP, 0, 4);
  }
}
