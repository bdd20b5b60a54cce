package dev.logdex.analyzer.candidate;

import static java.util.Objects.requireNonNull;

import dev.logdex.analyzer.catalog.Service;
import dev.logdex.analyzer.catalog.Table;
import dev.logdex.analyzer.event.IndexElement;
import dev.logdex.analyzer.scan.Clause;
import dev.logdex.analyzer.scan.TableScan;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a scan could use an index for, as index elements.
 *
 * @param equalities what a b-tree finds with one value, most selective first, and after them those
 *     with a list of values
 * @param ranges what a b-tree finds within bounds, most selective first
 * @param joins compared for equality with another table, most selective first
 * @param order what the rows are wanted in the order of, without elements that have one value only;
 *     the first one always ascending, since an index can be read backwards
 * @param served every clause that an index of any access method could serve, those above included,
 *     joins too, in the order of the scan's clauses; a clause on several columns is there by its
 *     first
 * @param prefixes patterns with a fixed beginning, with how a b-tree serves the range they are
 * @param alternatives for each OR of the scan, what each of its arms could use an index for
 * @param updated columns that statements of the workload set in existing rows
 * @param distances operators by whose result rows are wanted in order, such as {@code <->}
 */
record Wants(
    Table table,
    TableScan scan,
    List<Element> equalities,
    List<Element> ranges,
    List<Element> joins,
    List<IndexElement> order,
    List<Element> served,
    List<Element> distances,
    List<Element> prefixes,
    List<List<Wants>> alternatives,
    Set<String> updated) {
  Wants {
    requireNonNull(table, "table");
    requireNonNull(scan, "scan");
    equalities = List.copyOf(equalities);
    ranges = List.copyOf(ranges);
    joins = List.copyOf(joins);
    order = List.copyOf(order);
    served = List.copyOf(served);
    distances = List.copyOf(distances);
    prefixes = List.copyOf(prefixes);
    alternatives = List.copyOf(alternatives);
    updated = Set.copyOf(updated);
  }

  /**
   * What a condition is on, as an element of an index.
   *
   * @param expression SQL as it stands in CREATE INDEX: a column, quoted where needed, or an
   *     expression
   * @param columns that it mentions, as the catalog spells them
   * @param type oid; 0 when not known
   * @param selectivity share of the rows that fulfil the condition
   * @param distinctValues of the expression
   * @param oneValue whether all rows found have the same value, so that the index's next column
   *     still gives an order
   * @param services how indexes could serve it; empty for a form that is no operator
   */
  record Element(
      String expression,
      Set<String> columns,
      long type,
      double selectivity,
      double distinctValues,
      boolean oneValue,
      List<Service> services,
      Clause clause) {
    Element {
      requireNonNull(expression, "expression");
      columns = Set.copyOf(columns);
      services = List.copyOf(services);
      requireNonNull(clause, "clause");
    }

    /** Ascending, with the default operator class. */
    IndexElement indexElement() {
      return IndexElement.ascending(expression);
    }

    /** With an operator class, which is null for the default one. */
    IndexElement indexElement(Service service) {
      return new IndexElement(expression, service.operatorClass(), false, false);
    }

    /** How an access method serves it. */
    Stream<Service> services(String method) {
      return services.stream().filter(service -> service.method().equals(method));
    }
  }

  /** Those of the equality columns after which an order still holds. */
  List<Element> oneValueEqualities() {
    return equalities.stream().filter(Element::oneValue).toList();
  }
}
