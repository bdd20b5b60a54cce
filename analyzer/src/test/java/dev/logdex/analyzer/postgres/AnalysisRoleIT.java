package dev.logdex.analyzer.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.analyzer.event.UnplannedStatement;
import dev.logdex.analyzer.whatif.DatabaseAnalysis;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The documented role is enough for all that Logdex does, and for nothing else. */
class AnalysisRoleIT {
  private static ShopDatabase shop;
  private static AnalysisRole role;

  @BeforeAll
  static void create() {
    shop = ShopDatabase.create("role");
    shop.execute(
        """
        CREATE EXTENSION dblink;
        CREATE EXTENSION file_fdw;
        CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
        CREATE FOREIGN TABLE touched (line text) SERVER files
          OPTIONS (program 'touch /tmp/logdex-role-was-here');
        CREATE FUNCTION lock_of_ours() RETURNS integer IMMUTABLE LANGUAGE plpgsql AS
          $$ BEGIN PERFORM pg_advisory_lock(42); RETURN 1; END $$;
        CREATE FUNCTION owners_delete() RETURNS integer IMMUTABLE LANGUAGE plpgsql AS
          $$ BEGIN DELETE FROM orders; RETURN 1; END $$;
        CREATE PROCEDURE wipe() LANGUAGE sql AS $$ DELETE FROM orders $$;
        """);
    role = AnalysisRole.create(shop);
  }

  @AfterAll
  static void drop() {
    if (role != null) {
      role.close();
    }
    if (shop != null) {
      shop.close();
    }
  }

  @Test
  void theAnalyzerFindsAsItWhatItFindsAsASuperuser() {
    String[] statements = {
      "SELECT * FROM orders WHERE customer_id = 77",
      "SELECT * FROM orders WHERE doc = 77 ORDER BY shipped_at DESC LIMIT 1",
      "SELECT * FROM customers c JOIN orders o ON o.customer_id = c.id WHERE c.email = 'x'",
      "SELECT * FROM events WHERE customer_id = 77",
      "SELECT * FROM open_orders WHERE cents = 5",
      "SELECT * FROM order_sums WHERE cents > 100000"
    };
    DatabaseAnalysis asRole = shop.analyse(role.address(), statements);
    assertThat(asRole.deadLetters()).isEmpty();
    assertThat(asRole.tables()).isEqualTo(shop.analyse(statements).tables());
  }

  /** What it may not change, it plans as the query that finds the rows. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE orders SET note = 'x' WHERE cents = 5",
        "UPDATE orders o SET note = c.email FROM customers c"
            + " WHERE c.id = o.customer_id AND c.email = 'x'",
        "DELETE FROM line_items WHERE order_id = 7",
        "DELETE FROM line_items i USING products p WHERE p.id = i.product_id AND p.sku = 'sku 7'",
        "INSERT INTO line_items SELECT id, 1, 1 FROM orders WHERE doc = 7"
      })
  void aChangeIsAnalysedAsASuperusersIs(String statement) {
    DatabaseAnalysis asRole = shop.analyse(role.address(), statement);
    assertThat(asRole.deadLetters()).isEmpty();
    assertThat(asRole.tables()).flatExtracting(TableAnalysis::candidates).isNotEmpty();
    assertThat(asRole.tables())
        .usingRecursiveComparison()
        .ignoringFields("outlines", "statements.queryId")
        .isEqualTo(shop.analyse(statement).tables());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MERGE INTO orders o USING products p ON o.doc = p.id WHEN MATCHED THEN DELETE",
        "UPDATE orders SET note = (SELECT sku FROM products WHERE id = 7) WHERE cents = 5",
        "WITH gone AS (DELETE FROM line_items WHERE order_id = 7 RETURNING *) SELECT * FROM gone"
      })
  void someChangesItMayNotPlan(String statement) {
    assertThat(shop.analyse(role.address(), statement).unplanned().statements())
        .singleElement()
        .extracting(UnplannedStatement::reason)
        .hasToString("PERMISSION_DENIED");
  }

  @Test
  void theScriptMayBeRunAgain() {
    AnalysisRole again = AnalysisRole.create(shop);
    assertThat(shop.analyse(again.address(), "SELECT * FROM orders WHERE doc = 7").tables())
        .isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM orders WHERE id = lock_of_ours()",
        "SELECT * FROM orders WHERE id = owners_delete()"
      })
  void whatAFunctionDoesAtPlanTimeItMayNotDoEither(String statement) {
    DatabaseAnalysis analysis = shop.analyse(role.address(), statement);
    assertThat(analysis.unplanned().statements())
        .singleElement()
        .extracting(UnplannedStatement::reason)
        .hasToString(statement.contains("lock") ? "PERMISSION_DENIED" : "PLAN_FAILED");
  }

  /** Each in a transaction that it has made writable, as a hostile session would. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          INSERT INTO settings VALUES ('a', 'b')                       | 42501
          UPDATE settings SET value = 'x'                              | 42501
          DELETE FROM orders                                           | 42501
          TRUNCATE orders                                              | 42501
          LOCK TABLE orders IN ACCESS EXCLUSIVE MODE                   | 42501
          SELECT * FROM orders LIMIT 1 FOR UPDATE                      | 42501
          CREATE TABLE mine (a int)                                    | 42501
          CREATE TEMP TABLE mine (a int)                               | 42501
          SELECT * INTO TEMP mine FROM settings                        | 42501
          CREATE VIEW mine AS SELECT 1                                 | 42501
          CREATE SCHEMA mine                                           | 42501
          CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'   | 42501
          CREATE INDEX ON orders (doc)                                 | 42501
          CREATE EXTENSION pg_trgm                                     | 42501
          CREATE ROLE mine                                             | 42501
          ALTER TABLE orders ADD COLUMN a int                          | 42501
          DROP TABLE orders                                            | 42501
          REINDEX TABLE orders                                         | 42501
          REFRESH MATERIALIZED VIEW order_sums                         | 42501
          COPY settings FROM PROGRAM 'touch /tmp/logdex-role-was-here' | 42501
          COPY settings TO PROGRAM 'touch /tmp/logdex-role-was-here'   | 42501
          COPY settings TO '/tmp/logdex-role-was-here'                 | 42501
          COPY settings FROM '/etc/passwd'                             | 42501
          SELECT * FROM touched                                        | 42501
          DO $$ BEGIN PERFORM 1; END $$                                | 42501
          CALL wipe()                                                  | 42501
          SELECT owners_delete()                                       | 0A000
          SELECT pg_sleep(1)                                           | 42501
          SELECT pg_sleep_for('1 second')                              | 42501
          SELECT pg_advisory_lock(1)                                   | 42501
          SELECT pg_advisory_lock_shared(1)                            | 42501
          SELECT pg_try_advisory_lock(1, 2)                            | 42501
          SELECT pg_advisory_xact_lock(1)                              | 42501
          SELECT lo_create(1)                                          | 42501
          SELECT lo_from_bytea(0, 'x')                                 | 42501
          SELECT lo_import('/etc/passwd')                              | 42501
          SELECT lo_export(1, '/tmp/logdex-role-was-here')             | 42501
          SELECT lo_unlink(1)                                          | 42501
          SELECT nextval('customers_id_seq')                           | 42501
          SELECT setval('customers_id_seq', 1)                         | 42501
          SELECT dblink_connect('dbname=postgres')                     | 42501
          SELECT dblink_exec('dbname=postgres', 'DELETE FROM orders')  | 42501
          SELECT pg_read_file('/etc/passwd')                           | 42501
          SELECT pg_ls_dir('/')                                        | 42501
          SELECT pg_reload_conf()                                      | 42501
          SELECT pg_terminate_backend(pg_backend_pid())                | 42501
          SELECT pg_notify('a', 'b')                                   | 42501
          SELECT pg_logical_emit_message(false, 'a', 'b')              | 42501
          SELECT pg_stat_reset()                                       | 42501
          SET ROLE postgres                                            | 42501
          SET SESSION AUTHORIZATION postgres                           | 42501
          ALTER ROLE logdex_analysis SUPERUSER                         | 42501
          GRANT pg_write_all_data TO logdex_analysis                   | 42501
          SET temp_file_limit = -1                                     | 42501
          SET session_replication_role = replica                       | 42501
          LOAD 'dblink'                                                | 42501
          SELECT count(*) FROM (SELECT a.note FROM orders a, generate_series(1, 100) g ORDER BY a.note, g OFFSET 1) x | 53400
          """)
  void itMayNot(String statement, String sqlState) throws SQLException {
    try (Connection connection = DriverManager.getConnection(role.url());
        Statement session = connection.createStatement()) {
      session.execute("SET default_transaction_read_only = off");
      connection.setAutoCommit(false);
      assertThatThrownBy(() -> session.execute(statement))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(sqlState));
      connection.rollback();
    }
    assertThat(Path.of("/tmp/logdex-role-was-here")).doesNotExist();
  }

  @Test
  void transactionsAreReadOnlyUnlessAskedOtherwise() throws SQLException {
    try (Connection connection = DriverManager.getConnection(role.url());
        Statement session = connection.createStatement()) {
      assertThatThrownBy(() -> session.execute("CREATE TEMP TABLE mine (a int)"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25006"));
    }
  }
}
