package dev.logdex.recommender.selection;

/**
 * What an index must bring to be worth a person's time.
 *
 * @param minImprovement share of a scan's cost that an index must save to count for the scan
 * @param minStatementImprovement share of a whole statement's cost that it must save for at least
 *     one statement of that scan
 * @param minTableRows smaller tables get no index
 * @param maxSlowdown share by which an index may make any statement dearer
 * @param cacheRisk share of a statement's cost today that counts against an index which it would
 *     use only as long as most pages are cached
 */
public record Thresholds(
    double minImprovement,
    double minStatementImprovement,
    long minTableRows,
    double maxSlowdown,
    double cacheRisk) {
  public static final Thresholds DEFAULT = new Thresholds(0.20, 0.10, 1_000, 0.10, 0.5);

  public Thresholds {
    if (!(maxSlowdown >= 0) || !(cacheRisk >= 0)) {
      throw new IllegalArgumentException("a slowdown and a risk are not negative");
    }
    if (!(minImprovement >= 0 && minImprovement <= 1)
        || !(minStatementImprovement >= 0 && minStatementImprovement <= 1)) {
      throw new IllegalArgumentException("a share lies between 0 and 1");
    }
  }
}
