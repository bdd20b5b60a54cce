package dev.logdex.recommender.selection;

/**
 * What a selection may not exceed.
 *
 * @param indexes chosen for one table
 * @param storageBytes of all chosen indexes together
 * @param writeOverhead of all chosen indexes together: bytes into indexes per byte into the table
 * @param hotUpdatesLostPerMinute updates a minute that stop being heap-only because of the chosen
 *     indexes
 */
public record Bounds(
    int indexes, long storageBytes, double writeOverhead, double hotUpdatesLostPerMinute) {
  public static final Bounds NONE =
      new Bounds(Integer.MAX_VALUE, Long.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE);

  public Bounds {
    if (indexes < 0 || storageBytes < 0) {
      throw new IllegalArgumentException("a bound is not negative");
    }
    if (!(writeOverhead >= 0) || !(hotUpdatesLostPerMinute >= 0)) {
      throw new IllegalArgumentException("a bound is not negative");
    }
  }

  public Bounds withStorage(long bytes) {
    return new Bounds(indexes, bytes, writeOverhead, hotUpdatesLostPerMinute);
  }
}
