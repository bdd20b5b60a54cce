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
  NAME(true, 128),
  /** A host name or address; {@code [local]} for a socket. */
  HOST(true, 1025),
  /** A host with its port in parentheses; {@code [local]} for a socket. */
  HOST_AND_PORT(false, 0),
  DIGITS(false, 0),
  SIGNED_DIGITS(false, 0),
  /** {@code 2026-11-21 00:23:45 UTC}. */
  TIME(false, 0),
  /** {@code 2026-11-21 00:23:45.389 UTC}. */
  TIME_WITH_MILLIS(false, 0),
  /** {@code 1795220632.992}. */
  EPOCH(false, 0),
  SQLSTATE(false, 0),
  /** {@code 6b00e492.5406}: start time and process id, both hexadecimal. */
  SESSION(false, 0),
  /** {@code 3/5}. */
  VIRTUAL_TRANSACTION(false, 0);

  static final int NO_VALUE = -1;
  private static final byte[] LOCAL = "[local]".getBytes(US_ASCII);

  private final boolean open;
  private final int maxBytes;

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
    return this != HOST || Bytes.isHostByte(b) || b == '[' || b == ']';
  }

  /** Open shapes: whether the value looks as nearly all of them do. */
  boolean isUsual(byte[] line, int from, int to) {
    if (this == HOST && to - from == LOCAL.length && Bytes.startsWith(line, from, to, LOCAL)) {
      return true;
    }
    for (int at = from; at < to; at++) {
      byte b = line[at];
      boolean usual =
          this == HOST ? Bytes.isHex(b) || b == '.' || b == ':' : this == TEXT || isPlain(b);
      if (!usual) {
        return false;
      }
    }
    return true;
  }

  /** Without what separates one name from the next in most prefixes. */
  static boolean isPlain(byte b) {
    return b != ' ' && b != '@' && b != ',' && b != '"';
  }

  /**
   * Closed shapes: where the value ends; {@link #NO_VALUE} when there is none. A switch, because it
   * runs for every field of every line, and is faster than a method of each constant.
   */
  int end(byte[] line, int from, int to) {
    return switch (this) {
      case DIGITS -> nonEmpty(from, Bytes.digits(line, from, to));
      case TIME_WITH_MILLIS -> endOfMillis(line, from, to);
      case TIME -> endOfTime(line, from, to);
      case HOST_AND_PORT -> endOfPort(line, from, to);
      case SIGNED_DIGITS -> endOfSigned(line, from, to);
      case EPOCH -> endOfEpoch(line, from, to);
      case SQLSTATE -> endOfSqlstate(line, from, to);
      case SESSION -> endOfSession(line, from, to);
      case VIRTUAL_TRANSACTION -> endOfVirtualTransaction(line, from, to);
      default -> throw new UnsupportedOperationException(name());
    };
  }

  private static int endOfTime(byte[] line, int from, int to) {
    int seconds = LogTime.endOfSeconds(line, from, to);
    return seconds < 0 ? NO_VALUE : LogTime.endOfZone(line, seconds, to);
  }

  private static int endOfSigned(byte[] line, int from, int to) {
    int first = from < to && line[from] == '-' ? from + 1 : from;
    return nonEmpty(first, Bytes.digits(line, first, to));
  }

  private static int endOfVirtualTransaction(byte[] line, int from, int to) {
    int slash = Bytes.digits(line, from, to);
    return slash == from || slash >= to || line[slash] != '/'
        ? NO_VALUE
        : nonEmpty(slash + 1, Bytes.digits(line, slash + 1, to));
  }

  private static int endOfMillis(byte[] line, int from, int to) {
    int seconds = LogTime.endOfSeconds(line, from, to);
    if (seconds < 0 || seconds + 4 > to || line[seconds] != '.') {
      return NO_VALUE;
    }
    boolean digits =
        Bytes.isDigit(line[seconds + 1])
            && Bytes.isDigit(line[seconds + 2])
            && Bytes.isDigit(line[seconds + 3]);
    return digits ? LogTime.endOfZone(line, seconds + 4, to) : NO_VALUE;
  }

  private static int endOfPort(byte[] line, int from, int to) {
    if (Bytes.startsWith(line, from, to, LOCAL)) {
      return from + LOCAL.length;
    }
    int at = from;
    while (at < to && Bytes.isHostByte(line[at])) {
      at++;
    }
    if (at == from || at >= to || line[at] != '(') {
      return NO_VALUE;
    }
    int close = Bytes.digits(line, at + 1, to);
    return close > at + 1 && close < to && line[close] == ')' ? close + 1 : NO_VALUE;
  }

  private static int endOfEpoch(byte[] line, int from, int to) {
    int dot = Bytes.digits(line, from, to);
    if (dot - from < 9 || dot >= to || line[dot] != '.') {
      return NO_VALUE;
    }
    int millis = Bytes.digits(line, dot + 1, to);
    return millis - dot == 4 ? millis : NO_VALUE;
  }

  private static int endOfSqlstate(byte[] line, int from, int to) {
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

  private static int endOfSession(byte[] line, int from, int to) {
    int dot = Bytes.hexDigits(line, from, to);
    if (dot - from < 6 || dot >= to || line[dot] != '.') {
      return NO_VALUE;
    }
    return nonEmpty(dot + 1, Bytes.hexDigits(line, dot + 1, to));
  }

  private static int nonEmpty(int from, int end) {
    return end > from ? end : NO_VALUE;
  }
}
