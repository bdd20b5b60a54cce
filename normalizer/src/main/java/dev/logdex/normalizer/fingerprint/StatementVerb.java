package dev.logdex.normalizer.fingerprint;

/** What a statement begins with, parentheses aside. */
public enum StatementVerb {
  SELECT(true),
  INSERT(true),
  UPDATE(true),
  DELETE(true),
  MERGE(true),
  WITH(true),
  VALUES(true),
  TABLE(true),
  /** A cursor, whose query a planner can be asked about. */
  DECLARE(true),
  PREPARE(false),
  EXECUTE(false),
  /** Any other word. */
  UTILITY(false),
  /** No word, or no statement. */
  NONE(false);

  private final boolean plannable;

  StatementVerb(boolean plannable) {
    this.plannable = plannable;
  }

  /** Whether a planner can be asked about such a statement. */
  public boolean isPlannable() {
    return plannable;
  }

  /** The verb of the first statement. */
  static StatementVerb of(TokenBuffer tokens) {
    int first = 0;
    while (first < tokens.count() && tokens.kind(first) == TokenBuffer.OPEN_PAREN) {
      first++;
    }
    if (first == tokens.count()) {
      return NONE;
    }
    return switch (tokens.kind(first)) {
      case TokenBuffer.NAME, TokenBuffer.KEYWORD -> ofWord(tokens.word(first));
      default -> NONE;
    };
  }

  private static StatementVerb ofWord(int word) {
    if (word == Words.SELECT) {
      return SELECT;
    }
    if (word == Words.INSERT) {
      return INSERT;
    }
    if (word == Words.UPDATE) {
      return UPDATE;
    }
    if (word == Words.DELETE) {
      return DELETE;
    }
    if (word == Words.WITH) {
      return WITH;
    }
    return ofRarerWord(word);
  }

  private static StatementVerb ofRarerWord(int word) {
    if (word == Words.MERGE) {
      return MERGE;
    }
    if (word == Words.VALUES) {
      return VALUES;
    }
    if (word == Words.TABLE) {
      return TABLE;
    }
    if (word == Words.DECLARE) {
      return DECLARE;
    }
    if (word == Words.PREPARE) {
      return PREPARE;
    }
    return word == Words.EXECUTE ? EXECUTE : UTILITY;
  }
}
