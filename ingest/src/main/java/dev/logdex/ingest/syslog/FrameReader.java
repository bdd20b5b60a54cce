package dev.logdex.ingest.syslog;

import java.util.Arrays;

/**
 * Takes a stream of bytes apart into syslog messages (RFC 6587): counted frames, {@code LENGTH SP
 * <…}, and lines, told apart at the beginning of each message, so that a wrong length costs no more
 * than the messages up to the next line end. What stands between a length and its message, or a
 * line's end, is no part of the message. Not thread-safe: one for each connection.
 *
 * <p>A message is cut at a length, and when the {@link PartialBudget} is used up; what is cut is
 * passed over without being kept. Nothing is kept between messages.
 */
final class FrameReader {
  /** Takes the messages. */
  interface Taker {
    /** A message, never empty; its bytes are valid until the method returns. */
    void message(byte[] bytes, int from, int to);

    /**
     * Bytes of the last message were passed over.
     *
     * @param first whether none of that message were before
     */
    void cut(long bytes, boolean first);
  }

  /** More digits are no length that anyone means. */
  private static final int LENGTH_DIGITS_MAX = 10;

  private static final byte[] NOTHING = new byte[0];

  private enum State {
    /** Before a message, or within what may be its length. */
    BETWEEN,
    COUNTED,
    LINE,
    /** In a message that was told already, up to its announced end. */
    PASSING_COUNTED,
    /** In a message that was told already, up to its line end. */
    PASSING_LINE
  }

  private final int bytesMax;
  private final PartialBudget budget;
  private final Taker taker;
  private State state = State.BETWEEN;

  /** Bytes of a counted message that are still to come. */
  private long remaining;

  private byte[] kept = NOTHING;
  private int length;
  private boolean cutting;
  private long told;

  FrameReader(int bytesMax, PartialBudget budget, Taker taker) {
    this.bytesMax = bytesMax;
    this.budget = budget;
    this.taker = taker;
  }

  /** Whether a message has begun and not ended. */
  boolean isInside() {
    return state != State.BETWEEN || length > 0;
  }

  /** How many messages were told so far. */
  long told() {
    return told;
  }

  /** Reads the next bytes of the stream. */
  void read(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      at =
          switch (state) {
            case BETWEEN -> begin(bytes, at, to);
            case COUNTED, PASSING_COUNTED -> readCounted(bytes, at, to);
            case LINE, PASSING_LINE -> readLine(bytes, at, to);
          };
    }
  }

  /**
   * The stream has ended. A line is whole without its line end; a counted message is not whole, and
   * is dropped: its sender will send it again.
   *
   * @return whether a message was dropped
   */
  boolean end() {
    boolean dropped = state == State.COUNTED;
    if (state == State.LINE || state == State.BETWEEN) {
      tell(kept, 0, length);
    }
    forget();
    state = State.BETWEEN;
    return dropped;
  }

  private int begin(byte[] bytes, int from, int to) {
    if (length > 0) {
      return beginKept(bytes, from);
    }
    if (isLineEnd(bytes[from])) {
      return from + 1;
    }
    int at = from;
    long announced = 0;
    while (at < to && isDigit(bytes[at]) && at - from < LENGTH_DIGITS_MAX) {
      announced = announced * 10 + (bytes[at++] - '0');
    }
    if (at == from) {
      state = State.LINE;
    } else if (at + 1 >= to && (at == to || bytes[at] == ' ')) {
      keep(bytes, from, to);
      return to;
    } else if (bytes[at] == ' ' && bytes[at + 1] == '<' && announced > 0) {
      state = State.COUNTED;
      remaining = announced;
      return at + 1;
    } else {
      state = State.LINE;
    }
    return from;
  }

  /** The length, or what looks like one, came in pieces: goes on byte by byte. */
  private int beginKept(byte[] bytes, int at) {
    byte next = bytes[at];
    boolean spaced = kept[length - 1] == ' ';
    boolean goesOn = !spaced && (next == ' ' || (isDigit(next) && length < LENGTH_DIGITS_MAX));
    if (goesOn) {
      keep(bytes, at, at + 1);
      return at + 1;
    }
    long announced = 0;
    for (int i = 0; spaced && i < length - 1; i++) {
      announced = announced * 10 + (kept[i] - '0');
    }
    if (next == '<' && announced > 0) {
      forget();
      state = State.COUNTED;
      remaining = announced;
    } else {
      state = State.LINE;
    }
    return at;
  }

  private int readCounted(byte[] bytes, int from, int to) {
    int end = (int) Math.min(to, from + remaining);
    remaining -= end - from;
    if (state == State.PASSING_COUNTED) {
      cut(end - from);
    } else if (remaining == 0) {
      finish(bytes, from, end);
    } else if (!keep(bytes, from, end)) {
      finish(bytes, from, end);
      state = State.PASSING_COUNTED;
    }
    if (remaining == 0) {
      state = State.BETWEEN;
    }
    return end;
  }

  private int readLine(byte[] bytes, int from, int to) {
    int end = from;
    while (end < to && bytes[end] != '\n') {
      end++;
    }
    boolean ended = end < to;
    if (state == State.PASSING_LINE) {
      cut(end - from);
    } else if (ended) {
      finish(bytes, from, end);
    } else if (!keep(bytes, from, end)) {
      finish(bytes, from, end);
      state = State.PASSING_LINE;
    }
    if (ended) {
      state = State.BETWEEN;
    }
    return ended ? end + 1 : end;
  }

  /** Keeps the bytes; false, with none kept, when they are too many. */
  private boolean keep(byte[] bytes, int from, int to) {
    int more = to - from;
    if ((long) length + more > bytesMax) {
      return false;
    }
    if (length + more > kept.length) {
      int wanted = Math.max(length + more, Math.min(bytesMax, kept.length * 2));
      if (!budget.take(wanted - kept.length)) {
        return false;
      }
      kept = Arrays.copyOf(kept, wanted);
    }
    System.arraycopy(bytes, from, kept, length, more);
    length += more;
    return true;
  }

  /** Tells the message that what is kept and these last bytes make, or as much as is allowed. */
  private void finish(byte[] bytes, int from, int to) {
    if (length == 0) {
      tell(bytes, from, to);
      return;
    }
    int room = Math.min(to - from, bytesMax - length);
    if (room > 0 && !keep(bytes, from, from + room)) {
      room = Math.min(room, kept.length - length);
      System.arraycopy(bytes, from, kept, length, room);
      length += room;
    }
    tell(kept, 0, length);
    if (room < to - from) {
      cut(to - from - room);
    }
    forget();
  }

  private void tell(byte[] bytes, int from, int to) {
    int end = Math.min(to, from + bytesMax);
    if (end > from) {
      cutting = false;
      told++;
      taker.message(bytes, from, end);
    }
    if (end < to) {
      cut(to - end);
    }
  }

  private void cut(long bytes) {
    taker.cut(bytes, !cutting);
    cutting = true;
  }

  private void forget() {
    budget.give(kept.length);
    kept = NOTHING;
    length = 0;
  }

  private static boolean isLineEnd(byte b) {
    return b == '\n' || b == 0;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
