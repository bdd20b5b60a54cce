package dev.logdex.analyzer.candidate;

import dev.logdex.analyzer.catalog.Column;
import java.util.List;

/**
 * What a freshly built b-tree takes. HypoPG's own figures are not used: they are 1.2 to 3.7 times
 * too large, and the more so the more columns there are.
 *
 * @param tupleBytes one entry with its line pointer
 * @param leafBytes all entries, equal keys kept once where Postgres does
 */
record IndexSize(double tupleBytes, double leafBytes) {
  private static final int PAGE = 8192;

  /** A page without its header and the b-tree's special space. */
  private static final int PAGE_SPACE = PAGE - 24 - 16;

  /** Leaf pages are filled to 90 % at build, those above to 70 % (nbtree.h). */
  private static final double LEAF_FILL = 0.90;

  private static final double UPPER_FILL = 0.70;

  /** Pages above the leaves, as a share of those. */
  private static final double UPPER_SHARE = 0.01;

  private static final int TUPLE_HEADER = 8;
  private static final int TUPLE_HEADER_WITH_NULLS = 16;
  private static final int LINE_POINTER = 4;
  private static final int ROW_POINTER = 6;

  /** Largest entry that a build makes of rows with equal keys (_bt_load in nbtsort.c). */
  private static final int POSTING_LIST_BYTES = PAGE / 10 / 8 * 8 - LINE_POINTER;

  /**
   * The size of an index on the columns.
   *
   * @param deduplicates whether the operator classes of all columns allow it
   */
  static IndexSize of(long rows, List<Column> columns, boolean deduplicates) {
    double tuple = tupleBytes(columns) + LINE_POINTER;
    double plain = Math.ceil(rows / Math.floor(PAGE_SPACE * LEAF_FILL / tuple)) * PAGE;
    double leaves = deduplicates ? Math.min(plain, deduplicated(rows, columns, tuple)) : plain;
    return new IndexSize(tuple, Math.max(PAGE, leaves));
  }

  /** The whole file, with the meta page and the pages above the leaves. */
  long bytes() {
    return (long) (pages() * PAGE);
  }

  /** The same in pages. */
  double pages() {
    double leaves = Math.ceil(leafBytes / PAGE);
    double upper = leaves > 1 ? Math.ceil(leaves * UPPER_SHARE) : 0;
    return leaves + upper + 1;
  }

  /** Levels above the leaves: what a search has to go down, besides the leaf. */
  int height() {
    double pages = leafBytes / PAGE;
    double children = Math.max(2, Math.floor(PAGE_SPACE * UPPER_FILL / tupleBytes));
    int height = 0;
    while (pages > 1) {
      pages = Math.ceil(pages / children);
      height++;
    }
    return height;
  }

  private static double tupleBytes(List<Column> columns) {
    double notNull = 1;
    double data = 0;
    for (Column column : columns) {
      notNull *= 1 - column.statistics().nullFraction();
      data = aligned(data, column) + column.statistics().averageWidth();
    }
    return notNull * multipleOf8(TUPLE_HEADER + data)
        + (1 - notNull) * multipleOf8(TUPLE_HEADER_WITH_NULLS + data);
  }

  /** Short values of any length have a one-byte header and are not aligned. */
  private static double aligned(double offset, Column column) {
    boolean packed = column.lengthBytes() < 0 && column.statistics().averageWidth() < 127;
    return packed ? offset : Math.ceil(offset / column.alignment()) * column.alignment();
  }

  private static double multipleOf8(double bytes) {
    return Math.ceil(bytes / 8) * 8;
  }

  /** With rows of equal keys in lists; beyond all bounds when there are no such rows. */
  private static double deduplicated(long rows, List<Column> columns, double tuple) {
    double keys = 1;
    for (Column column : columns) {
      keys = Math.min((double) rows, keys * column.statistics().distinctValues());
    }
    double rowsPerKey = rows / Math.max(1, keys);
    if (rowsPerKey <= 1) {
      return Double.MAX_VALUE;
    }
    double rowsPerEntry = Math.floor((POSTING_LIST_BYTES - tuple) / ROW_POINTER);
    double entriesPerKey = Math.ceil(rowsPerKey / Math.max(1, rowsPerEntry));
    double bytes = keys * (entriesPerKey * tuple + (rowsPerKey - 1) * ROW_POINTER);
    return Math.ceil(bytes / (PAGE_SPACE * LEAF_FILL)) * PAGE;
  }
}
