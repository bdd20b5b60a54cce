package dev.logdex.deploy.benchmark;

import java.util.List;
import java.util.Locale;

/**
 * How long a query runs.
 *
 * @param cut whether it was given up after that time
 */
record Timing(double ms, boolean cut) {
  /** The one in the middle. */
  static Timing median(List<Timing> runs) {
    return runs.stream()
        .sorted((one, other) -> Double.compare(one.ms, other.ms))
        .toList()
        .get(runs.size() / 2);
  }

  /** Whether it is slower than before by more than a tenth and by more than 20 ms. */
  boolean isSlowerThan(Timing before) {
    return !before.cut && ms > 1.1 * before.ms && ms > before.ms + 20;
  }

  @Override
  public String toString() {
    return (cut ? "> " : "") + String.format(Locale.ROOT, "%.0f", ms);
  }
}
