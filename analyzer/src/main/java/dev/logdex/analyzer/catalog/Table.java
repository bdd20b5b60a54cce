package dev.logdex.analyzer.catalog;

import static java.util.Objects.requireNonNull;

import dev.logdex.analyzer.event.ExistingIndex;
import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.IndexElement;
import dev.logdex.analyzer.event.TableNeighbours;
import dev.logdex.sql.SqlLexer;
import dev.logdex.sql.TokenKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A table, a materialized view, or a parent with all its partitions.
 *
 * @param quoted schema and name as SQL wants them
 * @param rows estimated, as the planner does
 * @param partitions that hold anything; 1 for a table without
 * @param expressionStatistics of expressions that an index or CREATE STATISTICS made ANALYZE look
 *     at, by their SQL without enclosing parentheses
 * @param neighbours what a new index has to do with
 */
public record Table(
    RelationName name,
    String quoted,
    long rows,
    long sizeBytes,
    int partitions,
    List<Column> columns,
    List<ExistingIndex> indexes,
    Upkeep upkeep,
    Map<String, Column.Statistics> expressionStatistics,
    TableNeighbours neighbours) {
  /** A row's header and its line pointer. */
  private static final double ROW_OVERHEAD_BYTES = 23 + 4;

  public Table {
    requireNonNull(name, "name");
    requireNonNull(quoted, "quoted");
    columns = List.copyOf(columns);
    indexes = List.copyOf(indexes);
    requireNonNull(upkeep, "upkeep");
    expressionStatistics = Map.copyOf(expressionStatistics);
    requireNonNull(neighbours, "neighbours");
  }

  /** A table of whose upkeep and expressions nothing is known. */
  public Table(
      RelationName name,
      String quoted,
      long rows,
      long sizeBytes,
      int partitions,
      List<Column> columns,
      List<ExistingIndex> indexes) {
    this(
        name,
        quoted,
        rows,
        sizeBytes,
        partitions,
        columns,
        indexes,
        Upkeep.UNKNOWN,
        Map.of(),
        TableNeighbours.NONE);
  }

  /** The column that the catalog spells so. */
  public Optional<Column> column(String columnName) {
    return columns.stream().filter(column -> column.name().equals(columnName)).findFirst();
  }

  /** The column that SQL names so. */
  public Optional<Column> quotedColumn(String quotedName) {
    return columns.stream().filter(column -> column.quoted().equals(quotedName)).findFirst();
  }

  /** The columns that an index's element or predicate mentions, as the catalog spells them. */
  public Set<String> mentioned(String sql) {
    Set<String> mentioned = new TreeSet<>();
    SqlLexer lexer = new SqlLexer();
    lexer.reset(sql);
    while (lexer.nextNotComment()) {
      if (lexer.kind() == TokenKind.IDENTIFIER || lexer.kind() == TokenKind.QUOTED_IDENTIFIER) {
        lexer.value().flatMap(this::column).ifPresent(column -> mentioned.add(column.name()));
      }
    }
    return mentioned;
  }

  /** The elements of an index that are no columns, as they stand in its definition. */
  public List<String> expressions(IndexDefinition definition) {
    return definition.elements().stream()
        .map(IndexElement::expression)
        .map(each -> each.contains(" COLLATE ") ? each.substring(0, each.indexOf(' ')) : each)
        .filter(each -> columns.stream().noneMatch(column -> column.quoted().equals(each)))
        .toList();
  }

  /** Average bytes of a row: 23 + 4 + the average widths of all columns. */
  public double rowBytes() {
    return ROW_OVERHEAD_BYTES
        + columns.stream().mapToDouble(column -> column.statistics().averageWidth()).sum();
  }
}
