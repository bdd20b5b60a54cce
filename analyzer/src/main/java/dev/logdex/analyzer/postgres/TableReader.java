package dev.logdex.analyzer.postgres;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.logdex.analyzer.catalog.Column;
import dev.logdex.analyzer.catalog.RelationName;
import dev.logdex.analyzer.catalog.Table;
import dev.logdex.analyzer.catalog.Upkeep;
import dev.logdex.analyzer.event.ExistingIndex;
import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.IndexElement;
import dev.logdex.analyzer.event.IndexTies;
import dev.logdex.analyzer.event.TableNeighbours;
import dev.logdex.analyzer.scan.ScanConditions;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what the catalog says of tables: of many in as many queries as of one. */
final class TableReader {
  /** The first version with statistics on expressions (pg_stats_ext_exprs). */
  private static final int EXPRESSION_STATISTICS_VERSION = 140000;

  private final Session session;
  private final int version;

  /**
   * A reader.
   *
   * @param version of the server, such as 150018
   */
  TableReader(Session session, int version) {
    this.session = session;
    this.version = version;
  }

  /** A table's figures, which change without an ANALYZE. */
  private record Size(
      long oid,
      long rows,
      long bytes,
      int partitions,
      String quoted,
      Upkeep upkeep,
      RelationName name) {
    Table with(
        List<Column> columns,
        List<ExistingIndex> indexes,
        Map<String, Column.Statistics> expressions,
        TableNeighbours neighbours) {
      return new Table(
          name, quoted, rows, bytes, partitions, columns, indexes, upkeep, expressions, neighbours);
    }
  }

  /** Something that belongs to a table. */
  private record Of<T>(long oid, T value) {}

  /**
   * Those of the tables that are there, with everything that ANALYZE and the server's counters say
   * of them.
   *
   * @param known what was read of some of them while their definitions, indexes and statistics were
   *     what they are now: only figures are read again
   */
  Map<RelationName, Table> tables(Collection<RelationName> names, Map<RelationName, Table> known)
      throws SQLException {
    List<Size> sizes =
        session.query(
            SqlFile.TABLES.text(),
            TableReader::size,
            names.stream().map(RelationName::schema).toArray(String[]::new),
            names.stream().map(RelationName::name).toArray(String[]::new));
    Map<RelationName, Table> tables = new HashMap<>();
    List<Size> changed = new ArrayList<>();
    for (Size size : sizes) {
      Table before = known.get(size.name);
      // statistics count in shares of the rows
      if (before != null && before.rows() == size.rows) {
        tables.put(
            size.name,
            size.with(
                before.columns(),
                before.indexes(),
                before.expressionStatistics(),
                before.neighbours()));
      } else {
        changed.add(size);
      }
    }
    if (!changed.isEmpty()) {
      details(changed, tables);
    }
    return tables;
  }

  private void details(List<Size> sizes, Map<RelationName, Table> tables) throws SQLException {
    Long[] oids = sizes.stream().map(Size::oid).toArray(Long[]::new);
    Map<Long, Long> rows = new HashMap<>();
    sizes.forEach(size -> rows.put(size.oid, size.rows));
    Map<Long, List<Column>> columns =
        byTable(
            session.query(
                SqlFile.COLUMNS.text(),
                row -> {
                  long oid = row.getLong(15);
                  return new Of<>(oid, column(row, rows.getOrDefault(oid, 0L)));
                },
                (Object) oids));
    Map<Long, List<ExistingIndex>> indexes =
        byTable(
            session.query(
                SqlFile.INDEXES.text(),
                row -> new Of<>(row.getLong(15), index(row)),
                (Object) oids));
    Map<Long, Map<String, Column.Statistics>> expressions = expressions(oids, rows);
    Map<Long, TableNeighbours> neighbours = NeighboursReader.read(session, oids);
    for (Size size : sizes) {
      tables.put(
          size.name,
          size.with(
              columns.getOrDefault(size.oid, List.of()),
              indexes.getOrDefault(size.oid, List.of()),
              expressions.getOrDefault(size.oid, Map.of()),
              neighbours.getOrDefault(size.oid, TableNeighbours.NONE)));
    }
  }

  private static <T> Map<Long, List<T>> byTable(List<Of<T>> all) {
    return all.stream().collect(groupingBy(Of::oid, mapping(Of::value, toList())));
  }

  private static Size size(ResultSet row) throws SQLException {
    return new Size(
        row.getLong(1),
        row.getLong(2),
        row.getLong(3),
        row.getInt(4),
        row.getString(5),
        new Upkeep(
            row.getBoolean(6),
            row.getInt(7),
            row.getObject(8, Double.class),
            instant(row, 9),
            row.getObject(10, Double.class),
            row.getObject(11, Double.class)),
        new RelationName(row.getString(12), row.getString(13)));
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private record Found(long oid, String expression, Column.Statistics statistics) {}

  /** Where both an index and CREATE STATISTICS name an expression, the index's count. */
  private Map<Long, Map<String, Column.Statistics>> expressions(Long[] oids, Map<Long, Long> rows)
      throws SQLException {
    List<Found> found = new ArrayList<>(expressions(SqlFile.INDEX_EXPRESSIONS, oids, rows));
    if (version >= EXPRESSION_STATISTICS_VERSION) {
      found.addAll(expressions(SqlFile.EXTENDED_EXPRESSIONS, oids, rows));
    }
    Map<Long, Map<String, Column.Statistics>> byTable = new HashMap<>();
    found.forEach(
        each ->
            byTable
                .computeIfAbsent(each.oid, oid -> new HashMap<>())
                .putIfAbsent(each.expression, each.statistics));
    return byTable;
  }

  private List<Found> expressions(SqlFile file, Long[] oids, Map<Long, Long> rows)
      throws SQLException {
    return session.query(
        file.text(),
        row -> {
          long oid = row.getLong(8);
          return new Found(
              oid,
              ScanConditions.canonical(row.getString(1)),
              statistics(row, 2, -1, rows.getOrDefault(oid, 0L)));
        },
        (Object) oids);
  }

  private static Column column(ResultSet row, long rows) throws SQLException {
    int length = row.getInt(4);
    return new Column(
        row.getString(1),
        row.getString(2),
        row.getLong(3),
        length,
        row.getInt(5),
        statistics(row, 8, length, rows),
        new Column.Collation(row.getString(14), row.getBoolean(6), row.getBoolean(7)));
  }

  /** Six columns from the one with n_distinct on, which is null without statistics. */
  private static Column.Statistics statistics(ResultSet row, int first, int length, long rows)
      throws SQLException {
    double distinct = row.getDouble(first);
    return row.wasNull()
        ? Column.Statistics.assumed(rows, length)
        : Column.Statistics.of(
            distinct,
            row.getDouble(first + 1),
            row.getDouble(first + 2),
            row.getDouble(first + 3),
            common(row.getArray(first + 4), row.getArray(first + 5)),
            rows);
  }

  private static List<Column.Common> common(@Nullable Array values, @Nullable Array fractions)
      throws SQLException {
    List<Column.Common> common = new ArrayList<>();
    if (values != null && fractions != null) {
      String[] each = (String[]) values.getArray();
      Float[] fraction = (Float[]) fractions.getArray();
      for (int i = 0; i < Math.min(each.length, fraction.length); i++) {
        common.add(new Column.Common(each[i], fraction[i]));
      }
    }
    return common;
  }

  private static ExistingIndex index(ResultSet row) throws SQLException {
    long partitionBytes = row.getLong(7);
    return new ExistingIndex(
        row.getString(1),
        definition(row),
        row.getString(6),
        row.getBoolean(3),
        row.getBoolean(4),
        row.getBoolean(5),
        partitionBytes > 0 ? partitionBytes : row.getLong(8),
        new IndexTies(
            row.getBoolean(16),
            row.getBoolean(17),
            row.getBoolean(18),
            row.getBoolean(19),
            row.getBoolean(20)));
  }

  private static IndexDefinition definition(ResultSet row) throws SQLException {
    List<String> keys = strings(row, 10);
    List<Boolean> descending = booleans(row, 12);
    List<Boolean> nullsFirst = booleans(row, 13);
    List<String> classes = strings(row, 14);
    List<IndexElement> elements = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      String operatorClass = classes.get(i).isEmpty() ? null : classes.get(i);
      elements.add(
          new IndexElement(keys.get(i), operatorClass, descending.get(i), nullsFirst.get(i)));
    }
    return new IndexDefinition(row.getString(2), elements, strings(row, 11), row.getString(9));
  }

  private static List<String> strings(ResultSet row, int column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }

  private static List<Boolean> booleans(ResultSet row, int column) throws SQLException {
    return Arrays.asList((Boolean[]) row.getArray(column).getArray());
  }
}
