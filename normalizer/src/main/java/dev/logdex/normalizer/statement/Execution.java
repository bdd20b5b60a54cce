package dev.logdex.normalizer.statement;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run of a statement as found in the log.
 *
 * @param database as the log names it; empty when the log does not
 * @param user as the log names it; empty when the log does not
 * @param statement the text as logged, whole, with its literals; may hold several statements sent
 *     as one message
 * @param parameters values of {@code $1…}; an element is null for SQL's NULL; empty when none were
 *     logged
 * @param loggedAt event time
 * @param elapsedMs milliseconds; null when no duration was logged
 * @param place where the entry begins, for a dead letter about it
 */
public record Execution(
    String database,
    String user,
    String statement,
    List<@Nullable String> parameters,
    Instant loggedAt,
    @Nullable Double elapsedMs,
    String place) {
  public Execution {
    requireNonNull(database, "database");
    requireNonNull(user, "user");
    requireNonNull(statement, "statement");
    // List.copyOf refuses null, which is a parameter's value here
    parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
    requireNonNull(loggedAt, "loggedAt");
    requireNonNull(place, "place");
  }
}
