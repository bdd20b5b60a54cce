package dev.logdex.normalizer.fingerprint;

/** Tells a statement that was cut, by the token it ends with. */
final class StatementEnd {
  private StatementEnd() {}

  /** Whether a statement can end with the last token. */
  static boolean isPossible(TokenBuffer tokens) {
    int last = tokens.count() - 1;
    return switch (tokens.kind(last)) {
      case TokenBuffer.NAME, TokenBuffer.KEYWORD -> isPossibleAfterWord(tokens, last);
      case TokenBuffer.OPERATOR -> isEveryColumn(tokens, last);
      case TokenBuffer.QUOTED,
          TokenBuffer.VALUE,
          TokenBuffer.ORDINAL,
          TokenBuffer.CLOSE_PAREN,
          TokenBuffer.CLOSE_BRACKET ->
          true;
      default -> false;
    };
  }

  /** The star of {@code select *}, not a multiplication. */
  private static boolean isEveryColumn(TokenBuffer tokens, int last) {
    byte before = tokens.kind(last - 1);
    return tokens.endsWithStar() && (before == TokenBuffer.KEYWORD || before == TokenBuffer.COMMA);
  }

  private static boolean isPossibleAfterWord(TokenBuffer tokens, int last) {
    int word = tokens.word(last);
    int before = tokens.word(last - 1);
    if (word == Words.ALL) {
      return before != Words.UNION && before != Words.INTERSECT && before != Words.EXCEPT;
    }
    if (!Words.is(word, Words.CANNOT_END) || before == Words.AS) {
      return true;
    }
    if (word == Words.UPDATE) {
      return before == Words.FOR || before == Words.KEY;
    }
    if (word == Words.ON) { // SET a = on, SET a TO on
      return tokens.kind(last - 1) == TokenBuffer.OPERATOR || before == Words.TO;
    }
    return (word == Words.DELETE && before == Words.THEN)
        || (word == Words.VALUES && before == Words.DEFAULT);
  }
}
