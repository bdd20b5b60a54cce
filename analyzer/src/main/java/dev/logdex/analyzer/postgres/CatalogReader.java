package dev.logdex.analyzer.postgres;

import dev.logdex.analyzer.catalog.Epoch;
import dev.logdex.analyzer.catalog.OperatorClass;
import dev.logdex.analyzer.catalog.RelationName;
import dev.logdex.analyzer.catalog.Table;
import dev.logdex.analyzer.catalog.Types;
import dev.logdex.analyzer.whatif.CostSettings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
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

  /** Those of the tables that are there; see {@link TableReader#tables}. */
  Map<RelationName, Table> tables(Collection<RelationName> names, Map<RelationName, Table> known)
      throws SQLException {
    return new TableReader(session, server().version()).tables(names, known);
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
