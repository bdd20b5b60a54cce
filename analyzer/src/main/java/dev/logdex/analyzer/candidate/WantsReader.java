package dev.logdex.analyzer.candidate;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingDouble;

import dev.logdex.analyzer.candidate.Wants.Element;
import dev.logdex.analyzer.catalog.Column;
import dev.logdex.analyzer.catalog.Table;
import dev.logdex.analyzer.catalog.Types;
import dev.logdex.analyzer.event.IndexElement;
import dev.logdex.analyzer.scan.Clause;
import dev.logdex.analyzer.scan.Clause.Form;
import dev.logdex.analyzer.scan.SortKey;
import dev.logdex.analyzer.scan.TableScan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the index elements of a scan: which of its clauses a b-tree on a column would serve. */
final class WantsReader {
  /** What the planner assumes of a condition with {@code <} or {@code >} (selfuncs.h). */
  private static final double RANGE_SELECTIVITY = 1.0 / 3;

  /** What the planner assumes of an array whose length it does not know. */
  private static final double LIST_LENGTH = 10;

  /** Entries of more than 2,704 bytes are refused, so a column must stay well below that. */
  private static final double WIDEST_COLUMN_BYTES = 600;

  private static final Comparator<Element> BY_SELECTIVITY =
      comparingDouble(Element::selectivity).thenComparing(Element::column);

  /** A list of values means a descent for each, so such columns come after those with one value. */
  private static final Comparator<Element> EQUALITY_ORDER =
      comparing((Element element) -> !element.oneValue()).thenComparing(BY_SELECTIVITY);

  private final Table table;
  private final Types types;

  WantsReader(Table table, Types types) {
    this.table = table;
    this.types = types;
  }

  Wants read(TableScan scan) {
    Map<String, Element> equalities = new LinkedHashMap<>();
    Map<String, Element> ranges = new LinkedHashMap<>();
    for (Clause clause : scan.where()) {
      indexable(clause).ifPresent(column -> sort(clause, column, equalities, ranges));
    }
    Map<String, Element> joins = new LinkedHashMap<>();
    scan.joins().stream()
        .filter(clause -> use(clause) == Types.Use.EQUALITY)
        .forEach(clause -> indexable(clause).ifPresent(column -> put(joins, equality(column))));
    ranges.keySet().removeAll(equalities.keySet());
    joins.keySet().removeAll(equalities.keySet());
    return new Wants(
        sorted(equalities.values(), EQUALITY_ORDER),
        sorted(ranges.values(), BY_SELECTIVITY),
        sorted(joins.values(), BY_SELECTIVITY),
        order(scan, equalities));
  }

  /** Whether the conditions name all columns of a unique index, so that one row is left at most. */
  boolean findsOneRow(TableScan scan) {
    Set<String> columns = new HashSet<>();
    scan.where().stream()
        .filter(clause -> clause.form() == Form.COMPARISON && use(clause) == Types.Use.EQUALITY)
        .forEach(clause -> indexable(clause).ifPresent(column -> columns.add(column.quoted())));
    return table.indexes().stream()
        .filter(index -> index.unique() && index.valid() && index.definition().where() == null)
        .map(index -> index.definition().elements().stream().map(IndexElement::expression).toList())
        .anyMatch(columns::containsAll);
  }

  private void sort(
      Clause clause, Column column, Map<String, Element> equalities, Map<String, Element> ranges) {
    switch (clause.form()) {
      case IS_NULL ->
          put(equalities, new Element(column.quoted(), column.statistics().nullFraction(), true));
      case BOOLEAN -> put(equalities, equality(column));
      case ANY -> {
        if (use(clause) == Types.Use.EQUALITY) {
          put(equalities, list(column));
        }
      }
      case COMPARISON, ROW -> {
        if (clause.form() == Form.COMPARISON && use(clause) == Types.Use.EQUALITY) {
          put(equalities, equality(column));
        } else {
          put(ranges, new Element(column.quoted(), RANGE_SELECTIVITY, false));
        }
      }
      case NOT_NULL, OTHER -> {}
    }
  }

  /** A second condition on a column makes it a better find, not a second one. */
  private static void put(Map<String, Element> elements, Element element) {
    elements.merge(
        element.column(),
        element,
        (one, other) -> EQUALITY_ORDER.compare(one, other) <= 0 ? one : other);
  }

  private static Element equality(Column column) {
    return new Element(column.quoted(), column.statistics().equalitySelectivity(), true);
  }

  private static Element list(Column column) {
    double selectivity = LIST_LENGTH * column.statistics().equalitySelectivity();
    return new Element(column.quoted(), Math.min(1, selectivity), false);
  }

  private Types.Use use(Clause clause) {
    return table
        .column(clause.columns().get(0))
        .flatMap(column -> types.use(column.type(), clause.castTo(), clause.operator()))
        .orElse(Types.Use.RANGE);
  }

  /** The clause's column, where a b-tree on it would serve the clause. */
  private Optional<Column> indexable(Clause clause) {
    if (clause.columns().isEmpty()) {
      return Optional.empty();
    }
    return table
        .column(clause.columns().get(0))
        .filter(this::fits)
        .filter(column -> isServed(clause, column));
  }

  private boolean isServed(Clause clause, Column column) {
    return switch (clause.form()) {
      case COMPARISON, ANY, ROW ->
          types.use(column.type(), clause.castTo(), clause.operator()).isPresent();
      case IS_NULL, BOOLEAN ->
          types.defaultClass(column.type()).isPresent()
              && (clause.castTo() == null || types.isRelabel(column.type(), clause.castTo()));
      case NOT_NULL, OTHER -> false;
    };
  }

  private boolean fits(Column column) {
    return column.statistics().averageWidth() <= WIDEST_COLUMN_BYTES
        && types.defaultClass(column.type()).isPresent();
  }

  private List<IndexElement> order(TableScan scan, Map<String, Element> equalities) {
    List<IndexElement> order = new ArrayList<>();
    boolean backwards = !scan.order().isEmpty() && scan.order().get(0).descending();
    for (SortKey key : scan.order()) {
      Optional<Column> column = table.column(key.column()).filter(this::fits);
      if (column.isEmpty()) {
        break;
      }
      Element equality = equalities.get(column.get().quoted());
      if (equality == null || !equality.oneValue()) {
        order.add(element(column.get().quoted(), key, backwards));
      }
    }
    return order;
  }

  private static IndexElement element(String column, SortKey key, boolean backwards) {
    return new IndexElement(
        column, null, key.descending() != backwards, key.nullsFirst() != backwards);
  }

  private static List<Element> sorted(Collection<Element> elements, Comparator<Element> order) {
    return elements.stream().sorted(order).toList();
  }
}
