package dev.logdex.normalizer.statement;

import static java.util.Objects.requireNonNull;

import dev.logdex.normalizer.text.Place;
import dev.logdex.normalizer.text.Utf8;
import java.time.Instant;

/**
 * A plan that auto_explain logged: evidence of a call that is counted by its own message, or of a
 * nested statement, which has none.
 *
 * @param statement the plan's Query Text
 * @param plan as logged, without the query's text
 * @param rows that its top node returned; -1 when the plan does not tell
 * @param queryId the server's own identity of the statement; 0 when the log does not tell
 */
public record LoggedPlan(
    String database,
    String user,
    Utf8 statement,
    Format format,
    Utf8 plan,
    Instant at,
    double elapsedMs,
    double rows,
    long queryId,
    Place place) {
  /** How auto_explain writes plans. */
  public enum Format {
    TEXT,
    JSON
  }

  public LoggedPlan {
    requireNonNull(database, "database");
    requireNonNull(user, "user");
    requireNonNull(statement, "statement");
    requireNonNull(format, "format");
    requireNonNull(plan, "plan");
    requireNonNull(at, "at");
    requireNonNull(place, "place");
  }
}
