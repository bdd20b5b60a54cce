package dev.logdex.analyzer.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdex.analyzer.catalog.Epoch;
import dev.logdex.analyzer.catalog.RelationName;
import dev.logdex.analyzer.database.DatabaseAddress;
import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.IndexElement;
import dev.logdex.analyzer.plan.PlanNode;
import dev.logdex.analyzer.plan.Planned;
import dev.logdex.analyzer.whatif.Build;
import dev.logdex.analyzer.whatif.Builds;
import dev.logdex.analyzer.whatif.DatabaseUnavailableException;
import dev.logdex.sql.PlannableStatement;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is built on a disposable copy is there for its question and for nothing else. */
class TransactionalIndexesIT {
  private static final IndexDefinition TAGS = index("gin", "tags");
  private static final String TAGGED = "SELECT * FROM orders WHERE tags @> '{tag 3,tag 4}'";

  private static ShopDatabase shop;

  @BeforeAll
  static void create() {
    shop = ShopDatabase.create("builds");
    shop.execute(
        """
        CREATE FUNCTION scribble() RETURNS integer IMMUTABLE LANGUAGE plpgsql AS
          $$ BEGIN INSERT INTO settings VALUES ('scribble', 'x'); RETURN 1; END $$;
        CREATE FUNCTION unlock() RETURNS integer IMMUTABLE LANGUAGE plpgsql AS
          $$ BEGIN PERFORM set_config('transaction_read_only', 'off', true); RETURN 1; END $$;
        CREATE FUNCTION slow(integer) RETURNS integer IMMUTABLE LANGUAGE plpgsql AS
          $$ BEGIN PERFORM pg_sleep(0.01); RETURN $1; END $$;
        """);
  }

  @AfterAll
  static void drop() {
    if (shop != null) {
      shop.close();
    }
  }

  private static IndexDefinition index(String method, String... elements) {
    return new IndexDefinition(
        method, Arrays.stream(elements).map(IndexElement::ascending).toList(), List.of(), null);
  }

  private static PlannableStatement statement(String sql) {
    return PlannableStatement.of(sql, List.of()).statement().orElseThrow();
  }

  private static Build build(
      PostgresDatabase database, String table, IndexDefinition definition, String... statements) {
    Builds builds = database.builds().orElseThrow();
    return builds.build(
        database.table(new RelationName("public", table)),
        definition,
        Arrays.stream(statements).map(TransactionalIndexesIT::statement).toList());
  }

  private static Build build(String table, IndexDefinition definition, String... statements) {
    try (PostgresDatabase database = shop.openCopy(ShopDatabase.BUILDS)) {
      return build(database, table, definition, statements);
    }
  }

  private static Build.Built built(String table, IndexDefinition definition, String... statements) {
    return build(table, definition, statements).built().orElseThrow();
  }

  private static List<String> indexesRead(Planned planned) {
    return planned.plan().stream()
        .flatMap(PlanNode::tree)
        .flatMap(PlanNode::indexReads)
        .map(PlanNode::indexName)
        .distinct()
        .toList();
  }

  private static String leftovers() {
    return shop.query("SELECT relname FROM pg_class WHERE relname ~ 'logdex|_idx$'")
        + shop.query("SELECT stxname FROM pg_statistic_ext");
  }

  @Test
  void aGinIndexIsUsedMeasuredAndGone() {
    Build.Built built = built("orders", TAGS, TAGGED);
    assertThat(indexesRead(built.plans().get(0)))
        .isNotEmpty()
        .allSatisfy(name -> assertThat(built.indexNames()).contains(name));
    assertThat(built.sizeBytes()).isGreaterThan(50_000);
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void nothingIsBuiltOnADatabaseThatIsNotMarked() {
    try (PostgresDatabase database = shop.open()) {
      assertThat(database.builds()).isEmpty();
    }
  }

  @Test
  void indexesOfPartitionsAreCountedAndKnownByTheirNames() {
    Build.Built built =
        built(
            "events",
            index("gin", "(ARRAY[kind])"),
            "SELECT * FROM events WHERE ARRAY[kind] @> '{9}'");
    assertThat(indexesRead(built.plans().get(0)))
        .hasSize(2)
        .allSatisfy(name -> assertThat(built.indexNames()).contains(name));
    assertThat(built.indexNames()).hasSize(3);
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void whatCannotBeUnderstoodAsOneStatementIsNotSent() {
    IndexDefinition two =
        new IndexDefinition(
            "gin", List.of(IndexElement.ascending("tags")), List.of(), "note = ';' OR true");
    assertThat(build("orders", two, TAGGED).refused().orElseThrow().reason()).contains("semicolon");
    assertThat(build("orders", index("gin", "tags); DROP TABLE settings; --"), TAGGED).refused())
        .isPresent();
    assertThat(shop.query("SELECT count(*) FROM settings")).isEqualTo("50\n");
  }

  @Test
  void aBuildThatTakesTooLongIsGivenUp() {
    BuildLimits hurried = new BuildLimits(Duration.ofMillis(1), 1L << 30, Duration.ofMinutes(5));
    try (PostgresDatabase database = shop.openCopy(hurried)) {
      Build.Refused refused = build(database, "orders", TAGS, TAGGED).refused().orElseThrow();
      assertThat(refused.reason()).contains("build.timeout");
      assertThat(refused.mayPass()).isFalse();
    }
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void aRoundBuildsOnATableUntilItsTimeIsOver() {
    BuildLimits brief = new BuildLimits(Duration.ofSeconds(30), 1L << 30, Duration.ofNanos(1));
    try (PostgresDatabase database = shop.openCopy(brief)) {
      assertThat(build(database, "orders", TAGS, TAGGED).built()).isPresent();
      Build.Refused refused = build(database, "orders", TAGS, TAGGED).refused().orElseThrow();
      assertThat(refused.reason()).contains("build.round.time.max");
      assertThat(refused.mayPass()).isTrue();
      database.epoch();
      assertThat(build(database, "orders", TAGS, TAGGED).built()).isPresent();
    }
  }

  @Test
  void aTableThatIsTooLargeIsNotTouched() {
    try (PostgresDatabase database =
        shop.openCopy(new BuildLimits(Duration.ofSeconds(30), 8192, Duration.ofMinutes(5)))) {
      Builds builds = database.builds().orElseThrow();
      assertThat(builds.refusal(database.table(new RelationName("public", "orders"))))
          .hasValueSatisfying(reason -> assertThat(reason).contains("build.table.bytes.max"));
      assertThat(builds.refusal(database.table(new RelationName("public", "settings")))).isEmpty();
    }
  }

  @Test
  void aTableThatSomebodyHasLockedMayBeFreeTheNextTime() throws SQLException {
    try (Connection other = DriverManager.getConnection(shop.url());
        Statement lock = other.createStatement()) {
      other.setAutoCommit(false);
      lock.execute("LOCK TABLE orders IN EXCLUSIVE MODE");
      Build.Refused refused = build("orders", TAGS, TAGGED).refused().orElseThrow();
      assertThat(refused.mayPass()).isTrue();
      assertThat(refused.reason()).contains("locked");
    }
  }

  @Test
  void statementsArePlannedInATransactionThatCannotWriteAnyMore() {
    Build.Built built =
        built(
            "orders",
            TAGS,
            TAGGED,
            "SELECT * FROM orders WHERE id = scribble()",
            "SELECT * FROM orders WHERE id = unlock() AND doc = scribble()",
            TAGGED);
    assertThat(built.plans().get(1).failure()).isPresent();
    assertThat(built.plans().get(2).failure()).isPresent();
    assertThat(indexesRead(built.plans().get(3))).isNotEmpty();
    assertThat(shop.query("SELECT count(*) FROM settings")).isEqualTo("50\n");
  }

  @Test
  void anExpressionHasStatisticsAndTheEpochStays() {
    String found = "SELECT * FROM customers WHERE lower(email) = 'user7@example.org'";
    IndexDefinition lower = index("btree", "(lower((email)::text))");
    try (PostgresDatabase database = shop.openCopy(ShopDatabase.BUILDS)) {
      Epoch before = database.epoch();
      Build.Built built = build(database, "customers", lower, found).built().orElseThrow();
      assertThat(built.plans().get(0).plan().orElseThrow().rows()).isEqualTo(1);
      assertThat(database.epoch()).isEqualTo(before);
    }
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void aRoleThatDoesNotOwnTheTableIsTold() {
    shop.execute(
        "CREATE ROLE logdex_reader LOGIN PASSWORD 'x'; GRANT SELECT ON orders TO logdex_reader");
    try (PostgresDatabase database =
        new PostgresDatabase(
            DatabaseAddress.parse(
                shop.url()
                    .replaceAll("user=[^&]*", "user=logdex_reader")
                    .replaceAll("password=[^&]*", "password=x")),
            ShopDatabase.TIMEOUTS,
            ShopDatabase.BUILDS)) {
      assertThat(build(database, "orders", TAGS, TAGGED).refused().orElseThrow().reason())
          .contains("42501");
    } finally {
      shop.execute("DROP OWNED BY logdex_reader; DROP ROLE logdex_reader");
    }
  }

  @Test
  void aBuildThatIsKilledLeavesNothing() throws SQLException {
    Thread killer =
        new Thread(
            () -> {
              String killed = "";
              while (!killed.contains("t")) {
                killed =
                    shop.query(
                        """
                        SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity
                         WHERE datname = current_database() AND query LIKE 'CREATE INDEX logdex%'
                           AND state = 'active'
                        """);
              }
            });
    killer.start();
    IndexDefinition slow =
        new IndexDefinition(
            "gin", List.of(IndexElement.ascending("tags")), List.of(), "slow(doc) >= 0");
    assertThatThrownBy(() -> build("orders", slow, TAGGED))
        .isInstanceOf(DatabaseUnavailableException.class);
    join(killer);
    assertThat(leftovers()).isEmpty();
    assertThat(build("orders", TAGS, TAGGED).built()).isPresent();
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
