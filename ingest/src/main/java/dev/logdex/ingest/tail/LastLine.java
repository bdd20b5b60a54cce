package dev.logdex.ingest.tail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Finds the end of a file's last whole line. */
final class LastLine {
  private static final int STEP_BYTES = 8 * 1024;

  private LastLine() {}

  /** Offset behind the last line end; 0 when there is none. */
  static long end(FileChannel file) throws IOException {
    byte[] bytes = new byte[STEP_BYTES];
    long end = file.size();
    while (end > 0) {
      long begin = Math.max(0, end - STEP_BYTES);
      int read = file.read(ByteBuffer.wrap(bytes, 0, (int) (end - begin)), begin);
      for (int i = read - 1; i >= 0; i--) {
        if (bytes[i] == '\n') {
          return begin + i + 1;
        }
      }
      end = begin;
    }
    return 0;
  }
}
