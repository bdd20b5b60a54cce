package dev.logdex.analyzer.postgres;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.plan.PlanNode;
import dev.logdex.analyzer.plan.Planned;
import dev.logdex.analyzer.whatif.DatabaseAnalysis;
import dev.logdex.sql.PlannableStatement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Planning runs functions, builds constants and fills memory. Whatever a statement makes it do, the
 * next statement gets the plan that it would have had, and nothing is left behind.
 */
@Timeout(240)
class HostilePlanningIT {
  private static final Timeouts SHORT = new Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(1));
  private static final String ORDINARY = "SELECT * FROM orders WHERE doc = 77";

  private static ShopDatabase shop;
  private static double ordinaryCost;

  @BeforeAll
  static void create() {
    shop = ShopDatabase.create("planning");
    shop.execute(
        """
        CREATE FUNCTION locking() RETURNS integer IMMUTABLE LANGUAGE plpgsql AS
          $$ BEGIN PERFORM pg_advisory_lock(42); RETURN 1; END $$;
        CREATE FUNCTION locking_shared() RETURNS integer STABLE LANGUAGE plpgsql AS
          $$ BEGIN PERFORM pg_advisory_lock_shared(1, 2); RETURN 1; END $$;
        CREATE FUNCTION indexing() RETURNS integer IMMUTABLE LANGUAGE plpgsql AS
          $$ BEGIN PERFORM hypopg_create_index('CREATE INDEX ON orders (doc)'); RETURN 1; END $$;
        CREATE FUNCTION setting(name text, value text) RETURNS integer IMMUTABLE LANGUAGE plpgsql AS
          $$ BEGIN PERFORM set_config(name, value, false); RETURN 1; END $$;
        CREATE FUNCTION noisy() RETURNS integer IMMUTABLE LANGUAGE plpgsql AS
          $$ BEGIN FOR i IN 1..200000 LOOP RAISE NOTICE 'notice % %', i, repeat('x', 1000); END LOOP; RETURN 1; END $$;
        CREATE FUNCTION shouting() RETURNS integer IMMUTABLE LANGUAGE plpgsql AS
          $$ BEGIN RAISE EXCEPTION '%', repeat('x', 30000000); END $$;
        CREATE FUNCTION suicide() RETURNS integer IMMUTABLE LANGUAGE plpgsql AS
          $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN 1; END $$;
        CREATE FUNCTION endless() RETURNS integer IMMUTABLE LANGUAGE plpgsql AS
          $$ BEGIN LOOP NULL; END LOOP; END $$;
        CREATE FUNCTION recursing(n integer) RETURNS integer IMMUTABLE LANGUAGE plpgsql AS
          $$ BEGIN RETURN recursing(n + 1); END $$;
        CREATE FUNCTION table_locking() RETURNS integer IMMUTABLE LANGUAGE plpgsql AS
          $$ BEGIN EXECUTE 'LOCK TABLE orders IN ACCESS SHARE MODE'; RETURN 1; END $$;
        CREATE FUNCTION temporary() RETURNS integer IMMUTABLE LANGUAGE plpgsql AS
          $$ BEGIN EXECUTE 'CREATE TEMP TABLE orders (doc integer)'; RETURN 1; END $$;
        CREATE FUNCTION preparing() RETURNS integer IMMUTABLE LANGUAGE plpgsql AS
          $$ BEGIN EXECUTE 'PREPARE logdex_generic AS SELECT 1'; RETURN 1; END $$;
        CREATE FUNCTION scribbling() RETURNS integer VOLATILE LANGUAGE plpgsql AS
          $$ BEGIN INSERT INTO settings VALUES ('scribble', 'x'); RETURN 1; END $$;
        CREATE FUNCTION hidden_scribbling() RETURNS integer IMMUTABLE LANGUAGE sql AS
          $$ SELECT scribbling() $$;
        CREATE FUNCTION notifying() RETURNS integer IMMUTABLE LANGUAGE plpgsql AS
          $$ BEGIN PERFORM pg_notify('a', 'b'); RETURN 1; END $$;
        CREATE FUNCTION large_object() RETURNS integer IMMUTABLE LANGUAGE plpgsql AS
          $$ BEGIN PERFORM lo_create(4242); RETURN 1; END $$;
        CREATE FUNCTION drawing() RETURNS integer IMMUTABLE LANGUAGE plpgsql AS
          $$ BEGIN RETURN nextval('customers_id_seq'); END $$;
        CREATE FUNCTION scribbling_equal(integer, integer) RETURNS boolean LANGUAGE plpgsql AS
          $$ BEGIN PERFORM scribbling(); RETURN $1 = $2; END $$;
        CREATE OPERATOR === (
          LEFTARG = integer, RIGHTARG = integer, FUNCTION = scribbling_equal, RESTRICT = eqsel);
        CREATE FUNCTION picky(integer) RETURNS boolean IMMUTABLE LANGUAGE plpgsql AS
          $$ BEGIN PERFORM scribbling(); RETURN true; END $$;
        CREATE DOMAIN picky_integer AS integer CHECK (picky(VALUE));
        CREATE FUNCTION cast_scribbling(point) RETURNS integer IMMUTABLE LANGUAGE plpgsql AS
          $$ BEGIN PERFORM scribbling(); RETURN 1; END $$;
        CREATE CAST (point AS integer) WITH FUNCTION cast_scribbling(point);
        CREATE TABLE secrets AS SELECT n AS id, n % 100 AS tenant FROM generate_series(1, 5000) n;
        ALTER TABLE secrets ENABLE ROW LEVEL SECURITY;
        ALTER TABLE secrets FORCE ROW LEVEL SECURITY;
        CREATE POLICY own ON secrets USING (tenant = hidden_scribbling());
        CREATE VIEW scribbling_view AS SELECT scribbling() AS n;
        CREATE EXTENSION file_fdw;
        CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
        CREATE FOREIGN TABLE touched (line text) SERVER files
          OPTIONS (program 'touch /tmp/logdex-planning-was-here');
        ANALYZE secrets;
        """);
    try (PostgresDatabase database = open()) {
      ordinaryCost = cost(database, ORDINARY);
    }
  }

  @AfterAll
  static void drop() {
    if (shop != null) {
      shop.close();
    }
  }

  private static PostgresDatabase open() {
    PostgresDatabase database = new PostgresDatabase(shop.address(), SHORT);
    database.epoch();
    return database;
  }

  static Stream<Arguments> statements() {
    return Stream.of(
        calling("an advisory lock", "locking()"),
        calling("a shared advisory lock", "locking_shared()"),
        calling("a hypothetical index", "indexing()"),
        calling("settings of the planner", "setting('enable_seqscan', 'off')"),
        calling("no timeout", "setting('statement_timeout', '0')"),
        calling("another search path", "setting('search_path', 'nowhere')"),
        calling("another role", "setting('role', 'pg_monitor')"),
        calling("writable by default", "setting('default_transaction_read_only', 'off')"),
        calling("writable now", "setting('transaction_read_only', 'off')"),
        calling("a flood of notices", "noisy()"),
        calling("an error of 30 MB", "shouting()"),
        calling("the end of its own backend", "suicide()"),
        calling("an endless loop", "endless()"),
        calling("endless recursion", "recursing(1)"),
        calling("a table lock", "table_locking()"),
        calling("a temporary table", "temporary()"),
        calling("a prepared statement of our name", "preparing()"),
        calling("a write in what it calls", "hidden_scribbling()"),
        calling("a notification", "notifying()"),
        calling("a large object", "large_object()"),
        calling("the next of a sequence", "drawing()"),
        Arguments.of("an operator of one's own", "SELECT * FROM orders WHERE doc === 77"),
        calling("a domain's check", "'5'::picky_integer"),
        calling("a cast of one's own", "'(1,2)'::point::integer"),
        Arguments.of("row-level security", "SELECT * FROM secrets WHERE id = 7"),
        Arguments.of(
            "a view read as XML",
            "SELECT * FROM orders WHERE note = table_to_xml('scribbling_view', true, true, '')::text"),
        Arguments.of("a table that runs a program", "SELECT * FROM touched"),
        Arguments.of(
            "a constant of 100 MB", "SELECT * FROM orders WHERE note = repeat('x', 100000000)"),
        Arguments.of("an answer of 100 MB", "SELECT repeat('x', 100000000)"),
        Arguments.of("an array of 10 M", "SELECT array_fill(1, ARRAY[10000000]) FROM orders"),
        Arguments.of(
            "an error of 30 MB that needs no function of one's own",
            "SELECT * FROM orders WHERE id = repeat('x', 30000000)::integer"),
        Arguments.of("more memory than a value may have", "SELECT repeat('x', 2000000000)"),
        Arguments.of(
            "a power that never ends", "SELECT 9.9::numeric ^ 99999.9::numeric, factorial(60000)"),
        Arguments.of(
            "a literal of 1 MB",
            "SELECT * FROM orders WHERE note = '" + "x".repeat(1_000_000) + "'"),
        Arguments.of(
            "a list of 10,000",
            "SELECT * FROM orders WHERE doc IN (" + list(10_000, Integer::toString) + ")"),
        Arguments.of(
            "10,000 ORs",
            "SELECT * FROM orders WHERE "
                + IntStream.range(0, 10_000).mapToObj(n -> "doc = " + n).collect(joining(" OR "))),
        Arguments.of(
            "a join of 1,000 tables",
            "SELECT 1 FROM "
                + list(1_000, n -> "orders o" + n)
                + " WHERE "
                + IntStream.range(1, 1_000)
                    .mapToObj(n -> "o" + n + ".id = o" + (n - 1) + ".doc")
                    .collect(joining(" AND "))),
        Arguments.of(
            "a join of 12 tables in all orders",
            "SELECT 1 FROM "
                + list(12, n -> "orders o" + n)
                + " WHERE "
                + IntStream.range(1, 12)
                    .mapToObj(n -> "o" + n + ".doc = o0.doc")
                    .collect(joining(" AND "))),
        Arguments.of("1,000 parentheses", nested(1_000, "(", "doc", ")")),
        Arguments.of("100,000 parentheses", nested(100_000, "(", "doc", ")")),
        Arguments.of(
            "3,000 sums",
            nested(3_000, "(", "doc", " + shipped_days(doc))").replace("shipped_days(doc)", "id")),
        Arguments.of("2,000 functions", nested(2_000, "abs(", "doc", ")")),
        Arguments.of(
            "2,000 NOTs",
            "SELECT * FROM orders WHERE " + "NOT (".repeat(2_000) + "doc = id" + ")".repeat(2_000)),
        Arguments.of(
            "500 subqueries",
            "SELECT * FROM orders WHERE id IN (SELECT doc FROM orders WHERE id IN (".repeat(250)
                + "SELECT 1"
                + "))".repeat(250)),
        Arguments.of(
            "500 unions",
            IntStream.range(0, 500)
                .mapToObj(n -> "SELECT id FROM orders WHERE doc = " + n)
                .collect(joining(" UNION ALL "))),
        Arguments.of(
            "1,600 columns", "SELECT " + list(1_600, n -> "doc AS c" + n) + " FROM orders"),
        Arguments.of(
            "5,000 columns", "SELECT " + list(5_000, n -> "doc AS c" + n) + " FROM orders"));
  }

  private static Arguments calling(String name, String call) {
    return Arguments.of(name, "SELECT * FROM orders WHERE doc = " + call);
  }

  private static String nested(int depth, String open, String inner, String close) {
    return "SELECT * FROM orders WHERE 77 = " + open.repeat(depth) + inner + close.repeat(depth);
  }

  private static String list(int size, IntFunction<String> element) {
    return IntStream.range(0, size).mapToObj(element).collect(joining(", "));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("statements")
  void theNextStatementNoticesNothing(String name, String statement) {
    String before = state();
    try (PostgresDatabase database = open()) {
      planned(database, statement);
      assertThat(cost(database, ORDINARY)).isEqualTo(ordinaryCost);
      database.withoutIndexes(plannable(statement));
      assertThat(cost(database, ORDINARY)).isEqualTo(ordinaryCost);
      database.withIndex("CREATE INDEX ON orders (customer_id)", List.of(plannable(statement)));
      assertThat(cost(database, ORDINARY)).isEqualTo(ordinaryCost);
      // still while the session is open
      assertThat(state()).isEqualTo(before);
    }
    assertThat(Path.of("/tmp/logdex-planning-was-here")).doesNotExist();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("statements")
  void theAnalysisOfAllGoesOn(String name, String statement) {
    DatabaseAnalysis analysis = shop.analyse(statement, ORDINARY);
    assertThat(analysis.waiting()).isEmpty();
    assertThat(analysis.tables())
        .filteredOn(table -> table.table().name().equals("orders"))
        .singleElement()
        .satisfies(
            table ->
                assertThat(table.statements())
                    .anySatisfy(each -> assertThat(each.baselineCost()).isEqualTo(ordinaryCost)));
  }

  private static PlannableStatement plannable(String statement) {
    return PlannableStatement.of(statement, List.of()).statement().orElseThrow();
  }

  private static Planned planned(PostgresDatabase database, String statement) {
    return database.today(plannable(statement));
  }

  private static double cost(PostgresDatabase database, String statement) {
    return planned(database, statement).plan().map(PlanNode::totalCost).orElseThrow();
  }

  /** What other sessions would meet: locks, rows, sequences, large objects. */
  private static String state() {
    return shop.query("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
        + shop.query("SELECT count(*) FROM settings")
        + shop.query("SELECT coalesce(last_value, 0) FROM pg_sequences ORDER BY sequencename")
        + shop.query("SELECT count(*) FROM pg_largeobject_metadata")
        + shop.query(
            "SELECT count(*) FROM pg_class WHERE relnamespace <> 'pg_toast'::regnamespace");
  }

  @Test
  void aStatementThatBreaksTheServerEveryTimeIsGivenUp() {
    try (PostgresDatabase database = open()) {
      Planned planned = planned(database, "SELECT * FROM orders WHERE doc = suicide()");
      assertThat(planned.failure())
          .hasValueSatisfying(failure -> assertThat(failure.mayPass()).isFalse());
    }
  }
}
