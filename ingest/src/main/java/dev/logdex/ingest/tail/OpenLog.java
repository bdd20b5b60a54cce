package dev.logdex.ingest.tail;

import dev.logdex.ingest.logfile.LogBlock;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file that is open, read on from some position in its log. */
interface OpenLog extends Closeable {
  /** The whole lines that are there now; null when there are no more for now. */
  @Nullable LogBlock nextLines() throws IOException;

  /** A last line without a line end; null when there is none. Only when nothing more comes. */
  @Nullable LogBlock rest() throws IOException;

  /** The identity of what it holds now; null while it is too short to tell. */
  @Nullable String identity(String source) throws IOException;

  /** Whether it has become shorter than what was read of it. */
  boolean isCutOff() throws IOException;

  /** Bytes of the file that were not read yet, packed ones where it is packed. */
  long bytesBehind() throws IOException;

  /** Whether all has been read and nothing can be added. */
  boolean isComplete();

  /** Lines that were longer than the limit, since the last call, and their bytes left out. */
  Cuts takeCuts();

  /**
   * What a limit cut.
   *
   * @param lines longer than the limit
   * @param bytes of them that were left out
   */
  record Cuts(long lines, long bytes) {
    static final Cuts NONE = new Cuts(0, 0);

    Cuts plus(Cuts other) {
      return new Cuts(lines + other.lines, bytes + other.bytes);
    }
  }
}
