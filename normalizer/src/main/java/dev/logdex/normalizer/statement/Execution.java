package dev.logdex.normalizer.statement;

import static java.util.Objects.requireNonNull;

import dev.logdex.normalizer.text.Place;
import dev.logdex.normalizer.text.Utf8;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run of a statement as found in the log. Its texts may be views of a buffer: see {@link Utf8}.
 *
 * @param database as the log names it; empty when the log does not
 * @param user as the log names it; empty when the log does not
 * @param statement the text as logged, whole, with its literals; may hold several statements sent
 *     as one message
 * @param loggedAt event time
 * @param elapsedMs milliseconds; null when no duration was logged
 * @param queryId the server's own identity of the statement; 0 when the log does not tell
 * @param place where the entry begins, for a dead letter about it
 */
public record Execution(
    String database,
    String user,
    Utf8 statement,
    Parameters parameters,
    Instant loggedAt,
    @Nullable Double elapsedMs,
    long queryId,
    Place place) {
  public Execution {
    requireNonNull(database, "database");
    requireNonNull(user, "user");
    requireNonNull(statement, "statement");
    requireNonNull(parameters, "parameters");
    requireNonNull(loggedAt, "loggedAt");
    requireNonNull(place, "place");
  }
}
