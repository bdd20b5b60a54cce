package dev.logdex.ingest.syslog;

/**
 * Finds the host in a message's header: RFC 5424, RFC 3164 with the traditional or with an ISO
 * time, with or without priority. Reads no more than that.
 */
final class MessageHeader {
  /** Stands for no host. */
  static final long NO_HOST = -1;

  /** RFC 5424 allows so many characters. */
  private static final int HOST_LENGTH_MAX = 255;

  /** {@code Nov 21 00:25:13 }. */
  private static final int TRADITIONAL_LENGTH = 16;

  private MessageHeader() {}

  /**
   * Where the host stands: {@link #from} and {@link #to} tell; {@link #NO_HOST} when there is none,
   * as in messages that come from the program itself, or none that could be a source's name.
   */
  static long host(byte[] bytes, int from, int to) {
    int at = behindPriority(bytes, from, to);
    boolean version1 = at > from && at + 1 < to && bytes[at] == '1' && bytes[at + 1] == ' ';
    if (version1) {
      return word(bytes, behindWord(bytes, at + 2, to), to, false);
    }
    if (isTraditional(bytes, at, to)) {
      return word(bytes, at + TRADITIONAL_LENGTH, to, true);
    }
    if (at + 11 < to && bytes[at + 4] == '-' && bytes[at + 10] == 'T' && isDigit(bytes[at])) {
      return word(bytes, behindWord(bytes, at, to), to, true);
    }
    return NO_HOST;
  }

  static int from(long host) {
    return (int) (host >>> 32);
  }

  static int to(long host) {
    return (int) host;
  }

  private static int behindPriority(byte[] bytes, int from, int to) {
    if (from >= to || bytes[from] != '<') {
      return from;
    }
    int at = from + 1;
    while (at < to && at - from < 4 && isDigit(bytes[at])) {
      at++;
    }
    return at < to && bytes[at] == '>' && at > from + 1 ? at + 1 : from;
  }

  private static boolean isTraditional(byte[] bytes, int at, int to) {
    return at + TRADITIONAL_LENGTH < to
        && bytes[at] >= 'A'
        && bytes[at] <= 'S'
        && bytes[at + 3] == ' '
        && bytes[at + 6] == ' '
        && bytes[at + 9] == ':'
        && bytes[at + 12] == ':'
        && bytes[at + 15] == ' ';
  }

  private static int behindWord(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] != ' ') {
      at++;
    }
    return Math.min(to, at + 1);
  }

  /**
   * The word that begins here, if it can be a host.
   *
   * @param maybeTag whether a tag may stand in the host's place
   */
  private static long word(byte[] bytes, int from, int to, boolean maybeTag) {
    int end = from;
    while (end < to && bytes[end] > ' ' && bytes[end] != 0x7f && end - from < HOST_LENGTH_MAX) {
      end++;
    }
    boolean whole = end > from && end < to && bytes[end] == ' ';
    boolean nil = end == from + 1 && bytes[from] == '-';
    if (!whole || nil || (maybeTag && isTag(bytes, end))) {
      return NO_HOST;
    }
    return (long) from << 32 | end;
  }

  /** {@code postgres[23162]:} or {@code postgres:}. */
  private static boolean isTag(byte[] bytes, int end) {
    return bytes[end - 1] == ':' || bytes[end - 1] == ']';
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
