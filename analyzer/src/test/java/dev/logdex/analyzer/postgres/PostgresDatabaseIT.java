package dev.logdex.analyzer.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.logdex.analyzer.catalog.Epoch;
import dev.logdex.analyzer.catalog.RelationName;
import dev.logdex.analyzer.catalog.Table;
import dev.logdex.analyzer.catalog.Upkeep;
import dev.logdex.analyzer.database.DatabaseAddress;
import dev.logdex.analyzer.event.UnplannedReason;
import dev.logdex.analyzer.plan.PlanFailure;
import dev.logdex.analyzer.plan.PlanNode;
import dev.logdex.analyzer.plan.Planned;
import dev.logdex.analyzer.whatif.DatabaseAnalysis;
import dev.logdex.analyzer.whatif.DatabaseUnavailableException;
import dev.logdex.analyzer.whatif.Plans.Hypothetical;
import dev.logdex.embedded.ItParts;
import dev.logdex.sql.PlannableStatement;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresDatabaseIT {
  private static final RelationName ORDERS = new RelationName("public", "orders");

  private static ShopDatabase shop;

  @BeforeAll
  static void create() {
    shop = ShopDatabase.create("edge");
  }

  @AfterAll
  static void drop() {
    if (shop != null) {
      shop.close();
    }
  }

  private static PlannableStatement statement(String text, String... parameters) {
    return PlannableStatement.of(text, Arrays.asList(parameters)).statement().orElseThrow();
  }

  private static PlannableStatement generic(String text) {
    return PlannableStatement.generic(text).statement().orElseThrow();
  }

  private static Stream<String> indexes(Planned planned) {
    return planned.plan().stream()
        .flatMap(PlanNode::tree)
        .map(PlanNode::indexName)
        .filter(name -> name != null);
  }

  @Test
  void aGenericPlanNeedsNoParameters() {
    try (PostgresDatabase database = shop.open()) {
      Planned planned = database.today(generic("select * from orders where id = $1 and doc < $2"));
      assertThat(indexes(planned)).containsExactly("orders_pkey");
      assertThat(planned.plan().orElseThrow().conditions().indexCond()).contains("$1");
    }
  }

  @Test
  void aParameterWithoutATypeIsTold() {
    try (PostgresDatabase database = shop.open()) {
      Planned planned = database.today(generic("select concat($1, $2)"));
      assertThat(planned.failure().map(PlanFailure::reason))
          .contains(UnplannedReason.UNKNOWN_PARAMETER_TYPE);
      // the session goes on, and a statement of the same name can be prepared again
      assertThat(database.today(generic("select * from orders where id = $1")).plan()).isPresent();
    }
  }

  @Test
  void withoutIndexesEveryTableIsReadWhole() {
    try (PostgresDatabase database = shop.open()) {
      PlannableStatement lookUp = statement("select * from orders where id = 5");
      assertThat(indexes(database.withoutIndexes(lookUp))).isEmpty();
      assertThat(indexes(database.today(lookUp))).containsExactly("orders_pkey");
    }
  }

  @Test
  void aFailedPlanDoesNotSpoilTheNextOnes() {
    try (PostgresDatabase database = shop.open()) {
      List<Hypothetical> plans =
          database.withIndex(
              "CREATE INDEX ON orders (customer_id)",
              List.of(
                  statement("select * from orders where customer_id = 5"),
                  statement("select 1 / 0"),
                  statement("select * from orders where customer_id = $1", "6")));
      assertThat(plans.get(1).planned().failure()).isPresent();
      for (int good : new int[] {0, 2}) {
        assertThat(indexes(plans.get(good).planned())).contains(plans.get(good).indexName());
      }
      assertThat(indexes(database.today(statement("select * from orders where customer_id = 5"))))
          .isEmpty();
      assertThat(database.table(ORDERS).indexes()).hasSize(2);
    }
  }

  @Test
  void anIndexThatPostgresRefusesIsAnAnswer() {
    try (PostgresDatabase database = shop.open()) {
      List<Hypothetical> plans =
          database.withIndex(
              "CREATE INDEX ON orders (place)", List.of(statement("select * from orders")));
      assertThat(plans)
          .singleElement()
          .satisfies(plan -> assertThat(plan.planned().failure()).isPresent());
    }
  }

  @Test
  void aStatementThatTakesTooLongToPlanIsGivenUp() {
    shop.execute(
        "CREATE FUNCTION slow() RETURNS integer IMMUTABLE LANGUAGE plpgsql AS"
            + " $$ BEGIN PERFORM pg_sleep(60); RETURN 1; END $$");
    try (PostgresDatabase database =
        new PostgresDatabase(
            shop.address(), new Timeouts(Duration.ofMillis(300), Duration.ofMillis(300)))) {
      Planned planned = database.today(statement("select * from orders where id = slow()"));
      assertThat(planned.failure().map(PlanFailure::reason)).contains(UnplannedReason.PLAN_TIMEOUT);
      assertThat(database.today(statement("select 1")).plan()).isPresent();
    }
  }

  @Test
  void aLostConnectionIsNoFaultOfTheStatement() {
    try (PostgresDatabase database = shop.open()) {
      assertThat(database.today(statement("select 1")).plan()).isPresent();
      shop.query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE application_name = 'logdex-analyzer' AND datname = current_database()");
      assertThatThrownBy(() -> database.today(statement("select 1")))
          .isInstanceOf(DatabaseUnavailableException.class);
      assertThat(database.today(statement("select 1")).plan()).isPresent();
    }
  }

  @Test
  void aDatabaseWithoutHypopgSaysWhatToDo() {
    String name = ItParts.postgres().createDatabase("bare");
    try (PostgresDatabase database =
        new PostgresDatabase(
            DatabaseAddress.parse(ItParts.postgres().superuserUrl(name)), ShopDatabase.TIMEOUTS)) {
      assertThat(database.today(statement("select 1")).plan()).isPresent();
      assertThatThrownBy(() -> database.withIndex("CREATE INDEX ON t (a)", List.of()))
          .isInstanceOf(DatabaseUnavailableException.class)
          .hasMessageContaining("CREATE EXTENSION hypopg");
    } finally {
      ItParts.postgres().dropDatabase(name);
    }
  }

  @Test
  void anAbortedDatabaseAnswersNothingMore() {
    try (PostgresDatabase database = shop.open()) {
      assertThat(database.today(statement("select 1")).plan()).isPresent();
      database.abort();
      assertThatThrownBy(() -> database.today(statement("select 1")))
          .isInstanceOf(DatabaseUnavailableException.class);
    }
  }

  @Test
  void aRoleThatMayOnlyReadIsEnough() {
    shop.execute(
        "CREATE ROLE logdex_it_reader LOGIN PASSWORD 'reader';"
            + "GRANT SELECT ON ALL TABLES IN SCHEMA public TO logdex_it_reader");
    try {
      Map<String, String> login = new HashMap<>(shop.address().properties());
      login.put("user", "logdex_it_reader");
      login.put("password", "reader");
      DatabaseAddress reader =
          new DatabaseAddress(null, shop.address().hosts(), shop.address().database(), login);
      DatabaseAnalysis analysis =
          shop.analyse(
              reader,
              "SELECT * FROM orders WHERE customer_id = 5",
              "UPDATE orders SET note = 'x' WHERE doc = 5",
              "UPDATE orders SET note = (SELECT 'x') WHERE doc = 5");
      // what finds the rows of a change can be planned where the change cannot
      new CandidatesAssert(analysis).helpful("orders (customer_id)").helpful("orders (doc)");
      assertThat(analysis.tables().get(0).writes().updatesPerMinute()).isEqualTo(2);
      assertThat(analysis.unplanned().statements())
          .singleElement()
          .satisfies(
              each -> assertThat(each.reason()).isEqualTo(UnplannedReason.PERMISSION_DENIED));
    } finally {
      shop.execute("DROP OWNED BY logdex_it_reader; DROP ROLE logdex_it_reader");
    }
  }

  @Test
  void readsWhatTheCatalogSaysOfATable() {
    shop.execute(
        "CREATE INDEX odd ON orders USING btree (\"Kind\" DESC, (doc + 1), note text_pattern_ops"
            + " DESC NULLS LAST) INCLUDE (cents) WHERE doc > 5");
    try (PostgresDatabase database = shop.open()) {
      Table table = database.table(ORDERS);
      assertThat(table.rows()).isEqualTo(100_000);
      assertThat(table.column("Kind").orElseThrow().quoted()).isEqualTo("\"Kind\"");
      assertThat(table.column("customer_id").orElseThrow().statistics().distinctValues())
          .isBetween(18_000.0, 22_000.0);
      assertThat(table.column("shipped_at").orElseThrow().statistics().nullFraction())
          .isBetween(0.0005, 0.01);
      assertThat(table.indexes())
          .filteredOn(index -> index.name().equals("odd"))
          .singleElement()
          .satisfies(
              index ->
                  assertThat(index.definition().sql())
                      .isEqualTo(
                          "USING btree (\"Kind\" DESC, ((doc + 1)), note text_pattern_ops DESC"
                              + " NULLS LAST) INCLUDE (cents) WHERE (doc > 5)"));
    } finally {
      shop.execute("DROP INDEX odd");
    }
  }

  @Test
  void aPartitionBelongsToItsParent() {
    try (PostgresDatabase database = shop.open()) {
      RelationName events = new RelationName("public", "events");
      assertThat(database.tableOf(new RelationName("public", "events_2024"))).contains(events);
      assertThat(database.tableOf(events)).contains(events);
      assertThat(database.tableOf(new RelationName("pg_catalog", "pg_class"))).isEmpty();
      assertThat(database.tableOf(new RelationName("public", "open_orders"))).isEmpty();
      assertThat(database.table(events).rows()).isEqualTo(80_000);
      assertThat(database.table(events).partitions()).isEqualTo(2);
      assertThat(database.table(events).column("kind").orElseThrow().statistics().distinctValues())
          .isEqualTo(7);
    }
  }

  @Test
  void readsWhatUpkeepHasMadeOfATable() {
    shop.execute("CREATE TABLE kept (a integer PRIMARY KEY, b text) WITH (fillfactor = 50)");
    RelationName kept = new RelationName("public", "kept");
    try (PostgresDatabase database = shop.open()) {
      assertThat(database.table(kept).upkeep()).isEqualTo(Upkeep.UNKNOWN);
      shop.execute("INSERT INTO kept SELECT n, 'x' FROM generate_series(1, 1000) n");
      shop.execute("VACUUM ANALYZE kept");
      shop.execute("UPDATE kept SET b = 'y' WHERE a < 50");
      await()
          .untilAsserted(
              () -> {
                Upkeep upkeep = database.table(kept).upkeep();
                assertThat(upkeep.hotUpdateShare()).isEqualTo(1.0);
                // how many pages VACUUM marks depends on what else runs on the server
                assertThat(upkeep.allVisibleFraction()).isBetween(0.0, 1.0);
                assertThat(upkeep.analysedAt()).isNotNull();
              });
      Upkeep events = database.table(new RelationName("public", "events")).upkeep();
      assertThat(events.partitioned()).isTrue();
      assertThat(events.partitions()).isEqualTo(2);
      assertThat(events.hotUpdateShare()).isNull();
    } finally {
      shop.execute("DROP TABLE kept");
    }
  }

  @Test
  void aTableThatWasNeverAnalysedHasRowsAllTheSame() {
    shop.execute("CREATE TABLE fresh (a integer, b text)");
    shop.execute("INSERT INTO fresh SELECT n, 'x' FROM generate_series(1, 20000) n");
    try (PostgresDatabase database = shop.open()) {
      assertThat(database.table(new RelationName("public", "fresh")).rows())
          .isBetween(5_000L, 60_000L);
    } finally {
      shop.execute("DROP TABLE fresh");
    }
  }

  @Test
  void theEpochChangesWithTheDatabase() {
    try (PostgresDatabase database = shop.open()) {
      Epoch before = database.epoch();
      assertThat(database.epoch()).isEqualTo(before);
      shop.execute("CREATE INDEX passing ON orders (doc)");
      Epoch withIndex = database.epoch();
      assertThat(withIndex).isNotEqualTo(before);
      shop.execute("DROP INDEX passing");
      shop.execute("ANALYZE orders");
      assertThat(database.epoch()).isNotEqualTo(withIndex);
    }
  }
}
