package dev.logdex.analyzer.catalog;

import static java.util.Objects.requireNonNull;

/**
 * A column with what ANALYZE has found in it.
 *
 * @param name as the catalog spells it
 * @param quoted as SQL wants it, quoted where needed
 * @param type oid
 * @param lengthBytes of every value; -1 when they differ
 * @param alignment in bytes: 1, 2, 4 or 8
 * @param statistics those of the planner, or its defaults
 * @param deterministic false where equal values may differ in their bytes (collation)
 */
public record Column(
    String name,
    String quoted,
    long type,
    int lengthBytes,
    int alignment,
    Statistics statistics,
    boolean deterministic) {
  public Column {
    requireNonNull(name, "name");
    requireNonNull(quoted, "quoted");
    requireNonNull(statistics, "statistics");
  }

  /**
   * From pg_stats.
   *
   * @param distinctValues at least 1
   * @param nullFraction of rows
   * @param averageWidth in bytes, of values that are not null
   */
  public record Statistics(double distinctValues, double nullFraction, double averageWidth) {
    /** What the planner assumes without statistics (DEFAULT_NUM_DISTINCT in selfuncs.h). */
    private static final double DEFAULT_DISTINCT_VALUES = 200;

    /** What the planner assumes for values of any length (get_typavgwidth in lsyscache.c). */
    private static final double DEFAULT_WIDTH = 32;

    /** For a column that was never analysed. */
    public static Statistics assumed(long rows, int lengthBytes) {
      return new Statistics(
          Math.max(1, Math.min((double) rows, DEFAULT_DISTINCT_VALUES)),
          0,
          lengthBytes > 0 ? lengthBytes : DEFAULT_WIDTH);
    }

    /**
     * As pg_stats gives them.
     *
     * @param distinct negative for a fraction of the rows
     */
    public static Statistics of(double distinct, double nullFraction, double width, long rows) {
      double values = distinct < 0 ? -distinct * rows : distinct;
      return new Statistics(Math.max(1, values), nullFraction, width);
    }

    /** Share of the rows that have one certain value. */
    public double equalitySelectivity() {
      return (1 - nullFraction) / distinctValues;
    }
  }
}
