package dev.logdex.normalizer.statement;

/**
 * What a LOG message of statement logging is about, by the phrase that follows the duration or
 * stands alone (postgres.c, the same words in all versions). One row per phrase, longer ones first
 * where one begins another.
 */
enum MessageKind {
  /** Simple protocol: all statements of one message. */
  STATEMENT("statement:", Text.FOLLOWS),
  /** The next rows of a portal that was counted when it was first executed. */
  FETCH("execute fetch from ", Text.AFTER_NAME),
  /** Extended protocol. */
  EXECUTE("execute ", Text.AFTER_NAME),
  PARSE("parse ", Text.AFTER_NAME),
  BIND("bind ", Text.AFTER_NAME),
  /** auto_explain; the statement itself is logged by its own message. */
  PLAN("plan:", Text.NONE),
  FASTPATH("fastpath function call:", Text.NONE),
  /** Only a duration: of the statement that was announced before. */
  DURATION("", Text.NONE),
  /** A new process begins, or one ends. */
  CONNECTION("", Text.NONE),
  OTHER("", Text.NONE);

  enum Text {
    NONE,
    FOLLOWS,
    /** After the first colon and blank; a name may hold a colon but no blank after it. */
    AFTER_NAME
  }

  private final String phrase;
  private final Text text;

  MessageKind(String phrase, Text text) {
    this.phrase = phrase;
    this.text = text;
  }

  String phrase() {
    return phrase;
  }

  Text text() {
    return text;
  }

  /** Whether the message is about a statement that runs and counts. */
  boolean isExecution() {
    return this == STATEMENT || this == EXECUTE;
  }

  /** Whether the process has gone on to something else when it writes this. */
  boolean endsStatementBefore() {
    return this != PLAN && this != DURATION && this != OTHER;
  }
}
