package dev.logdex.recommender.upkeep;

import dev.logdex.analyzer.event.ColumnFacts;
import dev.logdex.analyzer.event.ExistingIndex;
import dev.logdex.analyzer.event.IndexElement;
import dev.logdex.analyzer.event.TableFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What a freshly built b-tree takes, rather too much than too little: every column begins at a
 * multiple of its width, rows with equal keys each have an entry, and pages hold 90 %.
 */
final class DueSize {
  private static final int PAGE = 8192;

  /** Without the header and the b-tree's special space. */
  private static final int PAGE_SPACE = PAGE - 24 - 16;

  private static final double LEAF_FILL = 0.90;
  private static final double UPPER_SHARE = 0.01;
  private static final int LINE_POINTER = 4;
  private static final int HEADER = 8;

  /** With the bitmap that says which columns are null. */
  private static final int HEADER_WITH_NULLS = 16;

  private DueSize() {}

  /** Bytes; empty for what is no b-tree, has expressions, or is to be less than full. */
  static OptionalLong of(TableFacts facts, ExistingIndex index, double entries) {
    if (!index.definition().method().equals("btree") || index.ddl().contains("fillfactor")) {
      return OptionalLong.empty();
    }
    List<String> names =
        Stream.concat(
                index.definition().elements().stream().map(IndexElement::expression),
                index.definition().include().stream())
            .toList();
    List<ColumnFacts> columns = new ArrayList<>();
    names.forEach(name -> column(facts, name).ifPresent(columns::add));
    return columns.size() == names.size()
        ? OptionalLong.of(bytes(columns, entries))
        : OptionalLong.empty();
  }

  private static Optional<ColumnFacts> column(TableFacts facts, String name) {
    String plain = name.contains(" COLLATE ") ? name.substring(0, name.indexOf(" COLLATE ")) : name;
    return facts.columns().stream().filter(each -> each.quoted().equals(plain)).findFirst();
  }

  private static long bytes(List<ColumnFacts> columns, double entries) {
    double data = 0;
    boolean nulls = false;
    for (ColumnFacts column : columns) {
      data = multiple(data, alignment(column)) + column.averageWidth();
      nulls |= column.nullFraction() > 0;
    }
    double tuple = multiple((nulls ? HEADER_WITH_NULLS : HEADER) + data, 8) + LINE_POINTER;
    double leaves = Math.ceil(entries / Math.max(1, Math.floor(PAGE_SPACE * LEAF_FILL / tuple)));
    return (long) ((leaves + Math.ceil(leaves * UPPER_SHARE) + 1) * PAGE);
  }

  /** Widths of 2, 4 and 8 bytes are those of numbers and times; others may be anything. */
  private static int alignment(ColumnFacts column) {
    double width = column.averageWidth();
    return width == 8 || width == 4 || width == 2 ? (int) width : 1;
  }

  private static double multiple(double bytes, int of) {
    return Math.ceil(bytes / of) * of;
  }
}
