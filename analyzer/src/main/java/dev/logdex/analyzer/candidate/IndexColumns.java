package dev.logdex.analyzer.candidate;

import dev.logdex.analyzer.catalog.Column;
import dev.logdex.analyzer.catalog.Table;
import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.scan.ScanConditions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Looks up what stands in an index of a table: columns, and expressions as if they were some. */
final class IndexColumns {
  /** What an expression gives is taken for a value of any length. */
  private static final int UNKNOWN_LENGTH = -1;

  /** Wider columns are documents, of which an expression takes a part. */
  private static final double MOST_WIDTH = 32;

  private final Table table;

  IndexColumns(Table table) {
    this.table = table;
  }

  /** Keys first, then what is included. */
  List<Column> of(IndexDefinition definition) {
    List<Column> columns = new ArrayList<>();
    definition.elements().forEach(element -> columns.add(of(element.expression())));
    definition.include().forEach(name -> columns.add(of(name)));
    return columns;
  }

  /** The column, or the expression with the statistics that there are or else a guess at them. */
  Column of(String expression) {
    int collate = expression.indexOf(" COLLATE ");
    String bare = collate < 0 ? expression : expression.substring(0, collate);
    return table.quotedColumn(bare).orElseGet(() -> expression(bare));
  }

  private Column expression(String sql) {
    List<Column> of =
        table.mentioned(sql).stream().flatMap(name -> table.column(name).stream()).toList();
    Column.Statistics statistics = table.expressionStatistics().get(ScanConditions.canonical(sql));
    boolean deterministic = of.stream().allMatch(column -> column.collation().deterministic());
    boolean byteOrder = of.stream().allMatch(column -> column.collation().byteOrder());
    return new Column(
        sql,
        sql,
        0,
        UNKNOWN_LENGTH,
        4,
        statistics == null ? guess(of) : statistics,
        new Column.Collation(
            of.stream()
                .map(each -> each.collation().name())
                .filter(each -> !each.isEmpty())
                .findFirst()
                .orElse(""),
            deterministic,
            byteOrder));
  }

  /** An expression has no more values than its columns together, and mostly is no wider. */
  private Column.Statistics guess(List<Column> of) {
    double values = 1;
    double notNull = 1;
    double width = 0;
    for (Column column : of) {
      values =
          Math.min(
              (double) Math.max(1, table.rows()), values * column.statistics().distinctValues());
      notNull *= 1 - column.statistics().nullFraction();
      width = Math.max(width, column.statistics().averageWidth());
    }
    return new Column.Statistics(values, 1 - notNull, Math.max(4, Math.min(width, MOST_WIDTH)));
  }

  /** The columns that an index's search begins with, and those of its predicate. */
  Set<String> leading(IndexDefinition definition) {
    StringBuilder sql = new StringBuilder();
    boolean anyFirst = !definition.method().equals("btree") && !definition.method().equals("hash");
    definition.elements().stream()
        .limit(anyFirst ? Long.MAX_VALUE : 1)
        .forEach(element -> sql.append(element.expression()).append(' '));
    if (definition.where() != null) {
      sql.append(definition.where());
    }
    return table.mentioned(sql.toString());
  }
}
