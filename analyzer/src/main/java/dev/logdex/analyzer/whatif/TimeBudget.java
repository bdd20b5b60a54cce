package dev.logdex.analyzer.whatif;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What one round may spend on each of many things. Thread-safe. */
final class TimeBudget {
  private final Duration most;
  private final Map<String, Duration> spent = new ConcurrentHashMap<>();

  /** A budget of which nothing is spent. */
  TimeBudget(Duration most) {
    this.most = most;
  }

  void spend(String what, Duration time) {
    spent.merge(what, time, Duration::plus);
  }

  /**
   * Whether nothing is left.
   *
   * @param parts that share one budget equally, of which this is one
   */
  boolean isSpent(String what, int parts) {
    Duration time = spent.get(what);
    return time != null && time.multipliedBy(parts).compareTo(most) >= 0;
  }
}
