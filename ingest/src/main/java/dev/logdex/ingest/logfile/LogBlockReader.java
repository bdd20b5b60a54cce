package dev.logdex.ingest.logfile;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log as blocks of whole lines. Only LF ends a line: a CR is part of the SQL it stands in.
 * {@link #next} packs by content alone, so that the same log always gives the same blocks. Not
 * thread-safe.
 */
public final class LogBlockReader implements Closeable {
  private static final int UNPACK_BUFFER_BYTES = 64 * 1024;

  private final InputStream in;
  private final CountedInput raw;
  private final BlockLimits limits;

  private byte[] buffer;

  /** Bytes held in the buffer. */
  private int length;

  /** Of those, how many have been searched for the end of a line that is longer than a block. */
  private int scanned;

  /** Of those, how many are whole lines. */
  private int whole;

  private long position;

  /** The rest of a line that was cut is being passed over. */
  private boolean cutting;

  private long cutLines;
  private long cutBytes;

  private LogBlockReader(InputStream in, CountedInput raw, BlockLimits limits) {
    this.in = in;
    this.raw = raw;
    this.limits = limits;
    this.buffer = new byte[limits.blockBytes()];
  }

  /** Reads what the stream gives; closing the reader closes the stream. */
  public static LogBlockReader of(InputStream in, BlockLimits limits) {
    CountedInput counted = new CountedInput(in);
    return new LogBlockReader(counted, counted, limits);
  }

  /**
   * Goes on reading where another reader has stopped.
   *
   * @param in gives the log from the position on; closing the reader closes it
   * @param position where the other reader stood
   * @param cutting whether it was passing over the rest of a line that was cut
   */
  public static LogBlockReader resume(
      InputStream in, BlockLimits limits, long position, boolean cutting) {
    LogBlockReader reader = of(in, limits);
    reader.position = position;
    reader.cutting = cutting;
    return reader;
  }

  /**
   * Reads a file; one whose name ends in {@code .gz} is unpacked.
   *
   * @throws IOException when it cannot be read, or is not a gzip file though its name says so
   */
  @SuppressWarnings("MustBeClosedChecker")
  public static LogBlockReader open(Path file, BlockLimits limits) throws IOException {
    CountedInput raw = new CountedInput(Files.newInputStream(file));
    if (!file.toString().endsWith(".gz")) {
      return new LogBlockReader(raw, raw, limits);
    }
    try {
      InputStream unpacked = new GZIPInputStream(new BufferedInputStream(raw), UNPACK_BUFFER_BYTES);
      return new LogBlockReader(unpacked, raw, limits);
    } catch (IOException e) {
      raw.close();
      throw new IOException(file + " is not a gzip file: " + e.getMessage(), e);
    }
  }

  /**
   * The next block, as full as whole lines make it; at the end of the input the rest, even where
   * the last line has no end; then null.
   */
  public @Nullable LogBlock next() throws IOException {
    do {
      LogBlock block = full();
      if (block != null) {
        return block;
      }
    } while (fill());
    return cutting || length == 0 ? null : take(length);
  }

  /**
   * The whole lines that are at hand, waiting for input only while there is none; null when the
   * input has ended for now. A line without an end is held back: more of it may come, or {@link
   * #next} gives it.
   */
  public @Nullable LogBlock nextLines() throws IOException {
    do {
      LogBlock block = full();
      if (block != null) {
        return block;
      }
      if (whole > 0) {
        return take(whole);
      }
    } while (fill());
    return null;
  }

  /** Offset of the first byte that is in no block yet and was not cut. */
  public long position() {
    return position;
  }

  /** Whether the rest of a line that was cut is being passed over. */
  public boolean isCutting() {
    return cutting;
  }

  /** Lines that were longer than the limit. */
  public long cutLines() {
    return cutLines;
  }

  /** Bytes of such lines that are in no block; complete once the line's end has been met. */
  public long cutBytes() {
    return cutBytes;
  }

  /** Bytes taken from the file or stream so far, packed where the file is. */
  public long rawBytesRead() {
    return raw.count();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** A block to which no further line can be added, or null when that takes more input. */
  private @Nullable LogBlock full() {
    if (cutting && !passCutLine()) {
      return null;
    }
    int end = lineEndBefore(Math.min(length, limits.blockBytes()));
    if (length < limits.blockBytes()) {
      whole = end;
      return null;
    }
    end = end > 0 ? end : lineEnd(Math.max(scanned, limits.blockBytes()));
    if (end > 0) {
      return take(end);
    }
    scanned = length;
    return length > limits.lineBytes() ? cut() : null;
  }

  private LogBlock cut() {
    cutting = true;
    cutLines++;
    return take(limits.lineBytes());
  }

  /** Drops what is left of a cut line; false when its end has not come yet. */
  private boolean passCutLine() {
    int lineEnd = lineEnd(0);
    cutting = lineEnd < 0;
    cutBytes += cutting ? length : lineEnd - 1;
    drop(cutting ? length : lineEnd);
    return !cutting;
  }

  private int lineEnd(int from) {
    for (int i = from; i < length; i++) {
      if (buffer[i] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  /** The end of the last line that ends before an index; 0 when none does. */
  private int lineEndBefore(int limit) {
    int end = limit;
    while (end > whole && buffer[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  private LogBlock take(int bytes) {
    LogBlock block = new LogBlock(position, Arrays.copyOf(buffer, bytes));
    drop(bytes);
    return block;
  }

  private void drop(int bytes) {
    System.arraycopy(buffer, bytes, buffer, 0, length - bytes);
    position += bytes;
    length -= bytes;
    scanned = Math.max(0, scanned - bytes);
    whole = 0;
  }

  /** Reads more; false at the end of the input, which a growing file may move later. */
  private boolean fill() throws IOException {
    if (length == buffer.length) {
      buffer = Arrays.copyOf(buffer, (int) Math.min(2L * length, limits.lineBytes() + 1L));
    }
    // no more than a block ahead, so that little has to be moved when a block is taken
    int room = Math.min(buffer.length - length, limits.blockBytes());
    int read = in.read(buffer, length, room);
    length += Math.max(0, read);
    return read > 0;
  }
}
