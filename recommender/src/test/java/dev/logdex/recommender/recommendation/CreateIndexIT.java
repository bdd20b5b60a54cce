package dev.logdex.recommender.recommendation;

import static dev.logdex.recommender.AnalysisBuilder.btree;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.IndexElement;
import dev.logdex.analyzer.event.Partition;
import dev.logdex.analyzer.event.TableFacts;
import dev.logdex.analyzer.event.TableName;
import dev.logdex.analyzer.event.TableNeighbours;
import dev.logdex.embedded.ItParts;
import dev.logdex.recommender.event.Step;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hands our statements to a real Postgres. */
class CreateIndexIT {
  private static final String ID = "0123456789abcdef";

  private static String database;
  private static Connection connection;

  @BeforeAll
  static void connect() throws SQLException {
    database = ItParts.postgres().createDatabase("recommender_it");
    connection = DriverManager.getConnection(ItParts.postgres().superuserUrl(database));
  }

  @AfterAll
  static void drop() throws SQLException {
    connection.close();
    ItParts.postgres().dropDatabase(database);
  }

  @ParameterizedTest
  @MethodSource("tables")
  void theIndexIsMadeUnderItsNameAndDroppedAgain(TableName table, IndexDefinition definition)
      throws SQLException {
    String column = definition.elements().get(0).expression();
    String schema = SqlIdentifier.quoted(table.schema());
    String relation = schema + "." + SqlIdentifier.quoted(table.name());
    execute("CREATE SCHEMA IF NOT EXISTS " + schema);
    execute("CREATE TABLE " + relation + " (" + column + " text, b int, deleted_at timestamp)");
    String name = IndexName.of(table.name(), definition, ID, Set.of());
    CreateIndex create = new CreateIndex(table, name, definition);

    execute(create.ddl());

    assertThat(indexes(table)).containsExactly(name);
    execute(create.inverse());
    assertThat(indexes(table)).isEmpty();
  }

  static Stream<Arguments> tables() {
    return Stream.of(
            List.of("public", "orders", btree("a")),
            List.of("public", "user", btree("\"select\"", "b")),
            List.of("My Schema", "Größe \"und\" mehr", btree("\"Käufer's\"")),
            List.of("public", "t".repeat(63), btree("\"" + "ß".repeat(31) + "\"", "b")),
            List.of("public", "数".repeat(21), btree("\"" + "列".repeat(21) + "\"")),
            List.of(
                "public",
                "options",
                new IndexDefinition(
                    "btree",
                    List.of(
                        new IndexElement("a", "text_pattern_ops", true, false),
                        new IndexElement("b", null, false, true)),
                    List.of("deleted_at"),
                    "(deleted_at IS NULL)")))
        .map(
            row ->
                Arguments.of(
                    new TableName("shop", (String) row.get(0), (String) row.get(1)), row.get(2)));
  }

  @Test
  void theWholeRecipeOfAPartitionedTableEndsInAValidIndex() throws SQLException {
    execute("CREATE SCHEMA parts");
    execute("CREATE TABLE parts.events (at int, kind int) PARTITION BY RANGE (at)");
    execute("CREATE TABLE parts.events_1 PARTITION OF parts.events FOR VALUES FROM (0) TO (10)");
    execute(
        "CREATE TABLE parts.\"Events 2\" PARTITION OF parts.events FOR VALUES FROM (10) TO (20)"
            + " PARTITION BY LIST (kind)");
    execute("CREATE TABLE public.events_2_1 PARTITION OF parts.\"Events 2\" FOR VALUES IN (1)");
    execute(
        "CREATE TABLE parts.events_2_2 PARTITION OF parts.\"Events 2\" FOR VALUES IN (2)"
            + " PARTITION BY RANGE (at)");
    execute("CREATE TABLE parts.events_2_2_1 PARTITION OF parts.events_2_2 DEFAULT");
    execute("INSERT INTO parts.events SELECT i % 20, 1 + i % 2 FROM generate_series(1, 1000) i");
    List<Partition> partitions =
        List.of(
            new Partition("parts", "events_1", Partition.Form.TABLE, -1),
            new Partition("parts", "Events 2", Partition.Form.PARENT, -1),
            new Partition("public", "events_2_1", Partition.Form.TABLE, 1),
            new Partition("parts", "events_2_2", Partition.Form.PARENT, 1),
            new Partition("parts", "events_2_2_1", Partition.Form.TABLE, 3));

    CreateIndex create = partitioned("parts", "events", partitions);
    for (Step step : create.steps()) {
      execute(step.sql());
    }

    assertThat(validity("parts.events")).containsExactly("index_events_on_kind true");
    assertThat(
            strings(
                "SELECT DISTINCT i.indisvalid || ' ' || (c.relkind = 'I') FROM pg_partition_tree("
                    + "'parts.index_events_on_kind') t JOIN pg_index i ON i.indexrelid = t.relid"
                    + " JOIN pg_class c ON c.oid = t.relid ORDER BY 1"))
        .containsExactly("true false", "true true");
    assertThat(strings("SELECT count(*) FROM pg_partition_tree('parts.index_events_on_kind')"))
        .containsExactly("6");
    execute(create.inverse());
    assertThat(validity("parts.events")).isEmpty();
    assertThat(validity("public.events_2_1")).isEmpty();
  }

  @Test
  void untilTheLastPartIsAttachedTheIndexIsInvalid() throws SQLException {
    execute("CREATE TABLE halves (a int, kind int) PARTITION BY RANGE (a)");
    execute("CREATE TABLE half_1 PARTITION OF halves FOR VALUES FROM (0) TO (10)");
    execute("CREATE TABLE half_2 PARTITION OF halves FOR VALUES FROM (10) TO (20)");
    List<Step> steps =
        partitioned(
                "public",
                "halves",
                List.of(
                    new Partition("public", "half_1", Partition.Form.TABLE, -1),
                    new Partition("public", "half_2", Partition.Form.TABLE, -1)))
            .steps();

    for (Step step : steps.subList(0, steps.size() - 1)) {
      execute(step.sql());
    }
    assertThat(validity("halves")).containsExactly("index_halves_on_kind false");
    execute(steps.get(steps.size() - 1).sql());
    assertThat(validity("halves")).containsExactly("index_halves_on_kind true");
  }

  @Test
  void aForeignPartitionDoesNotKeepTheIndexFromBecomingValid() throws SQLException {
    execute("CREATE EXTENSION file_fdw");
    execute("CREATE SERVER files FOREIGN DATA WRAPPER file_fdw");
    execute("CREATE TABLE mixed (a int, kind int) PARTITION BY RANGE (a)");
    execute("CREATE TABLE mixed_1 PARTITION OF mixed FOR VALUES FROM (0) TO (10)");
    execute(
        "CREATE FOREIGN TABLE mixed_2 PARTITION OF mixed FOR VALUES FROM (10) TO (20)"
            + " SERVER files OPTIONS (filename '/dev/null')");
    CreateIndex create =
        partitioned(
            "public",
            "mixed",
            List.of(
                new Partition("public", "mixed_1", Partition.Form.TABLE, -1),
                new Partition("public", "mixed_2", Partition.Form.FOREIGN, -1)));

    for (Step step : create.steps()) {
      execute(step.sql());
    }

    assertThat(validity("mixed")).containsExactly("index_mixed_on_kind true");
    assertThat(validity("mixed_1")).containsExactly("index_mixed_1_on_kind true");
  }

  @Test
  void aParentWhosePartitionsAreNotKnownGetsTheOneStatementThatWorks() throws SQLException {
    execute("CREATE TABLE unknown (a int, kind int) PARTITION BY RANGE (a)");
    execute("CREATE TABLE unknown_1 PARTITION OF unknown FOR VALUES FROM (0) TO (10)");
    CreateIndex create = partitioned("public", "unknown", List.of());

    assertThat(create.steps()).hasSize(1);
    execute(create.ddl());

    assertThat(validity("unknown")).containsExactly("index_unknown_on_kind true");
    execute(create.inverse());
    assertThat(validity("unknown")).isEmpty();
  }

  private static CreateIndex partitioned(String schema, String table, List<Partition> partitions) {
    IndexDefinition kind = btree("kind");
    TableFacts facts =
        new TableFacts(
            1_000,
            8192,
            32,
            true,
            partitions.size(),
            null,
            null,
            null,
            List.of(),
            new TableNeighbours(partitions, 0, List.of()));
    return PartitionedIndex.of(
        new TableName("shop", schema, table),
        IndexName.of(table, kind, ID, Set.of()),
        kind,
        ID,
        facts,
        new HashSet<>());
  }

  private static List<String> validity(String table) throws SQLException {
    return strings(
        "SELECT c.relname || ' ' || i.indisvalid FROM pg_index i JOIN pg_class c"
            + " ON c.oid = i.indexrelid WHERE i.indrelid = '"
            + table
            + "'::regclass ORDER BY 1");
  }

  @Test
  void everyWordThatPostgresKeepsForItselfIsQuoted() throws SQLException {
    List<String> words = strings("SELECT word FROM pg_get_keywords() WHERE catcode <> 'U'");

    assertThat(words).hasSizeGreaterThan(100);
    assertThat(words).allSatisfy(word -> assertThat(SqlIdentifier.quoted(word)).startsWith("\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"orders", "Orders", "a b", "a\"b", "1a", "_a", "größe", "order", "name"})
  void namesAreQuotedAsPostgresWould(String name) throws SQLException {
    try (PreparedStatement quote = connection.prepareStatement("SELECT quote_ident(?)")) {
      quote.setString(1, name);
      try (ResultSet rows = quote.executeQuery()) {
        rows.next();
        assertThat(SqlIdentifier.quoted(name)).isEqualTo(rows.getString(1));
      }
    }
  }

  private static List<String> indexes(TableName table) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT indexname FROM pg_indexes WHERE schemaname = ? AND tablename = ?")) {
      query.setString(1, table.schema());
      query.setString(2, table.name());
      try (ResultSet rows = query.executeQuery()) {
        return firstColumn(rows);
      }
    }
  }

  private static List<String> strings(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return firstColumn(rows);
    }
  }

  private static List<String> firstColumn(ResultSet rows) throws SQLException {
    List<String> values = new ArrayList<>();
    while (rows.next()) {
      values.add(rows.getString(1));
    }
    return values;
  }

  private static void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
