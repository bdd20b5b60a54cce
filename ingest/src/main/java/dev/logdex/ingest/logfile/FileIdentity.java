package dev.logdex.ingest.logfile;

import com.dynatrace.hash4j.hashing.Hashing;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

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
    return of(source, first.bytes(), firstLine(first.bytes()));
  }

  /**
   * The identity of a log that may not have grown to the end of its first line yet.
   *
   * @param in gives the log from its beginning; read a little of, and not closed
   * @return null when more of the log is needed
   */
  public static @Nullable String read(String source, InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(FIRST_LINE_BYTES);
    int length = firstLine(bytes);
    return length < bytes.length || length == FIRST_LINE_BYTES ? of(source, bytes, length) : null;
  }

  private static int firstLine(byte[] bytes) {
    int length = 0;
    while (length < bytes.length && length < FIRST_LINE_BYTES && bytes[length] != '\n') {
      length++;
    }
    return length;
  }

  private static String of(String source, byte[] bytes, int length) {
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
