package dev.logdex.normalizer.event;

/**
 * Why something could not be understood. The words are metric tags and JSON: they are never
 * renamed.
 */
public enum DeadLetterReason {
  /**
   * The line has no log_line_prefix that fits, is no continuation, and belongs to no known
   * envelope.
   */
  NOT_A_LOG_LINE,
  /** What a shipper put around the line is damaged, cut off, or more than may be undone. */
  MALFORMED_ENVELOPE,
  /** A carrier of the log says that it dropped lines; how many, the detail tells. */
  LINES_LOST,
  /** A continuation or a DETAIL, STATEMENT … part whose first line was never seen. */
  ORPHAN_LINE,
  /** The entry grew past the configured cap; what was cut is gone. */
  ENTRY_TOO_LONG,
  /** Lines of the entry are missing or another process's output runs through it. */
  DAMAGED_ENTRY,
  /** The statement ends inside a quote, a comment or a parenthesis, or in mid-clause. */
  TRUNCATED_STATEMENT,
  /** The server logs in a language that is not known. */
  UNSUPPORTED_LANGUAGE,
  /** The entry carries no usable time, so it belongs to no window. */
  NO_TIME,
  /** Postgres says that the statement is not SQL. */
  SYNTAX_ERROR,
  /** A table, column, function or type of the statement is not in the analysis database. */
  UNKNOWN_OBJECT,
  /** The analysis role may not plan the statement. */
  PERMISSION_DENIED,
  /** Not a statement that can be planned, or not one that Logdex is willing to hand to a server. */
  NOT_PLANNABLE,
  /** Parameter types cannot be inferred. */
  UNKNOWN_PARAMETER_TYPE,
  /** Planning hit the statement timeout. */
  PLAN_TIMEOUT,
  /** Planning failed in another way; the detail has Postgres's SQLSTATE. */
  PLAN_FAILED,
  /** No analysis database is configured for the database that the log names. */
  DATABASE_NOT_MAPPED,
  /** A defect of Logdex's own, met on this record only. */
  INTERNAL,
  /** auto_explain writes plans in a format that is not read. */
  UNSUPPORTED_PLAN_FORMAT,
  /** A webhook's receiver did not take a recommendation event; the detail says what it answered. */
  NOT_DELIVERED
}
