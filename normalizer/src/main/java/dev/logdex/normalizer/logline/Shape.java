package dev.logdex.normalizer.logline;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * What the value of an escape may look like. A closed shape ends where its characters end; the end
 * of an open one is known only by what follows it.
 */
enum Shape {
  /** Any bytes: an application name, a command tag, a backend type. */
  TEXT(true, 192),
  /** A role or database; at most 63 bytes in a server built as usual. */
  NAME(true, 128) {
    @Override
    boolean isUsual(byte[] line, int from, int to) {
      for (int at = from; at < to; at++) {
        if (!isPlain(line[at])) {
          return false;
        }
      }
      return true;
    }
  },
  /** A host name or address; {@code [local]} for a socket. */
  HOST(true, 1025) {
    @Override
    boolean mayHold(byte b) {
      return isHostByte(b) || b == '[' || b == ']';
    }

    @Override
    boolean isUsual(byte[] line, int from, int to) {
      return isLocal(line, from, to) || isAddress(line, from, to);
    }

    private boolean isLocal(byte[] line, int from, int to) {
      return to - from == LOCAL.length && Bytes.startsWith(line, from, to, LOCAL);
    }

    private boolean isAddress(byte[] line, int from, int to) {
      for (int at = from; at < to; at++) {
        if (!Bytes.isHex(line[at]) && line[at] != '.' && line[at] != ':') {
          return false;
        }
      }
      return true;
    }
  },
  /** A host with its port in parentheses; {@code [local]} for a socket. */
  HOST_AND_PORT {
    @Override
    int end(byte[] line, int from, int to) {
      if (Bytes.startsWith(line, from, to, LOCAL)) {
        return from + LOCAL.length;
      }
      int at = from;
      while (at < to && isHostByte(line[at])) {
        at++;
      }
      if (at == from || at >= to || line[at] != '(') {
        return NO_VALUE;
      }
      int close = Bytes.digits(line, at + 1, to);
      return close > at + 1 && close < to && line[close] == ')' ? close + 1 : NO_VALUE;
    }
  },
  DIGITS {
    @Override
    int end(byte[] line, int from, int to) {
      return nonEmpty(from, Bytes.digits(line, from, to));
    }
  },
  SIGNED_DIGITS {
    @Override
    int end(byte[] line, int from, int to) {
      int first = from < to && line[from] == '-' ? from + 1 : from;
      return nonEmpty(first, Bytes.digits(line, first, to));
    }
  },
  /** {@code 2026-11-21 00:23:45 UTC}. */
  TIME {
    @Override
    int end(byte[] line, int from, int to) {
      int seconds = LogTime.endOfSeconds(line, from, to);
      return seconds < 0 ? NO_VALUE : LogTime.endOfZone(line, seconds, to);
    }
  },
  /** {@code 2026-11-21 00:23:45.389 UTC}. */
  TIME_WITH_MILLIS {
    @Override
    int end(byte[] line, int from, int to) {
      int seconds = LogTime.endOfSeconds(line, from, to);
      if (seconds < 0 || seconds >= to || line[seconds] != '.') {
        return NO_VALUE;
      }
      int millis = Bytes.digits(line, seconds + 1, to);
      return millis - seconds == 4 ? LogTime.endOfZone(line, millis, to) : NO_VALUE;
    }
  },
  /** {@code 1795220632.992}. */
  EPOCH {
    @Override
    int end(byte[] line, int from, int to) {
      int dot = Bytes.digits(line, from, to);
      if (dot - from < 9 || dot >= to || line[dot] != '.') {
        return NO_VALUE;
      }
      int millis = Bytes.digits(line, dot + 1, to);
      return millis - dot == 4 ? millis : NO_VALUE;
    }
  },
  SQLSTATE {
    @Override
    int end(byte[] line, int from, int to) {
      if (to - from < 5) {
        return NO_VALUE;
      }
      for (int at = from; at < from + 5; at++) {
        if (!Bytes.isDigit(line[at]) && !(line[at] >= 'A' && line[at] <= 'Z')) {
          return NO_VALUE;
        }
      }
      return from + 5;
    }
  },
  /** {@code 6b00e492.5406}: start time and process id, both hexadecimal. */
  SESSION {
    @Override
    int end(byte[] line, int from, int to) {
      int dot = hex(line, from, to);
      if (dot - from < 6 || dot >= to || line[dot] != '.') {
        return NO_VALUE;
      }
      return nonEmpty(dot + 1, hex(line, dot + 1, to));
    }

    private int hex(byte[] line, int from, int to) {
      int at = from;
      while (at < to && Bytes.isHex(line[at])) {
        at++;
      }
      return at;
    }
  },
  /** {@code 3/5}. */
  VIRTUAL_TRANSACTION {
    @Override
    int end(byte[] line, int from, int to) {
      int slash = Bytes.digits(line, from, to);
      if (slash == from || slash >= to || line[slash] != '/') {
        return NO_VALUE;
      }
      return nonEmpty(slash + 1, Bytes.digits(line, slash + 1, to));
    }
  };

  static final int NO_VALUE = -1;
  private static final byte[] LOCAL = "[local]".getBytes(US_ASCII);

  private final boolean open;
  private final int maxBytes;

  Shape() {
    this(false, 0);
  }

  Shape(boolean open, int maxBytes) {
    this.open = open;
    this.maxBytes = maxBytes;
  }

  /** Whether only what follows tells where the value ends. */
  boolean isOpen() {
    return open;
  }

  /** Closed shapes: whether a letter behind the value could be taken for a part of it. */
  boolean endsInLetters() {
    return this == TIME || this == TIME_WITH_MILLIS;
  }

  /** Open shapes: the most bytes a value is looked for. */
  int maxBytes() {
    return maxBytes;
  }

  /** Open shapes: whether the byte can be part of a value. */
  boolean mayHold(byte b) {
    return true;
  }

  /** Open shapes: whether the value looks as nearly all of them do. */
  boolean isUsual(byte[] line, int from, int to) {
    return true;
  }

  /** Without what separates one name from the next in most prefixes. */
  static boolean isPlain(byte b) {
    return b != ' ' && b != '@' && b != ',' && b != '"';
  }

  /** Closed shapes: where the value ends; {@link #NO_VALUE} when there is none. */
  int end(byte[] line, int from, int to) {
    throw new UnsupportedOperationException(name());
  }

  private static int nonEmpty(int from, int end) {
    return end > from ? end : NO_VALUE;
  }

  private static boolean isHostByte(byte b) {
    return Bytes.isDigit(b)
        || Bytes.isLetter(b)
        || b == '.'
        || b == ':'
        || b == '-'
        || b == '_'
        || b == '%'
        || b == '?'; // what a server prints when it cannot tell
  }
}
