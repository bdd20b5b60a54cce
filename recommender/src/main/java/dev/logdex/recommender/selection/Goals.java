package dev.logdex.recommender.selection;

/**
 * What a selection is to reach: the largest saving of planner cost a minute that is left when what
 * the indexes cost on the write side has been taken off.
 *
 * @param bytePrice planner units that one byte written into indexes is worth; higher for tables
 *     where writes matter more
 * @param keepShare share of the table's cost, as it is with every index there, that an index must
 *     save by itself to be worth having; the same for every index, so that of sets that save about
 *     the same the smaller wins
 * @param scanTolerance share by which a scan may cost more than under its best index and still be
 *     taken for as good as served best; with more of it fewer indexes are enough
 * @param scanCostMax planner units a minute that no single scan should cost in the end: what is
 *     above weighs ten times, so that the dearest scans come first; infinite when only the total
 *     counts
 */
public record Goals(double bytePrice, double keepShare, double scanTolerance, double scanCostMax) {
  /**
   * For tables that are mostly read. An entry of a b-tree on an int writes about 70 bytes of WAL,
   * so a write may cost 0.2 planner units an index.
   */
  public static final Goals READ_OPTIMISED = new Goals(0.0025, 0.005);

  /** 0.7 planner units for the entry that a write makes in a b-tree on an int. */
  public static final Goals BALANCED = new Goals(0.01, 0.01);

  /** For tables that are mostly written. */
  public static final Goals WRITE_OPTIMISED = new Goals(0.04, 0.02);

  private static final double EXCESS_WEIGHT = 10;

  public Goals {
    if (!(bytePrice >= 0) || !(keepShare >= 0 && keepShare < 1)) {
      throw new IllegalArgumentException("a price is not negative and a share lies below 1");
    }
    if (!(scanTolerance >= 0) || !(scanCostMax >= 0)) {
      throw new IllegalArgumentException("a tolerance and a cost are not negative");
    }
  }

  /** Only the total counts, to the last unit. */
  public Goals(double bytePrice, double keepShare) {
    this(bytePrice, keepShare, 0, Double.POSITIVE_INFINITY);
  }

  /** How a scan's cost of a minute weighs. */
  double weight(double costPerMinute) {
    return costPerMinute + (EXCESS_WEIGHT - 1) * Math.max(0, costPerMinute - scanCostMax);
  }
}
