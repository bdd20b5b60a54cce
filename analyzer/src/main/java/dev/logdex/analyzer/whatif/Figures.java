package dev.logdex.analyzer.whatif;

/**
 * Rounds what goes into events, so that they can be read and do not change with the last bit of a
 * sum.
 */
final class Figures {
  private Figures() {}

  /** As EXPLAIN prints costs. */
  static double cost(double cost) {
    return Math.round(cost * 100) / 100.0;
  }

  /** A call a day is 0.000694 a minute. */
  static double rate(double perMinute) {
    return Math.round(perMinute * 1_000_000) / 1_000_000.0;
  }

  /** A part of 1, coarse enough that counters which move a little make no news. */
  static double share(double share) {
    return Math.round(share * 1000) / 1000.0;
  }
}
