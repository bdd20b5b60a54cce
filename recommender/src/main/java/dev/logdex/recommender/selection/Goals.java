package dev.logdex.recommender.selection;

/**
 * What a selection is to reach: the largest saving of planner cost a minute that is left when what
 * the indexes cost on the write side has been taken off.
 *
 * @param bytePrice planner units that one byte written into indexes is worth; higher for tables
 *     where writes matter more
 * @param keepShare share of the table's cost that an index must save by itself to be worth having;
 *     the same for every index, so that of sets that save about the same the smaller wins
 */
public record Goals(double bytePrice, double keepShare) {
  /**
   * For tables that are mostly read. An entry of a b-tree on an int writes about 70 bytes of WAL,
   * so a write may cost 0.2 planner units an index.
   */
  public static final Goals READ_OPTIMISED = new Goals(0.0025, 0.005);

  /** 0.7 planner units for the entry that a write makes in a b-tree on an int. */
  public static final Goals BALANCED = new Goals(0.01, 0.01);

  /** For tables that are mostly written. */
  public static final Goals WRITE_OPTIMISED = new Goals(0.04, 0.02);

  public Goals {
    if (!(bytePrice >= 0) || !(keepShare >= 0 && keepShare < 1)) {
      throw new IllegalArgumentException("a price is not negative and a share lies below 1");
    }
  }
}
