package dev.logdex.normalizer.statement;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A LOG message taken apart: its kind, its duration and the SQL it holds.
 *
 * @param elapsedMs milliseconds; null when the message has no duration
 * @param sql empty when the kind has none
 */
record StatementMessage(MessageKind kind, @Nullable Double elapsedMs, String sql) {
  private static final String DURATION = "duration:";
  private static final StatementMessage OTHER = new StatementMessage(MessageKind.OTHER, null, "");
  private static final List<String> CONNECTION =
      List.of("connection received:", "connection authorized:", "disconnection:");

  static StatementMessage read(String text) {
    int at = skipDecoration(text);
    if (text.startsWith(DURATION, at)) {
      return readTimed(text, at + DURATION.length());
    }
    for (String phrase : CONNECTION) {
      if (text.startsWith(phrase, at)) {
        return new StatementMessage(MessageKind.CONNECTION, null, "");
      }
    }
    MessageKind kind = kindAt(text, at);
    // log_statement announces no parse, bind or plan: such a text is something else
    boolean announced = kind.isExecution() || kind == MessageKind.FETCH;
    return announced || kind == MessageKind.FASTPATH ? withText(kind, null, text, at) : OTHER;
  }

  private static StatementMessage readTimed(String text, int afterColon) {
    int from = skipBlanks(text, afterColon);
    int to = from;
    while (to < text.length() && (Character.isDigit(text.charAt(to)) || text.charAt(to) == '.')) {
      to++;
    }
    int unit = skipBlanks(text, to);
    Double elapsedMs = number(text.substring(from, to));
    if (elapsedMs == null || unit == to || !SqlText.isKeyword(text, unit, "ms")) {
      return OTHER;
    }
    int at = skipBlanks(text, unit + 2);
    if (at == text.length()) {
      return new StatementMessage(MessageKind.DURATION, elapsedMs, "");
    }
    return withText(kindAt(text, at), elapsedMs, text, at);
  }

  private static @Nullable Double number(String digits) {
    try {
      return digits.isEmpty() ? null : Double.valueOf(digits);
    } catch (NumberFormatException severalDots) {
      return null;
    }
  }

  private static MessageKind kindAt(String text, int at) {
    for (MessageKind kind : MessageKind.values()) {
      if (!kind.phrase().isEmpty() && text.startsWith(kind.phrase(), at)) {
        return kind;
      }
    }
    return MessageKind.OTHER;
  }

  private static StatementMessage withText(
      MessageKind kind, @Nullable Double elapsedMs, String text, int at) {
    if (kind.text() == MessageKind.Text.NONE) {
      return new StatementMessage(kind, elapsedMs, "");
    }
    int from = at + kind.phrase().length();
    if (kind.text() == MessageKind.Text.AFTER_NAME) {
      int colon = text.indexOf(": ", from);
      boolean empty = colon < 0 && text.endsWith(":");
      if (colon < 0 && !empty) {
        return OTHER;
      }
      from = empty ? text.length() : colon + 1;
    }
    int sqlFrom = from < text.length() && text.charAt(from) == ' ' ? from + 1 : from;
    return new StatementMessage(kind, elapsedMs, text.substring(sqlFrom));
  }

  /**
   * Skips what some servers put before every message: {@code [file.cc:123] } (AlloyDB) and the
   * SQLSTATE of {@code log_error_verbosity = verbose}.
   */
  private static int skipDecoration(String text) {
    int at = 0;
    if (text.startsWith("[")) {
      int close = text.indexOf("]  ");
      int colon = text.indexOf(':');
      if (close > 0 && colon > 0 && colon < close && text.indexOf(' ') > close) {
        at = close + 3;
      }
    }
    return isSqlState(text, at) ? at + 7 : at;
  }

  private static boolean isSqlState(String text, int from) {
    if (!text.startsWith(": ", from + 5)) {
      return false;
    }
    for (int at = from; at < from + 5; at++) {
      char c = text.charAt(at);
      if (!(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'Z')) {
        return false;
      }
    }
    return true;
  }

  private static int skipBlanks(String text, int from) {
    int at = from;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }
}
