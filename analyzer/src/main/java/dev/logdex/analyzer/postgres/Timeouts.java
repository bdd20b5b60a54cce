package dev.logdex.analyzer.postgres;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How long the analysis database may take.
 *
 * @param statement for planning one statement
 * @param lock for getting a lock on the way
 */
public record Timeouts(Duration statement, Duration lock) {
  public Timeouts {
    requireNonNull(statement, "statement");
    requireNonNull(lock, "lock");
  }
}
