package dev.logdex.analyzer.postgres;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What building indexes on a disposable copy may take.
 *
 * @param timeout for one index; its statistics may take as long again
 * @param tableBytes the largest heap that an index is built on
 */
public record BuildLimits(Duration timeout, long tableBytes) {
  public BuildLimits {
    requireNonNull(timeout, "timeout");
  }
}
