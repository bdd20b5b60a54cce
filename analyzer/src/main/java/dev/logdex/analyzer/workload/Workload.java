package dev.logdex.analyzer.workload;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What the databases were asked in the look-back.
 *
 * @param to end of the newest window: event time
 * @param span from the oldest window of the look-back to the newest, at least a minute
 * @param statements by database and fingerprint
 * @param leftOut statements beyond the cap, those with the fewest calls
 */
public record Workload(Instant to, Duration span, List<WorkloadStatement> statements, int leftOut) {
  public static final Workload EMPTY =
      new Workload(Instant.EPOCH, Duration.ofMinutes(1), List.of(), 0);

  public Workload {
    requireNonNull(to, "to");
    requireNonNull(span, "span");
    statements = List.copyOf(statements);
  }
}
