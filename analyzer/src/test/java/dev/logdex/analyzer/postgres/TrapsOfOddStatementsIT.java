package dev.logdex.analyzer.postgres;

import static dev.logdex.analyzer.postgres.TrapTable.cost;
import static dev.logdex.analyzer.postgres.TrapTable.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.analyzer.event.UnplannedStatement;
import dev.logdex.analyzer.whatif.DatabaseAnalysis;
import dev.logdex.analyzer.workload.WeightedSample;
import dev.logdex.analyzer.workload.WorkloadStatement;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Statements on what is no ordinary table of this database. Each is analysed together with an
 * ordinary one, which gets its index all the same.
 */
class TrapsOfOddStatementsIT {
  private static final String BY_DOC = "SELECT * FROM orders WHERE doc = 77";
  private static final String REASON = "it gets a reason, and the others their indexes";

  private static final TrapTable TABLE = new TrapTable("Odd statements");
  private static ShopDatabase shop;

  @BeforeAll
  static void create() {
    shop = ShopDatabase.create("traps_odd");
    shop.execute(
        """
        CREATE EXTENSION file_fdw;
        CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
        CREATE FOREIGN TABLE elsewhere (a integer) SERVER files
          OPTIONS (filename '/etc/hostname');
        CREATE SCHEMA warehouse;
        CREATE TABLE warehouse.bins AS
          SELECT n AS id, n % 5000 AS item FROM generate_series(1, 50000) n;
        ANALYZE warehouse.bins;
        """);
  }

  @AfterAll
  static void drop() throws IOException {
    if (shop != null) {
      shop.close();
      TABLE.write();
    }
  }

  private static DatabaseAnalysis analysed(String statement, String searchPath) {
    List<WorkloadStatement> workload =
        List.of(
            ShopDatabase.statement(1, statement, new WeightedSample(statement, List.of(), 1))
                .in(searchPath),
            ShopDatabase.statement(2, BY_DOC, new WeightedSample(BY_DOC, List.of(), 1)));
    DatabaseAnalysis analysis = shop.analyse(workload);
    assertThat(cost(TrapTable.table(analysis, "orders"), "(doc)")).isPresent();
    return analysis;
  }

  private static UnplannedStatement unplanned(String statement) {
    List<UnplannedStatement> all = analysed(statement, "").unplanned().statements();
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  /** One that the server refuses to plan. */
  private static void refused(String trap, String statement, String error) throws Exception {
    try (PlainHypopg plain = new PlainHypopg(shop)) {
      plain.inTransaction();
      String refusal = plain.refusal("EXPLAIN " + statement);
      assertThat(refusal).contains(error);
      assertThat(plain.refusal("EXPLAIN " + BY_DOC)).contains("current transaction is aborted");
      UnplannedStatement ours = unplanned(statement);
      TABLE.told(
          trap,
          "`" + refusal + "`, and nothing else in the transaction is answered",
          ours.reason() + ": " + ours.detail(),
          REASON);
    }
  }

  @Test
  void aDroppedTable() throws Exception {
    refused("Dropped table", "SELECT * FROM dropped WHERE a = 1", "does not exist");
  }

  @Test
  void aTemporaryTable() throws Exception {
    refused("Temporary table", "SELECT * FROM pg_temp.mine WHERE a = 1", "does not exist");
  }

  @Test
  void aTableOfAnotherDatabase() throws Exception {
    refused(
        "Table of another database",
        "SELECT * FROM stock.public.orders WHERE doc = 1",
        "cross-database references");
  }

  @Test
  void aTableOfAnotherSearchPath() throws Exception {
    String statement = "SELECT * FROM bins WHERE item = 7";
    try (PlainHypopg plain = new PlainHypopg(shop)) {
      String refusal = plain.refusal("EXPLAIN " + statement);
      assertThat(refusal).contains("does not exist");
      double ours =
          cost(TrapTable.table(analysed(statement, "warehouse, public"), "bins"), "(item)")
              .orElseThrow();
      UnplannedStatement without = unplanned(statement);
      TABLE.told(
          "Table of another search_path",
          "`" + refusal + "`",
          say("`warehouse.bins (item)`: %,.0f; %s without it", ours, without.reason()),
          "`search_path` by role and database");
    }
  }

  @Test
  void aForeignTable() throws Exception {
    String statement = "SELECT * FROM elsewhere WHERE a = 1";
    try (PlainHypopg plain = new PlainHypopg(shop)) {
      String refusal = plain.refusal("SELECT hypopg_create_index('CREATE INDEX ON elsewhere (a)')");
      assertThat(refusal).doesNotStartWith("answered");
      UnplannedStatement ours = unplanned(statement);
      TABLE.told(
          "Foreign table", "`" + refusal + "`", ours.reason() + ": " + ours.detail(), REASON);
    }
  }

  @Test
  void aView() throws Exception {
    String statement = "SELECT * FROM open_orders WHERE doc = 5";
    try (PlainHypopg plain = new PlainHypopg(shop)) {
      String refusal =
          plain.refusal("SELECT hypopg_create_index('CREATE INDEX ON open_orders (doc)')");
      assertThat(refusal).doesNotStartWith("answered");
      double before = plain.cost(statement);
      DatabaseAnalysis analysis = shop.analyse(statement);
      double ours = cost(TrapTable.table(analysis, "orders"), "(doc").orElseThrow();
      assertThat(ours).isLessThan(before / 2);
      TABLE.told(
          "View",
          "`" + refusal + "`",
          say("`orders (doc)`: %,.0f → %,.0f", before, ours),
          "plan nodes name the table behind it");
    }
  }

  @Test
  void partitions() throws Exception {
    String statement = "SELECT * FROM events WHERE customer_id = 5";
    try (PlainHypopg plain = new PlainHypopg(shop)) {
      double before = plain.cost(statement);
      double one = plain.costWith("events_2024 (customer_id)", statement);
      DatabaseAnalysis analysis = analysed(statement, "");
      assertThat(analysis.tables())
          .extracting(each -> each.table().name())
          .doesNotContain("events_2024");
      double ours = cost(TrapTable.table(analysis, "events"), "(customer_id)").orElseThrow();
      assertThat(ours).isLessThan(one / 2);
      TABLE.told(
          "Partitions",
          say("`events_2024 (customer_id)`, of the plan's node: %,.0f → %,.0f", before, one),
          say("`events (customer_id)`: %,.0f", ours),
          "partitions fold to their parent");
    }
  }

  @Test
  void aMaterializedCte() throws Exception {
    String statement =
        "WITH o AS MATERIALIZED (SELECT * FROM orders) SELECT * FROM o WHERE cents = 5";
    String within = "WITH o AS MATERIALIZED (SELECT * FROM orders WHERE cents = 5) SELECT * FROM o";
    try (PlainHypopg plain = new PlainHypopg(shop)) {
      double before = plain.cost(statement);
      double believed = plain.costWith("orders (cents)", statement);
      assertThat(believed).isEqualTo(before);
      TableAnalysis outside = TrapTable.table(shop.analyse(statement), "orders");
      assertThat(outside.candidates()).isEmpty();
      double ours = cost(TrapTable.table(shop.analyse(within), "orders"), "(cents)").orElseThrow();
      assertThat(ours).isLessThan(before / 2);
      TABLE.told(
          "MATERIALIZED CTE",
          say("`(cents)` for a condition outside it: %,.0f → %,.0f", before, believed),
          say("no candidate; with the condition inside %,.0f", ours),
          "clauses are read from the node that reads the table");
    }
  }
}
