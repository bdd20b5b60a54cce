package dev.logdex.ingest.logfile;

/** Whole lines of a log, as they stand there, line ends included; binary bytes pass as they are. */
public final class LogBlock {
  private final long position;
  private final byte[] bytes;

  LogBlock(long position, byte[] bytes) {
    this.position = position;
    this.bytes = bytes;
  }

  /** Offset of the first byte in the log; in the unpacked log where the file is compressed. */
  public long position() {
    return position;
  }

  /** The bytes themselves, not a copy; never empty. */
  public byte[] bytes() {
    return bytes;
  }

  /** Lines in it, a last one without a line end included; counted with each call. */
  public int lines() {
    int lines = bytes[bytes.length - 1] == '\n' ? 0 : 1;
    for (byte b : bytes) {
      lines += b == '\n' ? 1 : 0;
    }
    return lines;
  }
}
