package dev.logdex.normalizer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;

/**
 * What applications send to Postgres, with every awkward thing that a reader of its log has to get
 * right. Names in {@code AS m_…} tell the statements apart however they are normalized.
 */
final class AwkwardApplication {
  static final List<String> SCHEMA =
      List.of(
          "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id int, note text)",
          "INSERT INTO orders SELECT n, n % 100, 'note ' || n FROM generate_series(1, 1000) n",
          "CREATE FUNCTION broken(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN"
              + " RAISE NOTICE E'about to fail,\\n\\ton two lines';"
              + " EXECUTE E'SELECT * FROM\\n  nowhere'; RETURN n; END $$",
          "CREATE FUNCTION nested(n int) RETURNS bigint LANGUAGE plpgsql AS $$ BEGIN"
              + " RAISE LOG 'nested was called with %', n;"
              + " RETURN (SELECT count(*) FROM orders WHERE customer_id = n); END $$");

  /**
   * Messages of several statements, with a mark of each statement before the last. Their columns
   * are of their own number and kind, because the server takes statements that differ in names for
   * one.
   */
  private static final Map<String, List<String>> BEFORE_THE_LAST =
      Map.of(
          "SELECT 20 AS m_first, 1.5; SELECT 21 AS m_second, 1.5 FROM orders WHERE id = 1;\n"
              + "UPDATE orders SET note = ';' WHERE id = 2 RETURNING 22 AS m_third",
          List.of("m_first", "m_second"),
          "START TRANSACTION; SELECT 23 AS m_inblock, 1, 1.5; SELECT 24 AS m_inblocktoo, 1, 1, 1.5; COMMIT AND NO CHAIN",
          List.of("START TRANSACTION", "m_inblock", "m_inblocktoo"));

  /** The same, with a mark of each statement before the one that fails. */
  private static final Map<String, List<String>> BEFORE_THE_FAILING =
      Map.of(
          "SELECT 25 AS m_good, 1.5, 1.5; SELECT 26 AS m_bad FROM nowhere; SELECT 27 AS m_never",
          List.of("m_good"));

  private static final List<String> SIMPLE =
      List.of(
          "SELECT 1 AS m_tabs,\n\t\tid\n\tFROM\torders\n\n\t  WHERE note = 'line one\nline two'",
          "SELECT 2 AS m_unicode, 'grüße, 東京, 🐘, \u2028 and \u0085' FROM orders WHERE id = 1",
          "SELECT 3 AS m_fake, '\n2026-11-20 23:54:44.068 UTC [1] app@shop LOG:  duration: 1.000 ms"
              + "  statement: DROP TABLE orders' FROM orders WHERE id = 1",
          "SELECT 4 AS m_csv, '\n2026-11-20 23:54:44.071 UTC,\"app\",\"shop\",1,\"[local]\",1.1,1,'",
          "SELECT 5 AS m_return,\r\n  id\r\nFROM orders WHERE id = 1\r",
          "SELECT 6 AS m_control, '\u0001 \u001b[31m \u007f \u000b' FROM orders WHERE id = 1",
          "SELECT 7 AS m_quotes, 'a \"word\", \"\"two\"\"', '', '\\' AS \"Odd, \"\"Name\"\"\"",
          "-- a comment before it\nSELECT 8 AS m_comment /* and\n\tone within */ FROM orders WHERE id = 1",
          "SELECT 9 AS m_separator, 'duration: 1 ms  statement: x' WHERE 'LOG:  x' <> ':  '",
          "SELECT 10 AS m_octal, '#011 and #012'",
          "SELECT 11 AS m_dollar, $x$ it's\n\t$1 $x$",
          "\n\n  SELECT 12 AS m_blank FROM orders WHERE id = 1  \n\n",
          "SELECT 13 AS m_lists FROM orders WHERE id IN ("
              + String.join(",", IntStream.range(0, 2000).mapToObj(Integer::toString).toList())
              + ")",
          ";",
          "-- only a comment",
          "/* only\n a comment */",
          "SELECT 30 AS m_error, * FROM nowhere\n\tWHERE x = 'private'",
          "SELECT 31 AS m_division, 1 / 0",
          "SELEC 32 AS m_syntax,\n\tid FROM orders",
          "INSERT INTO orders (id, note) VALUES (1, 'twice')",
          "SELECT 33 AS m_function, broken(1)",
          "SELECT 34 AS m_nested, nested(5)",
          "DO $$ BEGIN RAISE WARNING E'careful:\\n\\tthree\\nlines' USING DETAIL = E'a\\n\\tdetail',"
              + " HINT = 'a hint'; END $$",
          "PREPARE p1(int) AS SELECT 40 AS m_sqlprepared,\n\tid FROM orders WHERE id = $1",
          "EXECUTE p1(1)",
          "EXECUTE p1(2)",
          "DEALLOCATE p1",
          "EXECUTE p1(3)",
          "BEGIN",
          "DECLARE c1 CURSOR FOR SELECT 41 AS m_cursor, id FROM orders ORDER BY id",
          "FETCH 5 FROM c1",
          "FETCH 5 FROM c1",
          "CLOSE c1",
          "ROLLBACK",
          "EXPLAIN (COSTS OFF) SELECT 42 AS m_explained FROM orders WHERE id = 1",
          "CREATE TEMP TABLE \"Odd\tName\" AS SELECT 43 AS m_created");

  private final RecordedServer server;

  AwkwardApplication(RecordedServer server) {
    this.server = server;
  }

  /** Marks of the statements that are logged within one message whose last statement is another. */
  static Map<String, List<String>> beforeTheLast() {
    return BEFORE_THE_LAST;
  }

  static Map<String, List<String>> beforeTheFailing() {
    return BEFORE_THE_FAILING;
  }

  void run(int longestLiteral) throws SQLException, IOException {
    try (Connection simple = server.connect("shop backend", Map.of("preferQueryMode", "simple"))) {
      simple(simple, longestLiteral);
    }
    Map<String, String> named = Map.of("prepareThreshold", "1", "preferQueryMode", "extended");
    try (Connection extended = server.connect("shop backend", named)) {
      extended(extended);
    }
    try (Connection unnamed = server.connect("", Map.of("prepareThreshold", "0"))) {
      extended(unnamed);
    }
    for (String application : List.of("[0 of 5 busy]", "x LOG:  y", "a,b \"c\" 'd' [1] %m")) {
      try (Connection connection = server.connect(application, Map.of())) {
        attempt(connection, "SELECT 80 AS m_application");
      }
    }
    try (Connection other = server.connectAs("svc-report", "my db-1", "report")) {
      attempt(other, "SELECT 81 AS m_names");
    }
  }

  private void simple(Connection connection, int longestLiteral) throws SQLException, IOException {
    for (String statement : SIMPLE) {
      attempt(connection, statement);
    }
    BEFORE_THE_LAST.keySet().forEach(statement -> attempt(connection, statement));
    BEFORE_THE_FAILING.keySet().forEach(statement -> attempt(connection, statement));
    String line = "0123456789 abcde\n";
    attempt(
        connection,
        "SELECT 50 AS m_huge, length('" + line.repeat(longestLiteral / line.length()) + "')");
    connection
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyIn(
            "COPY orders FROM STDIN",
            new ByteArrayInputStream("2001\t1\tcopied\n".getBytes(UTF_8)));
    attempt(connection, "SET statement_timeout = 30");
    attempt(connection, "SELECT 70 AS m_timeout, pg_sleep(5)");
    attempt(connection, "SET statement_timeout = 0");
    cancelled(connection, "SELECT 71 AS m_cancelled,\n\tpg_sleep(5)");
  }

  private void extended(Connection connection) throws SQLException {
    run(connection, "SELECT 51 AS m_parameters, ?::text, ?::text", "o'clock\r\nsecond\tline", null);
    run(connection, "SELECT 52 AS m_fake,\n\t?::text, ?::text", "', $2 = 'fake", "");
    run(connection, "SELECT 53 AS m_wide, ?::text", "grüße 東京 🐘 \\ \n\tx");
    for (int id = 1; id <= 3; id++) {
      run(connection, "SELECT 54 AS m_named FROM orders WHERE id = ?", id);
    }
    run(connection, "SELECT 55 AS m_parseerror FROM nowhere WHERE id = ?", 1);
    run(connection, "SELECT 56 AS m_binderror, ?::text::int", "no number\n\tat all");
    run(connection, "SELECT 57 AS m_executeerror, 1 / ?", 0);
    run(connection, "SELECT 58 AS m_split; SELECT 59 AS m_splittoo");
    batch(connection);
    connection.setAutoCommit(false);
    fetch(connection);
    for (int round = 0; round < 3; round++) {
      run(connection, "UPDATE orders SET note = ? WHERE id = 1", "round " + round);
      connection.commit();
    }
    // fastpath calls
    connection.unwrap(PGConnection.class).getLargeObjectAPI().createLO();
    connection.rollback();
    connection.setAutoCommit(true);
  }

  private static void batch(Connection connection) throws SQLException {
    try (PreparedStatement prepared =
        connection.prepareStatement("UPDATE orders SET note = ? WHERE id = ?")) {
      for (int id = 1; id <= 5; id++) {
        prepared.setString(1, "batch " + id);
        prepared.setInt(2, id);
        prepared.addBatch();
      }
      prepared.executeBatch();
    }
  }

  private static void fetch(Connection connection) throws SQLException {
    String ordered = "SELECT 60 AS m_fetched,\n\tid FROM orders WHERE id <= ? ORDER BY id";
    try (PreparedStatement prepared = connection.prepareStatement(ordered)) {
      prepared.setFetchSize(10);
      for (int limit : new int[] {35, 5}) {
        prepared.setInt(1, limit);
        try (ResultSet rows = prepared.executeQuery()) {
          while (rows.next()) {
            rows.getLong(2);
          }
        }
      }
      // given up while rows remain
      prepared.setInt(1, 100);
      try (ResultSet rows = prepared.executeQuery()) {
        rows.next();
      }
    }
  }

  private static void run(Connection connection, String sql, Object... values) {
    try (PreparedStatement prepared = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        prepared.setObject(i + 1, values[i]);
      }
      prepared.execute();
    } catch (SQLException wanted) {
      assertIsOfTheServer(wanted);
    }
  }

  private static void attempt(Connection connection, String statement) {
    try (Statement simple = connection.createStatement()) {
      simple.execute(statement);
    } catch (SQLException wanted) {
      assertIsOfTheServer(wanted);
    }
  }

  // class 08 is a lost connection
  private static void assertIsOfTheServer(SQLException failure) {
    if (failure.getSQLState().startsWith("08")) {
      throw new IllegalStateException(failure);
    }
  }

  private void cancelled(Connection connection, String statement) {
    Thread runner = new Thread(() -> attempt(connection, statement), "cancelled");
    runner.start();
    await()
        .until(
            () ->
                server
                    .quietly(
                        "SELECT count(pg_cancel_backend(pid))::text FROM pg_stat_activity"
                            + " WHERE state = 'active' AND query LIKE 'SELECT 71 AS m_%'")
                    .equals("1"));
    try {
      runner.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
