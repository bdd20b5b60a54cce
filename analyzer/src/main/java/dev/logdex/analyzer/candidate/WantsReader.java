package dev.logdex.analyzer.candidate;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingDouble;

import dev.logdex.analyzer.candidate.OperandReader.Found;
import dev.logdex.analyzer.candidate.Wants.Element;
import dev.logdex.analyzer.catalog.Column;
import dev.logdex.analyzer.catalog.OperatorClass.Use;
import dev.logdex.analyzer.catalog.Service;
import dev.logdex.analyzer.catalog.Table;
import dev.logdex.analyzer.catalog.Types;
import dev.logdex.analyzer.event.IndexElement;
import dev.logdex.analyzer.scan.Clause;
import dev.logdex.analyzer.scan.Clause.Form;
import dev.logdex.analyzer.scan.Operand;
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
import org.jspecify.annotations.Nullable;

/** Finds the index elements of a scan: which of its clauses an index would serve, and how. */
final class WantsReader {
  /** Entries of more than 2,704 bytes are refused, so a column must stay well below that. */
  private static final double WIDEST_COLUMN_BYTES = 600;

  private static final Comparator<Element> BY_SELECTIVITY =
      comparingDouble(Element::selectivity).thenComparing(Element::expression);

  /** A list of values means a descent for each, so such columns come after those with one value. */
  private static final Comparator<Element> EQUALITY_ORDER =
      comparing((Element element) -> !element.oneValue()).thenComparing(BY_SELECTIVITY);

  private final Table table;
  private final Types types;
  private final OperandReader operands;
  private final Set<String> updated;

  /**
   * A reader of a table's scans.
   *
   * @param updated columns that statements of the workload set in existing rows
   */
  WantsReader(Table table, Types types, Set<String> updated) {
    this.updated = Set.copyOf(updated);
    this.table = table;
    this.types = types;
    this.operands = new OperandReader(table, types);
  }

  Wants read(TableScan scan) {
    List<Element> served = new ArrayList<>();
    scan.where().forEach(clause -> element(clause).ifPresent(served::add));
    Map<String, Element> equalities = new LinkedHashMap<>();
    Map<String, Element> ranges = new LinkedHashMap<>();
    served.forEach(element -> sort(element, equalities, ranges));
    Map<String, Element> joins = new LinkedHashMap<>();
    for (Clause clause : scan.joins()) {
      Optional<Element> element = element(clause);
      element.ifPresent(served::add);
      element
          .filter(each -> isBtree(each, Use.EQUALITY) && clause.form() != Form.ROW)
          .ifPresent(each -> put(joins, each));
    }
    ranges.keySet().removeAll(equalities.keySet());
    joins.keySet().removeAll(equalities.keySet());
    return new Wants(
        table,
        scan,
        sorted(equalities.values(), EQUALITY_ORDER),
        sorted(ranges.values(), BY_SELECTIVITY),
        sorted(joins.values(), BY_SELECTIVITY),
        order(scan, equalities),
        served,
        distances(scan),
        prefixes(scan),
        alternatives(scan),
        updated);
  }

  /** What rules see of the arms of an OR, each as if it were a scan of its own. */
  private List<List<Wants>> alternatives(TableScan scan) {
    return scan.where().stream()
        .filter(clause -> clause.form() == Form.OR)
        .map(or -> or.arms().stream().map(arm -> read(scan.with(arm))).toList())
        .toList();
  }

  private List<Element> prefixes(TableScan scan) {
    return scan.where().stream()
        .filter(clause -> clause.form() == Form.COMPARISON && clause.value().anchored())
        .flatMap(clause -> prefix(clause).stream())
        .toList();
  }

  /** What a pattern's beginning becomes: a range by bytes (like_support.c). */
  private Optional<Element> prefix(Clause clause) {
    Operand operand = clause.operands().get(0);
    String type = clause.value().type();
    return operands
        .find(operand, type)
        .filter(found -> fits(found.column()))
        .map(
            found ->
                element(
                    clause,
                    operand,
                    found,
                    operands
                        .services(found, found.column().collation().byteOrder() ? "<" : "~<~", type)
                        .stream()
                        .filter(service -> service.method().equals("btree"))
                        .limit(1)
                        .toList()))
        .filter(element -> !element.services().isEmpty());
  }

  /** Whether the conditions name all columns of a unique index, so that one row is left at most. */
  boolean findsOneRow(TableScan scan) {
    Set<String> found = new HashSet<>();
    scan.where().stream()
        .filter(clause -> clause.form() == Form.COMPARISON)
        .flatMap(clause -> element(clause).stream())
        .filter(element -> isBtree(element, Use.EQUALITY))
        .forEach(element -> found.add(element.expression()));
    return table.indexes().stream()
        .filter(index -> index.unique() && index.valid() && index.definition().where() == null)
        .map(index -> index.definition().elements().stream().map(IndexElement::expression).toList())
        .anyMatch(found::containsAll);
  }

  private static void sort(
      Element element, Map<String, Element> equalities, Map<String, Element> ranges) {
    switch (element.clause().form()) {
      case IS_NULL, BOOLEAN -> put(equalities, element);
      case COMPARISON, ANY -> {
        if (isBtree(element, Use.EQUALITY)) {
          put(equalities, element);
        } else if (isBtree(element, Use.RANGE) && element.clause().form() == Form.COMPARISON) {
          put(ranges, element);
        }
      }
      case ROW -> {
        if (isBtree(element, Use.RANGE)) {
          put(ranges, element);
        }
      }
      case ALL, NOT_NULL, OR, OTHER -> {}
    }
  }

  private static boolean isBtree(Element element, Use use) {
    return element.services().stream()
        .anyMatch(service -> service.isDefaultBtree() && service.use() == use);
  }

  /** A second condition on a column makes it a better find, not a second one. */
  private static void put(Map<String, Element> elements, Element element) {
    elements.merge(
        element.expression(),
        element,
        (one, other) -> EQUALITY_ORDER.compare(one, other) <= 0 ? one : other);
  }

  /** The clause as an index's element, where an index of any kind would serve it. */
  private Optional<Element> element(Clause clause) {
    if (clause.operands().isEmpty()) {
      return Optional.empty();
    }
    Operand operand = clause.operands().get(0);
    String valueType = clause.form() == Form.BOOLEAN ? "boolean" : elementType(clause);
    return operands
        .find(operand, valueType)
        .map(found -> element(clause, operand, found, services(clause, found, valueType)))
        .filter(element -> !element.services().isEmpty());
  }

  /** {@code = ANY ('{1,2}'::integer[])} compares with integers. */
  private static @Nullable String elementType(Clause clause) {
    String type = clause.value().type();
    return type != null && clause.form() == Form.ANY && type.endsWith("[]")
        ? type.substring(0, type.length() - 2)
        : type;
  }

  private List<Service> services(Clause clause, Found found, @Nullable String valueType) {
    boolean btree = fits(found.column());
    String operator =
        switch (clause.form()) {
          case IS_NULL, BOOLEAN -> "=";
          case COMPARISON, ANY, ROW -> clause.operator();
          case ALL, NOT_NULL, OR, OTHER -> "";
        };
    return operands.services(found, operator, valueType).stream()
        .filter(service -> btree || !service.method().equals("btree"))
        .toList();
  }

  private static Element element(
      Clause clause, Operand operand, Found found, List<Service> services) {
    Column column = found.column();
    return new Element(
        column.quoted(),
        Set.copyOf(operand.columns()),
        column.type(),
        Selectivity.of(clause, column.statistics(), services),
        column.statistics().distinctValues(),
        isOneValue(clause, services),
        services,
        clause);
  }

  private static boolean isOneValue(Clause clause, List<Service> services) {
    return switch (clause.form()) {
      case IS_NULL, BOOLEAN -> true;
      case COMPARISON -> services.stream().anyMatch(service -> service.use() == Use.EQUALITY);
      case ANY, ALL, ROW, NOT_NULL, OR, OTHER -> false;
    };
  }

  private static boolean fits(Column column) {
    return column.statistics().averageWidth() <= WIDEST_COLUMN_BYTES;
  }

  private List<IndexElement> order(TableScan scan, Map<String, Element> equalities) {
    List<IndexElement> order = new ArrayList<>();
    boolean backwards = !scan.order().isEmpty() && scan.order().get(0).descending();
    for (SortKey key : scan.order()) {
      Optional<Column> column =
          operands.find(key.operand(), null).map(Found::column).filter(this::sorts);
      if (column.isEmpty() || isDistance(key)) {
        break;
      }
      Element equality = equalities.get(column.get().quoted());
      if (equality == null || !equality.oneValue()) {
        order.add(element(column.get(), key, backwards));
      }
    }
    return order;
  }

  /** Of an expression the type is not known; Postgres refuses an index on it if it has no order. */
  private boolean sorts(Column column) {
    return fits(column) && (column.type() == 0 || types.defaultClass(column.type()).isPresent());
  }

  private boolean isDistance(SortKey key) {
    return key.distance() != null
        && element(key.distance()).stream()
            .flatMap(element -> element.services().stream())
            .anyMatch(service -> service.use() == Use.ORDERING);
  }

  private List<Element> distances(TableScan scan) {
    return scan.order().stream()
        .limit(1)
        .filter(this::isDistance)
        .flatMap(key -> Optional.ofNullable(key.distance()).flatMap(this::element).stream())
        .toList();
  }

  private static IndexElement element(Column column, SortKey key, boolean backwards) {
    boolean own = key.collation() == null || key.collation().equals(column.collation().name());
    String collated = own ? column.quoted() : column.quoted() + " COLLATE " + key.collation();
    return new IndexElement(
        collated, null, key.descending() != backwards, key.nullsFirst() != backwards);
  }

  private static List<Element> sorted(Collection<Element> elements, Comparator<Element> order) {
    return elements.stream().sorted(order).toList();
  }
}
