package dev.logdex.ingest.outlet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * Lines of one source that wait for others. Guarded by its own monitor, which is held while a
 * parcel is handed on, so that parcels of a source leave in the order of their lines.
 */
final class Pack {
  private static final int FIRST_BYTES = 512;

  private final SourceName source;
  private final long dueNanos;
  private byte[] lines = new byte[FIRST_BYTES];
  private int length;
  private boolean closed;

  /**
   * An empty one.
   *
   * @param dueNanos when it is to be closed, on the scale of {@link System#nanoTime}
   */
  Pack(SourceName source, long dueNanos) {
    this.source = source;
    this.dueNanos = dueNanos;
  }

  SourceName source() {
    return source;
  }

  long dueNanos() {
    return dueNanos;
  }

  /** Whether its last parcel has left; what still comes belongs into another one. */
  boolean isClosed() {
    return closed;
  }

  void close() {
    closed = true;
  }

  int length() {
    return length;
  }

  /**
   * Adds a message and a line end. One that holds line ends itself is put behind its length, as
   * syslog's octet counting has it, because the reader would take it apart otherwise.
   */
  void add(byte[] message, int from, int to, boolean counted) {
    if (counted) {
      byte[] count = (to - from + " ").getBytes(US_ASCII);
      put(count, 0, count.length);
    }
    put(message, from, to);
    reserve(1);
    lines[length++] = '\n';
  }

  /** The lines so far, which it forgets. */
  byte[] take() {
    byte[] taken = Arrays.copyOf(lines, length);
    length = 0;
    return taken;
  }

  private void put(byte[] bytes, int from, int to) {
    reserve(to - from);
    System.arraycopy(bytes, from, lines, length, to - from);
    length += to - from;
  }

  private void reserve(int more) {
    if (length + more > lines.length) {
      lines = Arrays.copyOf(lines, Math.max(length + more, lines.length * 2));
    }
  }
}
