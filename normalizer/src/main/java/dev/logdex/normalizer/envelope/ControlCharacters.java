package dev.logdex.normalizer.envelope;

/**
 * Undoes what rsyslog does to control characters on receipt: {@code #} and three octal digits. Only
 * codes below 040 and 0177 are undone; others are the statement's own text.
 */
final class ControlCharacters {
  private static final int MAX_KEPT_BYTES = 1 << 20;

  private byte[] restored = new byte[1024];

  /** Gives the text to {@code out}: as it stands, or a copy when there is something to undo. */
  void restore(byte[] line, int from, int to, UnwrappedLine out) {
    for (int at = from; at + 3 < to; at++) {
      if (line[at] == '#' && isEscape(line, at)) {
        copyRestored(line, from, to, out);
        return;
      }
    }
    out.text(line, from, to);
  }

  private void copyRestored(byte[] line, int from, int to, UnwrappedLine out) {
    if (restored.length < to - from || restored.length > MAX_KEPT_BYTES) {
      restored = new byte[to - from + 1024];
    }
    byte[] text = restored;
    int length = 0;
    for (int at = from; at < to; at++) {
      if (line[at] == '#' && at + 3 < to && isEscape(line, at)) {
        text[length++] = (byte) code(line, at);
        at += 3;
      } else {
        text[length++] = line[at];
      }
    }
    // a message's own line end, which the daemon escaped like any other
    boolean endsLine = length > 0 && text[length - 1] == '\n';
    out.text(text, 0, endsLine ? length - 1 : length);
  }

  private static boolean isEscape(byte[] line, int at) {
    for (int i = at + 1; i <= at + 3; i++) {
      if (line[i] < '0' || line[i] > '7') {
        return false;
      }
    }
    int code = code(line, at);
    return code < 040 || code == 0177;
  }

  private static int code(byte[] line, int at) {
    return ((line[at + 1] - '0') << 6) | ((line[at + 2] - '0') << 3) | (line[at + 3] - '0');
  }
}
