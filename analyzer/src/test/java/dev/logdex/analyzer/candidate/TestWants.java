package dev.logdex.analyzer.candidate;

import dev.logdex.analyzer.candidate.Wants.Element;
import dev.logdex.analyzer.catalog.Column;
import dev.logdex.analyzer.catalog.OperatorClass.Use;
import dev.logdex.analyzer.catalog.RelationName;
import dev.logdex.analyzer.catalog.Service;
import dev.logdex.analyzer.catalog.Table;
import dev.logdex.analyzer.catalog.Upkeep;
import dev.logdex.analyzer.event.IndexElement;
import dev.logdex.analyzer.event.TableNeighbours;
import dev.logdex.analyzer.scan.Clause;
import dev.logdex.analyzer.scan.TableScan;
import dev.logdex.analyzer.scan.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a scan wants, for the rules of access methods other than the b-tree. */
final class TestWants {
  static final Service BTREE = new Service("btree", null, 3, Use.EQUALITY);
  static final Service BTREE_RANGE = new Service("btree", null, 1, Use.RANGE);
  static final Service HASH = new Service("hash", null, 1, Use.EQUALITY);
  static final Service MINMAX = new Service("brin", null, 1, Use.RANGE);
  static final Service MINMAX_MULTI = new Service("brin", "int8_minmax_multi_ops", 1, Use.RANGE);

  private TestWants() {}

  static Service gin(@Nullable String operatorClass) {
    return new Service("gin", operatorClass, 7, Use.OTHER);
  }

  static Service gist(@Nullable String operatorClass, Use use) {
    return new Service("gist", operatorClass, 7, use);
  }

  /** A million rows in 100 MB, inserted and never changed. */
  static Table table(Column... columns) {
    return table(100_000_000, 0.0, columns);
  }

  static Table table(long bytes, @Nullable Double movedShare, Column... columns) {
    return new Table(
        new RelationName("public", "t"),
        "public.t",
        1_000_000,
        bytes,
        1,
        Arrays.asList(columns),
        List.of(),
        new Upkeep(false, 0, null, null, null, movedShare),
        Map.of(),
        TableNeighbours.NONE);
  }

  static Column column(String name, double distinct, double width, double correlation) {
    return new Column(
        name,
        name,
        20,
        8,
        8,
        new Column.Statistics(distinct, 0, width, correlation, List.of()),
        Column.Collation.PLAIN);
  }

  static Element element(String column, String operator, double distinct, Service... services) {
    return element(column, operator, Value.NONE, distinct, services);
  }

  static Element element(
      String column, String operator, Value value, double distinct, Service... services) {
    Clause clause =
        new Clause(
            Clause.Form.COMPARISON,
            "(" + column + " " + operator + " $1)",
            List.of(TestTables.column(column)),
            operator,
            value,
            null,
            false);
    return new Element(column, Set.of(column), 20, 0.01, distinct, true, List.of(services), clause);
  }

  static Value pattern(String pattern) {
    return new Value("text", "'" + pattern + "'::text", pattern.matches("[^%_].*"));
  }

  static Wants served(Element... elements) {
    return wants(table(), List.of(), List.of(), List.of(), List.of(elements), List.of(), false);
  }

  static Wants equal(Element equality, Element... served) {
    return wants(
        table(), List.of(equality), List.of(), List.of(), List.of(served), List.of(), false);
  }

  static Wants equal(Table table, List<IndexElement> order, Element equality) {
    return wants(table, List.of(equality), List.of(), order, List.of(equality), List.of(), false);
  }

  static Wants range(Table table, Element range) {
    return wants(table, List.of(), List.of(range), List.of(), List.of(range), List.of(), false);
  }

  static Wants nearest(Element distance, boolean limited) {
    return wants(table(), List.of(), List.of(), List.of(), List.of(), List.of(distance), limited);
  }

  private static Wants wants(
      Table table,
      List<Element> equalities,
      List<Element> ranges,
      List<IndexElement> order,
      List<Element> served,
      List<Element> distances,
      boolean limited) {
    TableScan scan =
        new TableScan(
            new RelationName("public", "t"),
            Set.of("t"),
            List.of(),
            List.of(),
            List.of(),
            limited,
            List.of(),
            1);
    return new Wants(
        table,
        scan,
        equalities,
        ranges,
        List.of(),
        order,
        served,
        distances,
        List.of(),
        List.of(),
        Set.of());
  }

  /** The definitions, as they stand in CREATE INDEX. */
  static List<String> shown(CandidateRule rule, Wants wants) {
    return rule.propose(wants).map(proposal -> proposal.definition().sql()).toList();
  }
}
