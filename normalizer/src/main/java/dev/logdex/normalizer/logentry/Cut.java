package dev.logdex.normalizer.logentry;

/** What a bound has cost. The words are metric tags and JSON. */
public enum Cut {
  /** An entry was longer than allowed; there is a dead letter for it. */
  ENTRY_TOO_LONG,
  /** There were more processes with something incomplete than allowed; one was taken as done. */
  TOO_MANY_PROCESSES,
  /** There was more incomplete text than allowed; a process's was taken as done. */
  TOO_MUCH_TEXT,
  /** A CONTEXT part was longer than what is kept of one. */
  CONTEXT_TOO_LONG,
  /** A HINT, QUERY, LOCATION or BACKTRACE part, which nobody reads. */
  UNREAD_PART,
  /** More chunks came ahead of a missing one than are kept; there is a dead letter for it. */
  TOO_MANY_EARLY_CHUNKS
}
