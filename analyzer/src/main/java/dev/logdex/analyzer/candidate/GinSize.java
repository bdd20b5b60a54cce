package dev.logdex.analyzer.candidate;

/**
 * What a GIN index takes: each key once, with the rows that have it as differences of one to five
 * bytes (ginpostinglist.c). Lists of more than a quarter of a page get pages of their own, filled
 * to three quarters; the others stand with their keys, in pages half full, since keys come sorted.
 */
final class GinSize {
  private static final double PAGE = 8192;
  private static final double KEY_PAGE_FILL = 0.5;
  private static final double LIST_PAGE_FILL = 0.75;
  private static final double LONGEST_INLINE_LIST = 2048;

  /** Row numbers that a page is given (MaxHeapTuplesPerPageBits). */
  private static final double NUMBERS_PER_PAGE = 2048;

  /** Header, list header, line pointer. */
  private static final double KEY_OVERHEAD = 8 + 2 + 4;

  private static final double FIRST_ROW = 6;

  private GinSize() {}

  /**
   * The keys of an index.
   *
   * @param perRow that a row has on average
   * @param distinct in the whole table, at least 1
   * @param keyBytes of one
   */
  record Keys(double perRow, double distinct, double keyBytes) {}

  /**
   * The whole file.
   *
   * @param rows that have an entry
   * @param rowsPerPage of the table
   */
  static long bytes(double rows, double rowsPerPage, Keys keys) {
    double postings = rows * keys.perRow;
    double distinct = Math.max(1, Math.min(keys.distinct, postings));
    double rowsPerKey = Math.max(1, postings / distinct);
    double list = FIRST_ROW + (rowsPerKey - 1) * differenceBytes(rows / rowsPerKey, rowsPerPage);
    boolean inline = list <= LONGEST_INLINE_LIST;
    double key = Math.ceil((KEY_OVERHEAD + keys.keyBytes + (inline ? list : FIRST_ROW)) / 2) * 2;
    double keyPages = Math.ceil(distinct * key / (PAGE * KEY_PAGE_FILL));
    double listPages = inline ? 0 : distinct * Math.ceil(list / (PAGE * LIST_PAGE_FILL));
    return (long) ((2 + keyPages + listPages) * PAGE);
  }

  /** Seven bits of a difference to a byte. */
  private static double differenceBytes(double gapRows, double rowsPerPage) {
    double difference =
        gapRows < rowsPerPage ? gapRows : gapRows / Math.max(1, rowsPerPage) * NUMBERS_PER_PAGE;
    return Math.max(1, Math.ceil(Math.log(Math.max(2, difference)) / Math.log(2) / 7));
  }
}
