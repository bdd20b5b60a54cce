package dev.logdex.analyzer.catalog;

/**
 * What the server has counted of a table, its partitions added up.
 *
 * @param pages at the last VACUUM or ANALYZE
 * @param allVisiblePages those of them that an index-only scan need not look at
 * @param inserted rows, since the counters began; so the following
 * @param hotUpdated those of the updated that left all indexes alone
 */
public record Activity(
    long pages, long allVisiblePages, long inserted, long updated, long hotUpdated, long deleted) {
  public static final Activity NONE = new Activity(0, 0, 0, 0, 0, 0);

  /** Share of the pages that an index-only scan need not look at; 0 when not known. */
  public double allVisibleFraction() {
    return pages <= 0 ? 0 : Math.min(1, (double) allVisiblePages / pages);
  }
}
