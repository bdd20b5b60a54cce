package dev.logdex.normalizer.statement;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One whole message of the server, as far as it matters for telling executions.
 *
 * @param severity in the server's English word
 * @param backend what tells one server process from another within the source
 * @param session what tells it from an earlier process of the same id; empty when the log does not
 * @param lineNumber the process's own line count; -1 when the log does not tell
 * @param at event time, from the log or else from the record's arrival
 */
public record ServerMessage(
    String severity,
    String database,
    String user,
    String backend,
    String session,
    long lineNumber,
    Instant at,
    String text,
    @Nullable String detail,
    @Nullable String statement,
    String place) {
  public ServerMessage {
    requireNonNull(severity, "severity");
    requireNonNull(database, "database");
    requireNonNull(user, "user");
    requireNonNull(backend, "backend");
    requireNonNull(session, "session");
    requireNonNull(at, "at");
    requireNonNull(text, "text");
    requireNonNull(place, "place");
  }
}
