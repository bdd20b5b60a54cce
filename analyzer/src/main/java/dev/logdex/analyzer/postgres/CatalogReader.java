package dev.logdex.analyzer.postgres;

import dev.logdex.analyzer.catalog.Column;
import dev.logdex.analyzer.catalog.Epoch;
import dev.logdex.analyzer.catalog.RelationName;
import dev.logdex.analyzer.catalog.Table;
import dev.logdex.analyzer.catalog.Types;
import dev.logdex.analyzer.catalog.Types.OperatorClass;
import dev.logdex.analyzer.catalog.Upkeep;
import dev.logdex.analyzer.event.ExistingIndex;
import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.IndexElement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the catalog through a session. */
final class CatalogReader {
  private final Session session;

  CatalogReader(Session session) {
    this.session = session;
  }

  /**
   * What planning depends on.
   *
   * @param version such as 150018
   * @param hypopgSchema quoted; null when the extension is not in the database
   */
  record Server(int version, double cpuOperatorCost, @Nullable String hypopgSchema) {}

  Server server() throws SQLException {
    return session
        .query(
            SqlFile.SERVER.text(),
            row -> new Server(row.getInt(1), row.getDouble(2), row.getString(3)))
        .get(0);
  }

  /** Without HypoPG, those that it would have at least. */
  Set<String> hypotheticalMethods() throws SQLException {
    return session
        .query(
            SqlFile.HYPOPG.text(),
            row -> HypotheticalMethods.of(row.getString(1), row.getBoolean(2)))
        .stream()
        .findFirst()
        .orElseGet(() -> HypotheticalMethods.of("", false));
  }

  Epoch epoch() throws SQLException {
    return Epoch.of(
        session.query(SqlFile.EPOCH.text(), row -> row.getString(1)).get(0),
        session.query(
            SqlFile.RELATIONS.text(),
            row ->
                new Epoch.Relation(
                    new RelationName(row.getString(1), row.getString(2)), row.getString(3))));
  }

  Optional<RelationName> tableOf(RelationName relation) throws SQLException {
    return session
        .query(
            SqlFile.RELATION.text(),
            row -> new RelationName(row.getString(1), row.getString(2)),
            relation.schema(),
            relation.name())
        .stream()
        .findFirst();
  }

  private record Size(
      long oid, long rows, long bytes, int partitions, String quoted, Upkeep upkeep) {}

  Table table(RelationName name) throws SQLException {
    Size size =
        session
            .query(
                SqlFile.TABLE.text(),
                CatalogReader::size,
                name.schema(),
                name.name(),
                name.schema(),
                name.name())
            .get(0);
    List<Column> columns =
        session.query(SqlFile.COLUMNS.text(), row -> column(row, size.rows), size.oid);
    List<ExistingIndex> indexes =
        session.query(SqlFile.INDEXES.text(), CatalogReader::index, size.oid);
    return new Table(
        name, size.quoted, size.rows, size.bytes, size.partitions, columns, indexes, size.upkeep);
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
            row.getObject(10, Double.class)));
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static Column column(ResultSet row, long rows) throws SQLException {
    int length = row.getInt(4);
    double distinct = row.getDouble(7);
    Column.Statistics statistics =
        row.wasNull()
            ? Column.Statistics.assumed(rows, length)
            : Column.Statistics.of(distinct, row.getDouble(8), row.getDouble(9), rows);
    return new Column(
        row.getString(1),
        row.getString(2),
        row.getLong(3),
        length,
        row.getInt(5),
        statistics,
        row.getBoolean(6));
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
        partitionBytes > 0 ? partitionBytes : row.getLong(8));
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

  private record TypeRow(long oid, Types.Type type, @Nullable String kind) {}

  private record Cast(long from, long to) {}

  private record Operator(long type, String name, int strategy, boolean deduplicates) {}

  Types types() throws SQLException {
    List<TypeRow> rows = session.query(SqlFile.TYPES.text(), CatalogReader::typeRow);
    Map<String, Long> byName = new HashMap<>();
    rows.forEach(row -> byName.put(row.type.name(), row.oid));
    Map<Long, Types.Type> types = new HashMap<>();
    for (TypeRow row : rows) {
      long kind = row.kind == null ? 0 : Objects.requireNonNullElse(byName.get(row.kind), 0L);
      types.put(row.oid, new Types.Type(row.type.name(), row.type.base(), kind));
    }
    return new Types(types, casts(), operatorClasses());
  }

  private static TypeRow typeRow(ResultSet row) throws SQLException {
    return new TypeRow(
        row.getLong(1), new Types.Type(row.getString(2), row.getLong(3), 0), row.getString(4));
  }

  private Map<Long, Set<Long>> casts() throws SQLException {
    Map<Long, Set<Long>> casts = new HashMap<>();
    session
        .query(SqlFile.CASTS.text(), row -> new Cast(row.getLong(1), row.getLong(2)))
        .forEach(cast -> casts.computeIfAbsent(cast.from, from -> new HashSet<>()).add(cast.to));
    return casts;
  }

  private Map<Long, OperatorClass> operatorClasses() throws SQLException {
    Map<Long, Map<String, Integer>> strategies = new HashMap<>();
    Map<Long, Boolean> deduplicates = new HashMap<>();
    session
        .query(
            SqlFile.OPERATORS.text(),
            row -> new Operator(row.getLong(1), row.getString(2), row.getInt(3), row.getBoolean(4)))
        .forEach(
            operator -> {
              strategies
                  .computeIfAbsent(operator.type, type -> new HashMap<>())
                  .put(operator.name, operator.strategy);
              deduplicates.put(operator.type, operator.deduplicates);
            });
    Map<Long, OperatorClass> classes = new HashMap<>();
    strategies.forEach(
        (type, names) ->
            classes.put(
                type, new OperatorClass(names, Boolean.TRUE.equals(deduplicates.get(type)))));
    return classes;
  }
}
