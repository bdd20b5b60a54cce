package dev.logdex.ingest.drain;

/** Takes octet-counted frames apart. */
final class LogplexFrames {
  private static final int MAX_DIGITS = 8;

  private LogplexFrames() {}

  /**
   * Writes each frame as a line. A frame's own line end stays; one inside it becomes a carriage
   * return, so that its rest cannot pass for a line of its own. Postgres's frames hold none, and to
   * SQL both are white space that ends a comment.
   *
   * @return how many frames there were
   */
  static int copy(byte[] body, ParcelWriter writer) throws RefusedException {
    int frames = 0;
    int at = 0;
    while (at < body.length) {
      int blank = endOfLength(body, at, frames);
      int length = number(body, at, blank);
      int from = blank + 1;
      if (length > body.length - from) {
        throw RefusedException.malformed(
            "message " + (frames + 1) + " is said to be longer than the rest of the body");
      }
      joinLines(body, from, from + length);
      writer.unit(body, from, from + length);
      frames++;
      at = from + length;
    }
    return frames;
  }

  private static int endOfLength(byte[] body, int from, int frames) throws RefusedException {
    int at = from;
    while (at < body.length && body[at] >= '0' && body[at] <= '9' && at - from < MAX_DIGITS) {
      at++;
    }
    if (at == from || at == body.length || body[at] != ' ') {
      throw RefusedException.malformed(
          "message " + (frames + 1) + " does not begin with its length in bytes and a blank");
    }
    return at;
  }

  private static int number(byte[] body, int from, int to) {
    int number = 0;
    for (int at = from; at < to; at++) {
      number = number * 10 + (body[at] - '0');
    }
    return number;
  }

  private static void joinLines(byte[] body, int from, int to) {
    for (int at = from; at < to - 1; at++) {
      if (body[at] == '\n') {
        body[at] = '\r';
      }
    }
  }
}
