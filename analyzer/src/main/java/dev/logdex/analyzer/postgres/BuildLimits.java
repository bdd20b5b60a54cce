package dev.logdex.analyzer.postgres;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What building indexes on a disposable copy may take.
 *
 * @param timeout for one index; its statistics may take as long again
 * @param tableBytes the largest heap that an index is built on
 * @param roundTime after which a round builds no further index of a table
 */
public record BuildLimits(Duration timeout, long tableBytes, Duration roundTime) {
  public BuildLimits {
    requireNonNull(timeout, "timeout");
    requireNonNull(roundTime, "roundTime");
  }
}
