package dev.logdex.recommender.recommendation;

import static dev.logdex.recommender.AnalysisBuilder.btree;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.IndexElement;
import dev.logdex.analyzer.event.TableName;
import dev.logdex.embedded.ItParts;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
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
