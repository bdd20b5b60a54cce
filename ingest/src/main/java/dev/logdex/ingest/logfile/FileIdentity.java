package dev.logdex.ingest.logfile;

import com.dynatrace.hash4j.hashing.Hashing;
import java.util.HexFormat;

/**
 * Tells whether two readings are of the same file: by its source and the beginning of its first
 * line, which stay as they are when a log grows and change when its name is used again.
 */
public final class FileIdentity {
  private static final int FIRST_LINE_BYTES = 1024;

  private FileIdentity() {}

  /**
   * The identity, as 16 hexadecimal digits.
   *
   * @param first the block at position 0
   */
  public static String of(String source, LogBlock first) {
    byte[] bytes = first.bytes();
    int length = 0;
    while (length < bytes.length && length < FIRST_LINE_BYTES && bytes[length] != '\n') {
      length++;
    }
    long hash =
        Hashing.xxh3_64()
            .hashStream()
            .putString(source)
            .putBytes(bytes, 0, length)
            .putInt(length)
            .getAsLong();
    return HexFormat.of().toHexDigits(hash);
  }
}
