package dev.logdex.analyzer.candidate;

import static dev.logdex.analyzer.catalog.Column.Collation.PLAIN;

import dev.logdex.analyzer.catalog.Column;
import dev.logdex.analyzer.catalog.OperatorClass;
import dev.logdex.analyzer.catalog.OperatorClass.Use;
import dev.logdex.analyzer.catalog.RelationName;
import dev.logdex.analyzer.catalog.Table;
import dev.logdex.analyzer.catalog.Types;
import dev.logdex.analyzer.event.ExistingIndex;
import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.IndexElement;
import dev.logdex.analyzer.scan.Clause;
import dev.logdex.analyzer.scan.Operand;
import dev.logdex.analyzer.scan.SortKey;
import dev.logdex.analyzer.scan.TableScan;
import dev.logdex.analyzer.scan.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A made-up table and scans of it, in as few words as possible. */
public final class TestTables {
  private static final long INT4 = 23;
  private static final long TEXT = 25;
  private static final long VARCHAR = 1043;
  private static final long POINT = 600;
  private static final long DOMAIN = 99_001;
  private static final long MOOD = 99_002;
  private static final long ANYENUM = 3500;
  public static final Types TYPES =
      new Types(
          Map.of(
              INT4, new Types.Type("integer", 0, 0),
              TEXT, new Types.Type("text", 0, 0),
              VARCHAR, new Types.Type("character varying", 0, 0),
              POINT, new Types.Type("point", 0, 0),
              DOMAIN, new Types.Type("cents", INT4, 0),
              MOOD, new Types.Type("mood", 0, ANYENUM)),
          Map.of(VARCHAR, Set.of(TEXT)),
          List.of(btree(INT4), btree(TEXT), btree(ANYENUM)),
          Map.of());

  private TestTables() {}

  private static OperatorClass btree(long type) {
    List<OperatorClass.Operator> operators = new ArrayList<>();
    String[] names = {"<", "<=", "=", ">=", ">"};
    for (int i = 0; i < names.length; i++) {
      Use use = names[i].equals("=") ? Use.EQUALITY : Use.RANGE;
      operators.add(new OperatorClass.Operator(names[i], type, i + 1, use));
    }
    return new OperatorClass("btree", "some_ops", type, true, true, operators);
  }

  /** A million rows; column {@code u} is unique, {@code few} has four values. */
  public static Table table(ExistingIndex... indexes) {
    return new Table(
        new RelationName("public", "t"),
        "public.t",
        1_000_000,
        100_000_000,
        1,
        List.of(
            column("u", INT4, 1_000_000),
            column("a", INT4, 50_000),
            column("b", INT4, 1_000),
            column("c", INT4, 100),
            column("few", INT4, 4),
            column("r", INT4, 100_000),
            column("j", INT4, 20_000),
            column("v", VARCHAR, 900),
            column("d", DOMAIN, 800),
            column("m", MOOD, 3),
            column("p", POINT, 1_000_000),
            new Column(
                "wide", "wide", TEXT, -1, 4, new Column.Statistics(1_000_000, 0, 900), PLAIN),
            new Column("Odd", "\"Odd\"", INT4, 4, 4, new Column.Statistics(70, 0, 4), PLAIN)),
        List.of(indexes));
  }

  static Column column(String name, long type, double distinct) {
    return new Column(name, name, type, 4, 4, new Column.Statistics(distinct, 0, 4), PLAIN);
  }

  static ExistingIndex index(boolean unique, String... elements) {
    return index(unique, true, "btree", null, elements);
  }

  static ExistingIndex index(
      boolean unique, boolean valid, String method, String where, String... elements) {
    IndexDefinition definition =
        new IndexDefinition(
            method, Arrays.stream(elements).map(TestTables::element).toList(), List.of(), where);
    return new ExistingIndex("x", definition, "CREATE INDEX x", unique, false, valid, 8192);
  }

  /** {@code a}, {@code a DESC}, {@code a NULLS FIRST} or {@code a DESC NULLS LAST}. */
  static IndexElement element(String text) {
    String[] words = text.split(" ", -1);
    boolean descending = text.contains(" DESC");
    boolean nullsFirst = text.contains("NULLS") ? text.contains("FIRST") : descending;
    return new IndexElement(words[0], null, descending, nullsFirst);
  }

  public static Clause equal(String column) {
    return clause(Clause.Form.COMPARISON, column, "=", false);
  }

  static Clause in(String column) {
    return clause(Clause.Form.ANY, column, "=", false);
  }

  static Clause greater(String column) {
    return clause(Clause.Form.COMPARISON, column, ">", false);
  }

  static Clause joined(String column) {
    return clause(Clause.Form.COMPARISON, column, "=", true);
  }

  static Clause clause(Clause.Form form, String column, String operator, boolean joins) {
    return clause(
        form, "(" + column + " " + operator + form + ")", column(column), operator, joins);
  }

  private static Clause clause(
      Clause.Form form, String text, Operand operand, String operator, boolean joins) {
    return new Clause(form, text, List.of(operand), operator, Value.NONE, null, joins);
  }

  static Operand column(String column) {
    return new Operand(column, column, null, column, List.of(column));
  }

  static Clause cast(String column, String type) {
    String text = "(" + column + ")::" + type;
    Operand operand = new Operand(text, column, type, null, List.of(column));
    return clause(Clause.Form.COMPARISON, text, operand, "=", false);
  }

  public static TableScan scan(Clause... clauses) {
    return new TableScan(
        new RelationName("public", "t"),
        Set.of("t"),
        Arrays.stream(clauses).filter(clause -> !clause.joins()).toList(),
        Arrays.stream(clauses).filter(Clause::joins).toList(),
        List.of(),
        false,
        List.of(),
        1);
  }

  static TableScan ordered(TableScan scan, String... keys) {
    List<SortKey> order =
        Arrays.stream(keys).map(TestTables::element).map(TestTables::sortKey).toList();
    return new TableScan(
        scan.table(),
        scan.aliases(),
        scan.where(),
        scan.joins(),
        order,
        true,
        scan.needed(),
        scan.rows());
  }

  private static SortKey sortKey(IndexElement element) {
    return new SortKey(
        column(element.expression()), null, element.descending(), element.nullsFirst(), null);
  }
}
