package dev.logdex.analyzer.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.logdex.analyzer.whatif.DatabaseAnalysis;
import dev.logdex.analyzer.workload.WeightedSample;
import dev.logdex.analyzer.workload.WorkloadStatement;
import dev.logdex.embedded.ItParts;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever stands in a log, nothing of it is ever run. */
class HostileStatementsIT {
  private static final List<String> HOSTILE =
      List.of(
          "SELECT 1; DROP TABLE orders",
          "SELECT * FROM orders WHERE id = 1; DELETE FROM orders",
          "SELECT 1;DROP TABLE settings;--",
          "SELECT 1 /* ; */ ; /* ' */ TRUNCATE orders; -- '",
          "SELECT $$;$$; DROP TABLE settings; SELECT $$;$$",
          "SELECT $a$ $b$ $a$; DROP TABLE settings --$b$",
          "SELECT ';'; DROP TABLE settings; SELECT '",
          "SELECT E'\\'; DROP TABLE settings; --'",
          "SELECT '\\'; DROP TABLE settings; --'",
          "SELECT U&'\\003b' ; DROP TABLE settings",
          "SELECT \"a;b\"; DROP TABLE settings",
          "SELECT 1 \u0000; DROP TABLE settings",
          "DELETE FROM orders",
          "DELETE FROM orders WHERE id < 100 RETURNING *",
          "UPDATE orders SET note = 'gone'",
          "INSERT INTO settings VALUES ('injected', 'x')",
          "WITH gone AS (DELETE FROM orders RETURNING *) SELECT * FROM gone",
          "MERGE INTO settings s USING products p ON s.name = p.sku WHEN MATCHED THEN DELETE",
          "EXPLAIN ANALYZE DELETE FROM orders",
          "EXPLAIN (ANALYZE) DELETE FROM orders",
          "ANALYZE) DELETE FROM orders; --",
          "DO $$ BEGIN DELETE FROM orders; END $$",
          "CALL wipe()",
          "COPY settings TO PROGRAM 'touch /tmp/logdex-was-here'",
          "COPY (SELECT 1) TO '/tmp/logdex-was-here'",
          "SELECT * INTO stolen FROM customers",
          "CREATE TABLE stolen AS SELECT * FROM customers",
          "SELECT nextval('customers_id_seq')",
          "SELECT setval('customers_id_seq', 1)",
          "SELECT * FROM orders WHERE id = nextval('customers_id_seq')",
          "SELECT * FROM orders WHERE id = scribble()",
          "SELECT * FROM orders WHERE id = scribble_stable()",
          "SELECT * FROM orders WHERE id = scribble_immutable()",
          "SELECT * FROM scribble_rows()",
          "SELECT pg_sleep(100)",
          "SELECT * FROM orders WHERE id = sleepy_immutable()",
          "SELECT set_config('default_transaction_read_only', 'off', false)",
          "SELECT pg_advisory_lock(42)",
          "SELECT lo_create(4242)",
          "PREPARE p AS DELETE FROM orders",
          "EXECUTE logdex_generic",
          "DEALLOCATE ALL",
          "SET transaction_read_only = off",
          "COMMIT; BEGIN READ WRITE; DELETE FROM orders; COMMIT",
          "LOCK TABLE orders",
          "VACUUM FULL orders",
          "SELECT hypopg_create_index('CREATE INDEX ON orders (note)')",
          "{call wipe()}",
          "{fn now()}",
          "SELECT {fn now()}",
          "SELECT * FROM orders WHERE note = ? OR id = 1",
          "SELECT 1 /* /* ; */ DROP TABLE orders; */ ; DROP TABLE orders",
          "SELECT 1 /* */ DROP TABLE orders; -- */",
          "SELECT 1 --\r; DROP TABLE orders",
          "SELECT E'a\\'; DROP TABLE orders; --'",
          "SELECT e'\\x27; DROP TABLE orders; --'",
          "SELECT E'\\u0027; DROP TABLE orders; --'",
          "SELECT U&'\\0027; DROP TABLE orders; --'",
          "SELECT U&'!0027; DROP TABLE settings; --' UESCAPE '!'",
          "SELECT U&\"\\0022; DROP TABLE settings; --\" FROM orders",
          "SELECT 'a'\n'b; DROP TABLE orders; --'",
          "SELECT '\\\\'; DELETE FROM orders; --'",
          "SET standard_conforming_strings = off; SELECT '\\'; DROP TABLE settings; --'",
          "SELECT N'x'; DROP TABLE orders",
          "SELECT B'1'; DROP TABLE orders",
          "SELECT $é$;$é$; DROP TABLE orders",
          "SELECT $a$;$A$; DROP TABLE orders; $a$",
          "SELECT \"a\"\"; DROP TABLE orders; --\"",
          "SELECT 1 \\; DROP TABLE orders",
          "SELECT 1 \\g\nDROP TABLE orders",
          "SELECT 1\uff1b DROP TABLE orders",
          "\ufeffSELECT 1; DROP TABLE orders",
          "EXPLAIN (ANALYZE, VERBOSE) DELETE FROM orders",
          "EXPLAIN (ANALYZE) EXECUTE logdex_generic",
          "(ANALYZE) DELETE FROM orders",
          "(FORMAT JSON, ANALYZE) DELETE FROM orders",
          "ANALYZE DELETE FROM orders",
          "EXECUTE logdex_generic(NULL)",
          "DECLARE c CURSOR WITH HOLD FOR SELECT * FROM orders",
          "FETCH ALL FROM c",
          "CREATE MATERIALIZED VIEW stolen AS SELECT * FROM orders",
          "REFRESH MATERIALIZED VIEW order_sums",
          "CREATE TEMP TABLE stolen AS SELECT * FROM orders",
          "CREATE TABLE stolen AS EXECUTE logdex_generic",
          "SELECT 1 INTO TEMP stolen",
          "WITH s AS (SELECT 1) SELECT * INTO stolen FROM s",
          "WITH x AS MATERIALIZED (UPDATE orders SET note = '' RETURNING *) TABLE x",
          "INSERT INTO settings SELECT 'a', scribble()::text",
          "INSERT INTO settings VALUES ('a', 'b') ON CONFLICT DO NOTHING",
          "VALUES (nextval('customers_id_seq'))",
          "TABLE orders; DROP TABLE orders",
          "SELECT * FROM orders FOR UPDATE",
          "COPY settings FROM PROGRAM 'touch /tmp/logdex-was-here'",
          "LISTEN a",
          "NOTIFY a, 'b'",
          "SELECT pg_notify('a', 'b')",
          "LOAD 'dblink'",
          "ALTER SYSTEM SET work_mem = '1GB'",
          "SET ROLE postgres",
          "RESET ALL",
          "DISCARD ALL",
          "CHECKPOINT",
          "REINDEX TABLE orders",
          "GRANT ALL ON orders TO PUBLIC",
          "PREPARE TRANSACTION 'x'",
          "SELECT lo_unlink(4242)",
          "SELECT lo_export(4242, '/tmp/logdex-was-here')",
          "SELECT lo_from_bytea(0, 'x')",
          "SELECT query_to_xml('DELETE FROM orders', true, true, '')",
          "SELECT * FROM orders WHERE note = query_to_xml('DELETE FROM orders', true, true, '')::text",
          "SELECT pg_terminate_backend(pg_backend_pid())",
          "SELECT * FROM orders WHERE id = pg_terminate_backend(pg_backend_pid())::int",
          "SELECT pg_reload_conf()",
          "SELECT hypopg_reset()",
          "{call wipe()};",
          "{? = call wipe()}",
          "{escape '\\'}");

  /** What the analyzer may send with something of a log in it: one statement that only plans. */
  private static final Pattern PLANNING =
      Pattern.compile(
          "(EXPLAIN \\(VERBOSE, COSTS, SUMMARY, FORMAT JSON\\)|PREPARE logdex_generic AS)"
              + " (\\( )*(SELECT|WITH|VALUES|TABLE|INSERT|UPDATE|DELETE|MERGE|EXECUTE) [^;]*",
          Pattern.CASE_INSENSITIVE);

  private static final Set<String> FRAME =
      Set.of(
          "BEGIN READ ONLY",
          "ROLLBACK",
          "COMMIT",
          "DEALLOCATE logdex_generic",
          "SET LOCAL plan_cache_mode = force_generic_plan",
          "SET LOCAL search_path TO DEFAULT",
          "SET application_name = 'logdex-analyzer'");

  private static ShopDatabase shop;

  @BeforeAll
  static void create() {
    shop = ShopDatabase.create("hostile");
    shop.execute(
        """
        CREATE FUNCTION scribble() RETURNS integer VOLATILE LANGUAGE plpgsql AS
          $$ BEGIN INSERT INTO settings VALUES ('scribble', 'x'); RETURN 1; END $$;
        CREATE FUNCTION scribble_stable() RETURNS integer STABLE LANGUAGE plpgsql AS
          $$ BEGIN PERFORM scribble(); RETURN 1; END $$;
        CREATE FUNCTION scribble_immutable() RETURNS integer IMMUTABLE LANGUAGE plpgsql AS
          $$ BEGIN PERFORM nextval('customers_id_seq'); PERFORM scribble(); RETURN 1; END $$;
        CREATE FUNCTION scribble_rows() RETURNS SETOF integer VOLATILE LANGUAGE sql AS
          $$ INSERT INTO settings VALUES ('scribble', 'x') RETURNING 1 $$;
        CREATE FUNCTION sleepy_immutable() RETURNS integer IMMUTABLE LANGUAGE plpgsql AS
          $$ BEGIN PERFORM pg_sleep(100); RETURN 1; END $$;
        CREATE PROCEDURE wipe() LANGUAGE sql AS $$ DELETE FROM orders $$;
        """);
    shop.execute("ALTER DATABASE " + shop.name() + " SET log_statement = 'all'");
    shop.execute("ALTER DATABASE " + shop.name() + " SET log_min_messages = 'log'");
  }

  @AfterAll
  static void drop() {
    if (shop != null) {
      shop.close();
    }
  }

  @Test
  void nothingIsChangedByAnyStatement() {
    String before = checksum();
    shop.analyse(workload());
    assertThat(checksum()).isEqualTo(before);
    assertThat(Path.of("/tmp/logdex-was-here")).doesNotExist();
  }

  @Test
  void aDumpAfterwardsIsTheDumpBefore() throws Exception {
    assumeTrue(pgDump().isPresent(), "there is no pg_dump");
    String before = pgDump().get();
    shop.analyse(workload());
    assertThat(pgDump()).hasValue(before);
  }

  /** Schema and all rows; empty when the program is not there or is older than the server. */
  private static Optional<String> pgDump() throws IOException, InterruptedException {
    try {
      Process process =
          new ProcessBuilder("pg_dump", "--dbname=" + shop.url().substring("jdbc:".length()))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String dump = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      // newer ones print a word that is made up anew each time
      String stable = dump.replaceAll("(?m)^.(un)?restrict .*$", "");
      return process.waitFor() == 0 ? Optional.of(stable) : Optional.empty();
    } catch (IOException notThere) {
      return Optional.empty();
    }
  }

  @Test
  void theServerSeesOnlyExplainAndWhatIsOurs() throws IOException {
    Optional<Path> log = ItParts.postgres().logFile();
    assumeTrue(log.isPresent(), "the server's log is out of reach");
    long from = Files.size(log.get());
    shop.analyse(workload());
    List<String> statements = logged(log.get(), from);
    assertThat(statements).hasSizeGreaterThan(HOSTILE.size());
    assertThat(statements).filteredOn(each -> !isHarmless(each)).isEmpty();
    assertThat(statements).anySatisfy(each -> assertThat(each).startsWith("EXPLAIN"));
  }

  @Test
  void nothingIsBuiltOnADatabaseThatIsNotMarkedAsADisposableCopy() throws IOException {
    Optional<Path> log = ItParts.postgres().logFile();
    assumeTrue(log.isPresent(), "the server's log is out of reach");
    long from = Files.size(log.get());
    DatabaseAnalysis analysis =
        shop.analyse(
            "SELECT * FROM orders WHERE tags @> '{tag 3}'",
            "SELECT * FROM orders WHERE place <@ box '((0,0),(1,1))'",
            "SELECT * FROM orders ORDER BY place <-> point '(0,0)' LIMIT 1",
            "SELECT * FROM customers WHERE lower(email) = 'x'");
    assertThat(analysis.tables())
        .flatExtracting(table -> table.candidates())
        .anySatisfy(candidate -> assertThat(candidate.id()).contains("gin (tags)"))
        .anySatisfy(candidate -> assertThat(candidate.id()).contains("gist (place)"));
    List<String> statements = logged(log.get(), from);
    assertThat(statements).isNotEmpty();
    assertThat(statements).filteredOn(each -> !isHarmless(each)).isEmpty();
  }

  private static boolean isHarmless(String statement) {
    return FRAME.contains(statement)
        || PLANNING.matcher(statement).matches()
        || Arrays.stream(SqlFile.values())
            .map(file -> comparable(file.text("public")))
            .anyMatch(comparable(statement)::equals);
  }

  private static String comparable(String sql) {
    return sql.replaceAll("\\$\\d+", "?").replaceAll("\\s+", " ").strip();
  }

  @Test
  void everyStatementGetsAReasonOrScans() {
    DatabaseAnalysis analysis = shop.analyse(workload());
    long planned =
        analysis.tables().stream()
            .flatMap(table -> table.statements().stream())
            .flatMap(
                statement ->
                    Stream.concat(
                        Stream.of(statement.fingerprint()),
                        statement.mergedFingerprints().stream()))
            .distinct()
            .count();
    assertThat(planned + analysis.unplanned().statements().size()).isEqualTo(workload().size());
    assertThat(analysis.deadLetters())
        .anySatisfy(
            letter -> {
              assertThat(letter.reason().name()).isEqualTo("NOT_PLANNABLE");
              assertThat(letter.place()).isEqualTo("0000000000000001");
            });
  }

  /** Each with real texts, with parameters that are hostile themselves, and without a sample. */
  private static List<WorkloadStatement> workload() {
    List<WorkloadStatement> workload = new ArrayList<>();
    for (String statement : HOSTILE) {
      workload.add(
          ShopDatabase.statement(
              workload.size() + 1, statement, new WeightedSample(statement, List.of(), 1)));
    }
    for (String statement : HOSTILE) {
      workload.add(ShopDatabase.statement(workload.size() + 1, statement));
    }
    for (String statement : HOSTILE) {
      workload.add(
          ShopDatabase.statement(
              workload.size() + 1,
              "SELECT * FROM orders WHERE note = $1",
              new WeightedSample(
                  "SELECT * FROM orders WHERE note = $1",
                  Arrays.asList("'; " + statement + "; --"),
                  1)));
    }
    return workload;
  }

  private static String checksum() {
    return shop.query(
            """
            SELECT c.oid::regclass || ' ' || coalesce(
                     (xpath('/row/sum/text()', query_to_xml(format(
                       'SELECT count(*) || ''.'' || coalesce(sum(hashtext(t::text)), 0) AS sum FROM %s t',
                       c.oid::regclass), false, true, '')))[1]::text, '')
              FROM pg_class c
             WHERE c.relkind IN ('r', 'p', 'm') AND c.relnamespace = 'public'::regnamespace
             ORDER BY c.oid
            """)
        + shop.query("SELECT sequencename || ' ' || coalesce(last_value, 0) FROM pg_sequences")
        + shop.query("SELECT count(*) FROM pg_largeobject_metadata")
        + shop.query("SELECT count(*) FROM pg_class")
        + shop.query("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'");
  }

  /** The statements of the server's log from an offset on, whichever protocol they came by. */
  private static List<String> logged(Path log, long from) throws IOException {
    byte[] bytes;
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      bytes = new byte[(int) (file.length() - from)];
      file.seek(from);
      file.readFully(bytes);
    }
    String text = new String(bytes, StandardCharsets.UTF_8).replaceAll("\n\t", "\n ");
    Matcher entry =
        Pattern.compile("(?m)^[^\\s].*?LOG:  (?:statement|execute [^:]*): ((?:.*)(?:\n .*)*)")
            .matcher(text);
    List<String> statements = new ArrayList<>();
    while (entry.find()) {
      statements.add(entry.group(1));
    }
    return statements;
  }
}
