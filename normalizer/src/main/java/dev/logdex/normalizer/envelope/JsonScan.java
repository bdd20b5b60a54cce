package dev.logdex.normalizer.envelope;

/** Finds where JSON values end without reading them. */
final class JsonScan {
  static final int CUT_OFF = -1;

  private JsonScan() {}

  /**
   * Whether an object or an array of objects may begin here. A line of the server's own begins with
   * neither: continuations have a TAB, prefixes in brackets have no brace after the bracket.
   */
  static boolean begins(byte[] bytes, int from, int to) {
    if (from >= to || (bytes[from] != '{' && bytes[from] != '[')) {
      return false;
    }
    if (bytes[from] == '{') {
      return true;
    }
    int next = skipBlanks(bytes, from + 1, to);
    return next < to && bytes[next] == '{';
  }

  /**
   * Where the object or array that begins here ends, exclusive; {@link #CUT_OFF} when it does not
   * or when a line end shows that it was cut: inside a string, or before a line that begins like
   * another document.
   */
  static int end(byte[] bytes, int from, int to) {
    int depth = 0;
    for (int at = from; at < to; at++) {
      byte b = bytes[at];
      if (b == '"') {
        at = endOfString(bytes, at + 1, to);
        if (at < 0) {
          return CUT_OFF;
        }
      } else if (b == '{' || b == '[') {
        depth++;
      } else if (b == '}' || b == ']') {
        depth--;
        if (depth == 0) {
          return at + 1;
        }
      } else if (b == '\n' && !goesOn(bytes, at + 1, to)) {
        return CUT_OFF;
      }
    }
    return CUT_OFF;
  }

  /** The closing quote. */
  private static int endOfString(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at++) {
      byte b = bytes[at];
      if (b == '"') {
        return at;
      }
      if (b == '\n') {
        return CUT_OFF;
      }
      if (b == '\\') {
        at++;
      }
    }
    return CUT_OFF;
  }

  /** How a document that is printed over several lines goes on, whether indented or not. */
  private static boolean goesOn(byte[] bytes, int from, int to) {
    if (from >= to) {
      return true;
    }
    return switch (bytes[from]) {
      case ' ', '\t', '\r', '\n', '}', ']', '"' -> true;
      default -> false;
    };
  }

  static int skipBlanks(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && isBlank(bytes[at])) {
      at++;
    }
    return at;
  }

  static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n';
  }
}
