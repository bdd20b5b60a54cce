package dev.logdex.normalizer.statement;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.logdex.normalizer.text.Utf8;

/**
 * Takes messages at level LOG apart: what kind one is, how long it says something took, and where
 * in it the SQL stands. One object reads one message after the other.
 */
final class StatementMessage {
  private static final byte[] DURATION = bytes("duration:");
  private static final byte[] STATEMENT = bytes("statement:");
  private static final byte[] FETCH = bytes("execute fetch from ");
  private static final byte[] EXECUTE = bytes("execute ");
  private static final byte[] PARSE = bytes("parse ");
  private static final byte[] BIND = bytes("bind ");
  private static final byte[] PLAN = bytes("plan:");
  private static final byte[] FASTPATH = bytes("fastpath function call:");
  private static final byte[] AFTER_FILE = bytes("]  ");

  /** As in {@code 42P01: }. */
  private static final int STATE_LENGTH = 7;

  private final Template.Match match = new Template.Match();
  private Utf8 text = Utf8.EMPTY;
  private MessageKind kind = MessageKind.OTHER;

  void read(Utf8 message) {
    text = message;
    match.clear();
    int at = skipDecoration(message, 0);
    if (isEnglishDuration(message, at)) {
      kind = timed(at + DURATION.length);
    } else if (message.startsWith(STATEMENT, at)) {
      kind = followed(MessageKind.STATEMENT, STATEMENT, at);
    } else {
      Template template = Phrases.MESSAGE.find(message, at, match);
      kind = template == null ? MessageKind.OTHER : template.kind();
    }
  }

  /** What a message at level ERROR or worse says: cancelled, deadlock, or anything else. */
  MessageKind failure(Utf8 message) {
    int at = skipFile(message, 0);
    Template template = Phrases.FAILURE.find(message, at, match);
    if (template == null && isSqlState(message, at)) {
      template = Phrases.FAILURE.find(message, at + STATE_LENGTH, match);
    }
    return template == null ? MessageKind.OTHER : template.kind();
  }

  /** Whether the message begins as the English ones with a duration do, plans among them. */
  static boolean isEnglishDuration(Utf8 message, int from) {
    return message.startsWith(DURATION, from);
  }

  MessageKind kind() {
    return kind;
  }

  boolean isTimed() {
    return match.millis() >= 0;
  }

  /** Milliseconds; -1 when the message tells none. */
  double elapsedMs() {
    return match.millis();
  }

  /** Size of a temporary file. */
  long bytes() {
    return match.number();
  }

  /** A view of the SQL, or of the plan; empty when the kind has none. */
  Utf8 sql() {
    int from = match.restFrom();
    return from < 0 ? Utf8.EMPTY : text.part(from);
  }

  private MessageKind timed(int afterColon) {
    int to = match.readMillis(text, skipSpace(afterColon));
    int unit = to < 0 ? -1 : skipSpace(to);
    if (unit <= to || !SqlText.isKeyword(text, unit, "MS")) {
      return MessageKind.OTHER;
    }
    int at = skipSpace(unit + 2);
    if (at == text.length()) {
      return MessageKind.DURATION;
    }
    return switch (text.at(at)) {
      case 's' -> followed(MessageKind.STATEMENT, STATEMENT, at);
      case 'e' ->
          text.startsWith(FETCH, at)
              ? named(MessageKind.FETCH, FETCH, at)
              : named(MessageKind.EXECUTE, EXECUTE, at);
      case 'p' ->
          text.startsWith(PLAN, at)
              ? followed(MessageKind.PLAN, PLAN, at)
              : named(MessageKind.PARSE, PARSE, at);
      case 'b' -> named(MessageKind.BIND, BIND, at);
      default -> text.startsWith(FASTPATH, at) ? MessageKind.FASTPATH : MessageKind.OTHER;
    };
  }

  private MessageKind followed(MessageKind meant, byte[] phrase, int at) {
    if (!text.startsWith(phrase, at)) {
      return MessageKind.OTHER;
    }
    match.restFrom(skipOneBlank(at + phrase.length));
    return meant;
  }

  /** A name may hold a colon, but no blank after it. */
  private MessageKind named(MessageKind meant, byte[] phrase, int at) {
    if (!text.startsWith(phrase, at)) {
      return MessageKind.OTHER;
    }
    int colon = text.indexOf((byte) ':', at + phrase.length);
    while (colon >= 0 && colon + 1 < text.length() && text.at(colon + 1) != ' ') {
      colon = text.indexOf((byte) ':', colon + 1);
    }
    if (colon < 0) {
      return MessageKind.OTHER;
    }
    match.restFrom(skipOneBlank(colon + 1));
    return meant;
  }

  private int skipOneBlank(int at) {
    return at < text.length() && text.at(at) == ' ' ? at + 1 : at;
  }

  private int skipSpace(int from) {
    int at = from;
    while (at < text.length() && SqlText.isSpace(text.at(at))) {
      at++;
    }
    return at;
  }

  /**
   * Skips what some servers put before every message: {@code [file.cc:123] } (AlloyDB) and the
   * SQLSTATE of {@code log_error_verbosity = verbose}.
   */
  private static int skipDecoration(Utf8 text, int from) {
    int at = skipFile(text, from);
    return isSqlState(text, at) ? at + STATE_LENGTH : at;
  }

  /** The index after {@code [file.cc:123] }. */
  static int skipFile(Utf8 text, int from) {
    if (text.length() <= from || text.at(from) != '[') {
      return from;
    }
    int close = text.indexOf(AFTER_FILE, from);
    int colon = text.indexOf((byte) ':', from);
    boolean file =
        close > 0 && colon > 0 && colon < close && text.indexOf((byte) ' ', from) > close;
    return file ? close + AFTER_FILE.length : from;
  }

  private static boolean isSqlState(Utf8 text, int from) {
    if (text.length() < from + 7 || text.at(from + 5) != ':' || text.at(from + 6) != ' ') {
      return false;
    }
    for (int at = from; at < from + 5; at++) {
      byte b = text.at(at);
      if (!(b >= '0' && b <= '9') && !(b >= 'A' && b <= 'Z')) {
        return false;
      }
    }
    return true;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(US_ASCII);
  }
}
