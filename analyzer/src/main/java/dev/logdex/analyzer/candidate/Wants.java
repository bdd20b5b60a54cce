package dev.logdex.analyzer.candidate;

import dev.logdex.analyzer.event.IndexElement;
import java.util.List;

/**
 * What a scan could use an index for, as index elements.
 *
 * @param equalities columns with one value, most selective first, and after them those with a list
 *     of values
 * @param ranges columns with a range, most selective first
 * @param joins columns compared for equality with another table, most selective first
 * @param order what the rows are wanted in the order of, without columns that have one value only;
 *     the first one always ascending, since an index can be read backwards
 */
record Wants(
    List<Element> equalities, List<Element> ranges, List<Element> joins, List<IndexElement> order) {
  Wants {
    equalities = List.copyOf(equalities);
    ranges = List.copyOf(ranges);
    joins = List.copyOf(joins);
    order = List.copyOf(order);
  }

  /**
   * A column that a condition is on.
   *
   * @param column quoted where needed
   * @param selectivity share of the rows that fulfil the condition
   * @param oneValue whether all rows found have the same value, so that the index's next column
   *     still gives an order
   */
  record Element(String column, double selectivity, boolean oneValue) {
    IndexElement indexElement() {
      return IndexElement.ascending(column);
    }
  }

  /** Those of the equality columns after which an order still holds. */
  List<Element> oneValueEqualities() {
    return equalities.stream().filter(Element::oneValue).toList();
  }
}
