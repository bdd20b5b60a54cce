package dev.logdex.analyzer.postgres;

import dev.logdex.analyzer.catalog.Column;
import dev.logdex.analyzer.catalog.Epoch;
import dev.logdex.analyzer.catalog.OperatorClass;
import dev.logdex.analyzer.catalog.RelationName;
import dev.logdex.analyzer.catalog.Table;
import dev.logdex.analyzer.catalog.Types;
import dev.logdex.analyzer.catalog.Upkeep;
import dev.logdex.analyzer.event.ExistingIndex;
import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.IndexElement;
import dev.logdex.analyzer.scan.ScanConditions;
import dev.logdex.analyzer.whatif.CostSettings;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the catalog through a session. */
final class CatalogReader {
  /** The first version with statistics on expressions (pg_stats_ext_exprs). */
  private static final int EXPRESSION_STATISTICS_VERSION = 140000;

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
  record Server(int version, CostSettings costs, @Nullable String hypopgSchema) {}

  Server server() throws SQLException {
    return session
        .query(
            SqlFile.SERVER.text(),
            row ->
                new Server(
                    row.getInt(1),
                    new CostSettings(row.getDouble(2), row.getDouble(3)),
                    row.getString(4)))
        .get(0);
  }

  /**
   * How existing indexes can be hidden.
   *
   * @param byHypopg whether HypoPG is of version 1.4 or later
   */
  record HidingWays(boolean byHypopg, boolean superuser) {}

  HidingWays hidingWays() throws SQLException {
    return session
        .query(SqlFile.HIDING.text(), row -> new HidingWays(row.getBoolean(1), row.getBoolean(2)))
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

  /** What a name refers to; empty when it is none or names nothing. */
  Optional<RelationName> relation(String name, String searchPath) throws SQLException {
    if (!searchPath.isEmpty()) {
      session.set("search_path", searchPath, true);
    }
    return session
        .query(
            SqlFile.NAMED.text(), row -> new RelationName(row.getString(1), row.getString(2)), name)
        .stream()
        .findFirst();
  }

  private record Size(
      long oid, long rows, long bytes, int partitions, String quoted, Upkeep upkeep) {}

  /** What a table is, with everything that ANALYZE and the server's counters say of it. */
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
        name,
        size.quoted,
        size.rows,
        size.bytes,
        size.partitions,
        columns,
        indexes,
        size.upkeep,
        expressions(size));
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
            row.getObject(11, Double.class)));
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private record Found(String expression, Column.Statistics statistics) {}

  private Map<String, Column.Statistics> expressions(Size size) throws SQLException {
    List<Found> found = new ArrayList<>(expressions(SqlFile.INDEX_EXPRESSIONS, size));
    if (server().version() >= EXPRESSION_STATISTICS_VERSION) {
      found.addAll(expressions(SqlFile.EXTENDED_EXPRESSIONS, size));
    }
    Map<String, Column.Statistics> byExpression = new HashMap<>();
    found.forEach(each -> byExpression.putIfAbsent(each.expression, each.statistics));
    return byExpression;
  }

  private List<Found> expressions(SqlFile file, Size size) throws SQLException {
    return session.query(
        file.text(),
        row ->
            new Found(
                ScanConditions.canonical(row.getString(1)), statistics(row, 2, -1, size.rows)),
        size.oid);
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

  Types types() throws SQLException {
    List<TypeRow> rows = session.query(SqlFile.TYPES.text(), CatalogReader::typeRow);
    Map<String, Long> byName = new HashMap<>();
    rows.forEach(row -> byName.put(row.type.name(), row.oid));
    Map<Long, Types.Type> types = new HashMap<>();
    for (TypeRow row : rows) {
      long kind = row.kind == null ? 0 : Objects.requireNonNullElse(byName.get(row.kind), 0L);
      types.put(row.oid, new Types.Type(row.type.name(), row.type.base(), kind));
    }
    return new Types(types, casts(), operatorClasses(), commutators());
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

  private record ClassOperator(OperatorClass of, OperatorClass.Operator operator) {}

  /** Rows of one class follow each other. */
  private List<OperatorClass> operatorClasses() throws SQLException {
    Map<OperatorClass, List<OperatorClass.Operator>> classes = new LinkedHashMap<>();
    session
        .query(SqlFile.OPERATORS.text(), CatalogReader::classOperator)
        .forEach(row -> classes.computeIfAbsent(row.of, of -> new ArrayList<>()).add(row.operator));
    return classes.entrySet().stream()
        .map(
            entry ->
                new OperatorClass(
                    entry.getKey().method(),
                    entry.getKey().name(),
                    entry.getKey().inputType(),
                    entry.getKey().byDefault(),
                    entry.getKey().deduplicates(),
                    entry.getValue()))
        .toList();
  }

  private static ClassOperator classOperator(ResultSet row) throws SQLException {
    return new ClassOperator(
        new OperatorClass(
            row.getString(1),
            row.getString(2),
            row.getLong(3),
            row.getBoolean(4),
            row.getBoolean(5),
            List.of()),
        new OperatorClass.Operator(
            row.getString(6),
            row.getLong(7),
            row.getInt(8),
            OperatorClass.Use.valueOf(row.getString(9))));
  }

  private Map<String, String> commutators() throws SQLException {
    Map<String, String> commutators = new HashMap<>();
    session
        .query(SqlFile.COMMUTATORS.text(), row -> Map.entry(row.getString(1), row.getString(2)))
        .forEach(entry -> commutators.put(entry.getKey(), entry.getValue()));
    return commutators;
  }
}
