package dev.logdex.recommender.event;

import static java.util.Objects.requireNonNull;

/**
 * What carrying the advice out takes.
 *
 * @param seconds expected, roughly: from rows and bytes alone, on a machine that has time for it
 * @param lock the strongest lock that is held for long, and what waits for it
 */
public record BuildEstimate(double seconds, String lock) {
  public BuildEstimate {
    requireNonNull(lock, "lock");
  }
}
