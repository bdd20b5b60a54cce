package dev.logdex.ingest.tail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Finds a time in a file by halving it, taking its lines as written in order; a file of many
 * gigabytes takes some dozens of short reads.
 */
final class TimeSearch {
  private static final int STEP_BYTES = 4 * 1024;

  /** What is no longer halved but read line by line. */
  private static final long SHORT_BYTES = 64L * 1024;

  /** So far a line that says a time is looked for: one entry can be long. */
  private static final long FARTHEST_BYTES = 1024L * 1024;

  private final FileChannel file;
  private final byte[] bytes = new byte[STEP_BYTES];

  TimeSearch(FileChannel file) {
    this.file = file;
  }

  /**
   * Offset of the first line that says this time or a later one; the end of the last whole line
   * when none does, and 0 when no line of the file's beginning says any time.
   */
  long firstNotBefore(Instant time) throws IOException {
    long size = LastLine.end(file);
    if (timedLine(0, FARTHEST_BYTES) == null) {
      return 0;
    }
    long earlier = 0;
    long later = size;
    while (later - earlier > SHORT_BYTES) {
      long middle = earlier + (later - earlier) / 2;
      TimedLine line = timedLine(lineAfter(middle, later), later);
      if (line != null && line.time.isBefore(time)) {
        earlier = line.position;
      } else {
        later = middle;
      }
    }
    return firstFrom(earlier, time, size);
  }

  private long firstFrom(long from, Instant time, long size) throws IOException {
    TimedLine line = timedLine(from, size);
    while (line != null && line.time.isBefore(time)) {
      line = timedLine(lineAfter(line.position, size), size);
    }
    return line == null ? size : line.position;
  }

  /** The begin of the line behind the one that a byte is in; the limit when there is none. */
  private long lineAfter(long position, long limit) throws IOException {
    long at = position;
    while (at < limit) {
      int read = read(at);
      for (int i = 0; i < read; i++) {
        if (bytes[i] == '\n') {
          return at + i + 1;
        }
      }
      if (read <= 0) {
        return limit;
      }
      at += read;
    }
    return limit;
  }

  /** The first line from the begin of a line on that says a time, up to a limit. */
  private @Nullable TimedLine timedLine(long from, long limit) throws IOException {
    long farthest = Math.min(limit, from + FARTHEST_BYTES);
    long at = from;
    while (at < farthest) {
      int read = read(at);
      Instant time = read <= 0 ? null : LineTime.of(bytes, 0, lineEnd(read));
      if (time != null) {
        return new TimedLine(at, time);
      }
      at = lineAfter(at, farthest);
    }
    return null;
  }

  private int lineEnd(int limit) {
    int end = 0;
    while (end < limit && bytes[end] != '\n') {
      end++;
    }
    return end;
  }

  private int read(long position) throws IOException {
    return file.read(ByteBuffer.wrap(bytes), position);
  }

  private record TimedLine(long position, Instant time) {}
}
