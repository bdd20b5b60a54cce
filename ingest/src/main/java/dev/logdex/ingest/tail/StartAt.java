package dev.logdex.ingest.tail;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Where reading begins in files that are there at the start and of which nothing is remembered. */
public sealed interface StartAt {
  /** At their first line. */
  StartAt BEGINNING = new Beginning();

  /** Behind their last line: what is written from now on. */
  StartAt END = new End();

  /**
   * Reads {@code beginning}, {@code end} or a time with its offset from UTC.
   *
   * @throws IllegalArgumentException when it is none of them
   */
  static StartAt parse(String text) {
    if (text.equals("beginning")) {
      return BEGINNING;
    }
    if (text.equals("end")) {
      return END;
    }
    try {
      return new Time(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          text + " is not beginning, end or a time like 2026-11-21T10:00Z", e);
    }
  }

  /**
   * Where to begin in a file that is not packed.
   *
   * @return offset of a byte that begins a line, or the file's size
   */
  long position(FileChannel file) throws IOException;

  /** Whether a file can be left out that was last written to at that time. */
  boolean isAfter(Instant lastWritten);

  /** See {@link #BEGINNING}. */
  record Beginning() implements StartAt {
    @Override
    public long position(FileChannel file) {
      return 0;
    }

    @Override
    public boolean isAfter(Instant lastWritten) {
      return false;
    }
  }

  /** See {@link #END}. */
  record End() implements StartAt {
    @Override
    public long position(FileChannel file) throws IOException {
      return LastLine.end(file);
    }

    @Override
    public boolean isAfter(Instant lastWritten) {
      return true;
    }
  }

  /**
   * At the first line that says a time that is not earlier. Lines that came out of order before it
   * are not read; packed files are read whole or, when they were not written to since, not at all.
   */
  record Time(Instant from) implements StartAt {
    public Time {
      requireNonNull(from, "from");
    }

    @Override
    public long position(FileChannel file) throws IOException {
      return new TimeSearch(file).firstNotBefore(from);
    }

    @Override
    public boolean isAfter(Instant lastWritten) {
      return lastWritten.isBefore(from);
    }
  }
}
