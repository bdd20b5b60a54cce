package dev.logdex.analyzer.catalog;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A column with what ANALYZE has found in it; or an expression that stands in an index like one.
 *
 * @param name as the catalog spells it
 * @param quoted as SQL wants it, quoted where needed
 * @param type oid; 0 when not known
 * @param lengthBytes of every value; -1 when they differ
 * @param alignment in bytes: 1, 2, 4 or 8
 * @param statistics those of the planner, or its defaults
 */
public record Column(
    String name,
    String quoted,
    long type,
    int lengthBytes,
    int alignment,
    Statistics statistics,
    Collation collation) {
  public Column {
    requireNonNull(name, "name");
    requireNonNull(quoted, "quoted");
    requireNonNull(statistics, "statistics");
    requireNonNull(collation, "collation");
  }

  /**
   * How strings compare.
   *
   * @param name quoted where needed; empty for types that have none
   * @param deterministic false where equal values may differ in their bytes
   * @param byteOrder whether they sort by their bytes, as in {@code C}, so that an ordinary index
   *     finds a prefix
   */
  public record Collation(String name, boolean deterministic, boolean byteOrder) {
    /** Of types that have none, too. */
    public static final Collation PLAIN = new Collation("", true, true);
  }

  /**
   * A value that many rows have.
   *
   * @param value as Postgres prints it; private data
   * @param fraction of all rows
   */
  public record Common(String value, double fraction) {
    /** Without the value, since that is private. */
    @Override
    public String toString() {
      return "Common[" + fraction + "]";
    }
  }

  /**
   * From pg_stats.
   *
   * @param distinctValues at least 1
   * @param nullFraction of rows
   * @param averageWidth in bytes, of values that are not null
   * @param correlation of the values' order with that of the rows, from -1 to 1; 0 when not known
   * @param common the most common values, most common first; empty when not known
   */
  public record Statistics(
      double distinctValues,
      double nullFraction,
      double averageWidth,
      double correlation,
      List<Common> common) {
    /** What the planner assumes without statistics (DEFAULT_NUM_DISTINCT in selfuncs.h). */
    private static final double DEFAULT_DISTINCT_VALUES = 200;

    /** What the planner assumes for values of any length (get_typavgwidth in lsyscache.c). */
    private static final double DEFAULT_WIDTH = 32;

    public Statistics {
      common = List.copyOf(common);
    }

    /** Without common values and correlation. */
    public Statistics(double distinctValues, double nullFraction, double averageWidth) {
      this(distinctValues, nullFraction, averageWidth, 0, List.of());
    }

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
     * @param distinct negative for a fraction of the rows; 0 when not known, as of points
     */
    public static Statistics of(
        double distinct,
        double nullFraction,
        double width,
        double correlation,
        List<Common> common,
        long rows) {
      double known = distinct == 0 ? Math.min((double) rows, DEFAULT_DISTINCT_VALUES) : distinct;
      double values = known < 0 ? -known * rows : known;
      return new Statistics(Math.max(1, values), nullFraction, width, correlation, common);
    }

    /** Share of the rows that have one certain value, whichever. */
    public double equalitySelectivity() {
      return (1 - nullFraction) / distinctValues;
    }

    /** Share of the rows that have this value: that of a common one where it is one. */
    public double equalitySelectivity(String value) {
      double commonFraction = common.stream().mapToDouble(Common::fraction).sum();
      double others = Math.max(1, distinctValues - common.size());
      return common.stream()
          .filter(each -> each.value.equals(value))
          .mapToDouble(Common::fraction)
          .findFirst()
          .orElse(Math.max(0, 1 - nullFraction - commonFraction) / others);
    }
  }
}
