package dev.logdex.normalizer.statement;

import static java.util.Objects.requireNonNull;

import dev.logdex.normalizer.text.Place;
import dev.logdex.normalizer.text.Utf8;
import java.time.Instant;

/**
 * Something that happened to a statement and is no execution of it.
 *
 * @param statement the text as logged; with a place in it cut off when the server cut it
 * @param elapsedMs milliseconds; 0 for kinds that take none
 * @param bytes of a temporary file; 0 for other kinds
 * @param queryId the server's own identity of the statement; 0 when the log does not tell
 */
public record StatementEvent(
    Kind kind,
    String database,
    String user,
    Utf8 statement,
    Instant at,
    double elapsedMs,
    long bytes,
    long queryId,
    Place place) {
  /** What happened. */
  public enum Kind {
    /** It failed. */
    ERROR,
    /** It was cancelled, by somebody or by a timeout; an error too, but not told as one. */
    CANCELED,
    /** It waited for a lock longer than {@code deadlock_timeout}. */
    LOCK_WAIT,
    /** It was part of a deadlock. */
    DEADLOCK,
    /** It wrote a temporary file. */
    TEMPORARY_FILE,
    /** It was parsed, in the extended protocol; a time. */
    PARSE,
    /** It was bound and planned, in the extended protocol; a time. */
    BIND,
    /** More rows were fetched from its portal; a time that belongs to its execution. */
    FETCH
  }

  public StatementEvent {
    requireNonNull(kind, "kind");
    requireNonNull(database, "database");
    requireNonNull(user, "user");
    requireNonNull(statement, "statement");
    requireNonNull(at, "at");
    requireNonNull(place, "place");
  }
}
