package dev.logdex.normalizer.statement;

/** What a message is about, as far as it concerns statements (postgres.c, proc.c, fd.c). */
enum MessageKind {
  /** Simple protocol: all statements of one message. */
  STATEMENT,
  /** Extended protocol. */
  EXECUTE,
  /** The next rows of a portal that was counted when it was first executed. */
  FETCH,
  PARSE,
  BIND,
  /** auto_explain; the statement itself is logged by its own message. */
  PLAN,
  /** A function called by its number, without any SQL. */
  FASTPATH,
  /** Only a duration: of the statement that was announced before. */
  DURATION,
  /** A new process begins, or one ends. */
  CONNECTION,
  TEMPORARY_FILE,
  /** Waits for a lock, and goes on waiting. */
  LOCK_WAITING,
  /** The wait for a lock is over, whichever way. */
  LOCK_WAITED,
  CANCELED,
  DEADLOCK,
  OTHER;

  /** Whether the message is about a statement that runs and counts. */
  boolean isExecution() {
    return this == STATEMENT || this == EXECUTE;
  }

  /** Whether {@code log_statement} announces it. */
  boolean isAnnounced() {
    return isExecution() || this == FETCH;
  }

  /** Whether the process has gone on to something else when it writes this. */
  boolean endsStatementBefore() {
    return switch (this) {
      case STATEMENT, EXECUTE, FETCH, PARSE, BIND, FASTPATH, CONNECTION -> true;
      default -> false;
    };
  }
}
