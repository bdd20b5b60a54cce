package dev.logdex.ingest.logfile;

/** Whole lines of a log, as they stand there, line ends included; binary bytes pass as they are. */
public final class LogBlock {
  private final long position;
  private final byte[] bytes;
  private final int lines;

  LogBlock(long position, byte[] bytes, int lines) {
    this.position = position;
    this.bytes = bytes;
    this.lines = lines;
  }

  /** Offset of the first byte in the log; in the unpacked log where the file is compressed. */
  public long position() {
    return position;
  }

  /** The bytes themselves, not a copy; never empty. */
  public byte[] bytes() {
    return bytes;
  }

  /** Lines in it, a last one without a line end included. */
  public int lines() {
    return lines;
  }
}
