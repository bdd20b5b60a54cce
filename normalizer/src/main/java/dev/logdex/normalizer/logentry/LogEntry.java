package dev.logdex.normalizer.logentry;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One message of the server, its parts joined.
 *
 * @param severity in the server's English word, such as {@code LOG} or {@code ERROR}
 * @param message the text after the level, all its lines
 * @param detail the DETAIL part; null when there is none
 * @param statement the STATEMENT part; null when there is none
 * @param loggedAt null when the prefix holds no time and the envelope gave none
 */
public record LogEntry(
    String severity,
    String database,
    String user,
    String backend,
    @Nullable Instant loggedAt,
    String message,
    @Nullable String detail,
    @Nullable String statement,
    String place) {
  public LogEntry {
    requireNonNull(severity, "severity");
    requireNonNull(database, "database");
    requireNonNull(user, "user");
    requireNonNull(backend, "backend");
    requireNonNull(message, "message");
    requireNonNull(place, "place");
  }
}
