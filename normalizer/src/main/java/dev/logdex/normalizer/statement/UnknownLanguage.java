package dev.logdex.normalizer.statement;

import dev.logdex.normalizer.text.Utf8;

/**
 * Recognises what is left when the words are not known: statement logging says a word, a colon, a
 * number with three decimals and a unit, and ends there or goes on after two blanks or a comma. To
 * be told to the operator; such a message is not read.
 */
final class UnknownLanguage {
  private static final int MOST_BYTES_OF_WORD = 60;
  private static final int MOST_BYTES_OF_UNIT = 20;

  private UnknownLanguage() {}

  static boolean looksTimed(Utf8 message) {
    int colon = endOfWord(message);
    if (colon <= 0 || colon == message.length() || message.at(colon) != ':') {
      return false;
    }
    int from = Template.skipBlanks(message, colon + 1);
    int to = from;
    while (to < message.length() && isDigit(message.at(to))) {
      to++;
    }
    boolean number = to > from && to + 3 < message.length() && message.at(to) == '.';
    for (int i = 1; number && i <= 3; i++) {
      number = isDigit(message.at(to + i));
    }
    return number && isUnit(message, to + 4);
  }

  /** The first byte that is no part of a word without digits. */
  private static int endOfWord(Utf8 message) {
    int at = 0;
    while (at < message.length()
        && at < MOST_BYTES_OF_WORD
        && message.at(at) != ':'
        && message.at(at) != '='
        && !isDigit(message.at(at))) {
      at++;
    }
    return at;
  }

  private static boolean isUnit(Utf8 message, int after) {
    int from = Template.skipBlanks(message, after);
    int to = from;
    while (to < message.length()
        && to - from < MOST_BYTES_OF_UNIT
        && !SqlText.isSpace(message.at(to))
        && message.at(to) != ',') {
      to++;
    }
    if (to == from || to - from == MOST_BYTES_OF_UNIT || isDigit(message.at(from))) {
      return false;
    }
    int next = Template.skipBlanks(message, to);
    return next == message.length() || next >= to + 2 || message.at(to) == ',';
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
