package dev.logdex.analyzer.workload;

import java.time.Duration;
import java.util.Optional;

/**
 * Which statements are worth planning. What is kept out is told with a reason; the defaults keep
 * everything.
 *
 * @param fewestCalls of the look-back
 * @param shortestMean of the timed calls; a statement of which no call was timed is kept
 * @param shortestTotal of the timed calls together; as above
 */
public record WorkloadFilter(long fewestCalls, Duration shortestMean, Duration shortestTotal) {
  /** Keeps everything. */
  public static final WorkloadFilter NONE = new WorkloadFilter(1, Duration.ZERO, Duration.ZERO);

  private static final double NANOS_PER_MS = 1e6;

  /** Why the statement is kept out, a sentence; empty when it is kept. */
  public Optional<String> keepsOut(WorkloadStatement statement) {
    if (statement.calls() < fewestCalls) {
      return Optional.of(
          "It was called %d times; the setting calls.min asks for %d."
              .formatted(statement.calls(), fewestCalls));
    }
    if (statement.timedCalls() == 0) {
      return Optional.empty();
    }
    if (statement.meanTimeMs() < milliseconds(shortestMean)) {
      return Optional.of(
          "A call takes %.3f ms on average; the setting mean.time.min asks for %s."
              .formatted(statement.meanTimeMs(), shortestMean));
    }
    if (statement.totalTimeMs() < milliseconds(shortestTotal)) {
      return Optional.of(
          "Its calls took %.3f ms together; the setting total.time.min asks for %s."
              .formatted(statement.totalTimeMs(), shortestTotal));
    }
    return Optional.empty();
  }

  private static double milliseconds(Duration duration) {
    return duration.toNanos() / NANOS_PER_MS;
  }
}
