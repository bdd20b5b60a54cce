package dev.logdex.analyzer.candidate;

import dev.logdex.analyzer.catalog.Column;
import java.util.List;

/**
 * What a BRIN index takes: for every 128 pages of the table one entry with the least and the
 * greatest value. Measured on 15: to the page for timestamps and for strings of 97 bytes.
 */
final class BrinSize {
  private static final double PAGE = 8192;
  private static final double PAGES_PER_RANGE = 128;
  private static final double PAGE_SPACE = PAGE - 24 - 16;
  private static final double ENTRY_HEADER = 8;
  private static final double LINE_POINTER = 4;

  /** Ranges that a page of the map points to (REVMAP_PAGE_MAXITEMS). */
  private static final double RANGES_PER_MAP_PAGE = 1360;

  private BrinSize() {}

  static long bytes(long tableBytes, List<Column> columns) {
    double ranges = Math.max(1, Math.ceil(tableBytes / PAGE / PAGES_PER_RANGE));
    double perPage = Math.max(1, Math.floor(PAGE_SPACE / (entryBytes(columns) + LINE_POINTER)));
    double pages = 1 + Math.ceil(ranges / RANGES_PER_MAP_PAGE) + Math.ceil(ranges / perPage);
    return (long) (pages * PAGE);
  }

  /** One entry, for a whole range of pages. */
  static double entryBytes(List<Column> columns) {
    double values =
        columns.stream().mapToDouble(column -> 2 * column.statistics().averageWidth()).sum();
    return Math.ceil((ENTRY_HEADER + values) / 8) * 8;
  }
}
