package dev.logdex.analyzer.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.event.Candidate;
import dev.logdex.analyzer.event.StatementCost;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.analyzer.plan.PlanJson;
import dev.logdex.analyzer.plan.PlanNode;
import dev.logdex.analyzer.workload.WeightedSample;
import dev.logdex.sql.PlannableStatement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The traps of a plain what-if: what HypoPG says when it is simply asked, and what Logdex makes of
 * it. Each test is a row of {@code docs/traps.md}.
 */
class TrapsIT {
  private static final String LATEST =
      "SELECT * FROM orders WHERE doc = 77 ORDER BY shipped_at DESC LIMIT 1";
  private static final String BY_DOC = "SELECT * FROM orders WHERE doc = 77";

  private static ShopDatabase shop;

  @BeforeAll
  static void create() {
    shop = ShopDatabase.create("traps");
  }

  @AfterAll
  static void drop() {
    if (shop != null) {
      shop.close();
    }
  }

  /** A session in which HypoPG is asked as anybody would. */
  private static final class Plain implements AutoCloseable {
    private final Connection connection;

    Plain() throws SQLException {
      connection = DriverManager.getConnection(shop.url());
    }

    String ask(String sql) throws SQLException {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(sql)) {
        StringBuilder text = new StringBuilder();
        while (rows.next()) {
          text.append(rows.getString(1)).append('\n');
        }
        return text.toString().strip();
      }
    }

    void index(String definition) throws SQLException {
      ask("SELECT hypopg_create_index('CREATE INDEX ON " + definition + "')");
    }

    PlanNode plan(String statement) throws SQLException {
      return PlanJson.parse(ask("EXPLAIN (FORMAT JSON) " + statement));
    }

    double cost(String statement) throws SQLException {
      return plan(statement).totalCost();
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }

  private static TableAnalysis analysed(String table, String... statements) {
    return shop.analyse(statements).tables().stream()
        .filter(each -> each.table().name().equals(table))
        .findFirst()
        .orElseThrow();
  }

  private static Optional<Double> cost(TableAnalysis table, String index) {
    return table.statementCosts().stream()
        .filter(each -> each.index().contains(index))
        .map(StatementCost::cost)
        .findFirst();
  }

  private static void told(String trap, double plain, double ours) throws IOException {
    String row = String.format(Locale.ROOT, "%-50s %12.2f %12.2f", trap, plain, ours);
    assertThat(documented()).as("docs/traps.md: %s", row).contains("| " + trap + " |");
  }

  private static String documented() throws IOException {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("docs/traps.md"))) {
      folder = folder.getParent();
    }
    return Files.readString(folder.resolve("docs/traps.md"));
  }

  @Test
  void anIndexInTheOrderOfALimitIsNotBelieved() throws Exception {
    try (Plain plain = new Plain()) {
      double before = plain.cost(LATEST);
      plain.index("orders (shipped_at)");
      double believed = plain.cost(LATEST);
      assertThat(believed).isLessThan(before * 0.05);
      TableAnalysis ours = analysed("orders", LATEST);
      assertThat(
              cost(ours, "(shipped_at DESC)").or(() -> cost(ours, "(shipped_at)")).orElse(before))
          .isGreaterThan(before * 0.9);
      double both = cost(ours, "(doc, shipped_at").orElseThrow();
      assertThat(both).isLessThan(20);
      told("Order of a LIMIT", believed, both);
    }
  }

  @Test
  void aCopyOfAnExistingIndexDoesNotWin() throws Exception {
    String byId = "SELECT * FROM customers WHERE id = 77";
    try (Plain plain = new Plain()) {
      double real = plain.cost(byId);
      plain.index("customers (id)");
      double copy = plain.cost(byId);
      assertThat(copy).isLessThan(real);
      TableAnalysis ours = analysed("customers", byId);
      assertThat(ours.candidates()).isEmpty();
      told("Copy of an existing index", copy, real);
    }
  }

  @Test
  void theSizeOfWideIndexesIsComputed() throws Exception {
    try (Plain plain = new Plain()) {
      double believed =
          Double.parseDouble(
              plain.ask(
                  "SELECT hypopg_relation_size(indexrelid) FROM hypopg_create_index("
                      + "'CREATE INDEX ON orders (customer_id, doc)')"));
      shop.execute("CREATE INDEX proof ON orders (customer_id, doc)");
      double real = Double.parseDouble(shop.query("SELECT pg_relation_size('proof')").strip());
      shop.execute("DROP INDEX proof");
      double ours =
          analysed("orders", "SELECT * FROM orders WHERE customer_id = 7 AND doc = 7")
              .candidates()
              .stream()
              .filter(each -> each.definition().elements().size() == 2)
              .mapToLong(Candidate::sizeBytes)
              .findFirst()
              .orElseThrow();
      assertThat(Math.abs(ours - real)).isLessThan(Math.abs(believed - real));
      told("Size of wide indexes", believed, ours);
    }
  }

  @Test
  void theWordAnalyzeSwitchesHypotheticalIndexesOff() throws Exception {
    try (Plain plain = new Plain()) {
      double before = plain.cost(BY_DOC);
      plain.index("orders (doc)");
      double off =
          PlanJson.parse(plain.ask("EXPLAIN (ANALYZE false, FORMAT JSON) " + BY_DOC)).totalCost();
      assertThat(off).isEqualTo(before);
      double ours = cost(analysed("orders", BY_DOC), "(doc)").orElseThrow();
      assertThat(ours).isLessThan(before / 2);
      told("ANALYZE among the options", off, ours);
    }
  }

  @Test
  void indexesThatOutliveARollbackAreForgotten() throws Exception {
    try (Plain plain = new Plain()) {
      double before = plain.cost(BY_DOC);
      plain.connection.setAutoCommit(false);
      plain.index("orders (doc)");
      plain.connection.rollback();
      double after = plain.cost(BY_DOC);
      assertThat(after).isLessThan(before);
      try (PostgresDatabase database = shop.open()) {
        database.epoch();
        database.withIndex("CREATE INDEX ON orders (doc)", List.of(plannable(BY_DOC)));
        double ours = database.today(plannable(BY_DOC)).plan().orElseThrow().totalCost();
        assertThat(ours).isEqualTo(before);
        told("State that outlives ROLLBACK", after, ours);
      }
    }
  }

  @Test
  void genericParametersAreTheLastResort() throws Exception {
    String few = "SELECT * FROM orders WHERE doc < 5";
    try (Plain plain = new Plain()) {
      plain.connection.setAutoCommit(false);
      plain.ask("SELECT set_config('plan_cache_mode', 'force_generic_plan', true)");
      try (Statement prepare = plain.connection.createStatement()) {
        prepare.execute("PREPARE p AS SELECT * FROM orders WHERE doc < $1");
      }
      plain.index("orders (doc)");
      double generic = plain.cost("EXECUTE p(NULL)");
      plain.connection.rollback();
      TableAnalysis ours =
          shop.analyse(
                  List.of(
                      ShopDatabase.statement(
                          1,
                          "SELECT * FROM orders WHERE doc < $1",
                          new WeightedSample(few, List.of(), 1))))
              .tables()
              .get(0);
      double sampled = cost(ours, "(doc)").orElseThrow();
      assertThat(sampled).isLessThan(generic / 2);
      told("Generic parameters", generic, sampled);
    }
  }

  @Test
  void smallTablesGetNothing() throws Exception {
    String small = "SELECT * FROM settings WHERE name = 'name 7'";
    try (Plain plain = new Plain()) {
      double before = plain.cost(small);
      plain.ask("SELECT set_config('enable_seqscan', 'off', false)");
      plain.index("settings (name)");
      assertThat(plain.plan(small).tree().map(PlanNode::indexName))
          .anySatisfy(name -> assertThat(name).contains("settings_name"));
      assertThat(analysed("settings", small).candidates()).isEmpty();
      told("Small tables", before, before);
    }
  }

  @Test
  void oneOddStatementStopsNothing() throws Exception {
    String[] odd = {
      "SELECT * FROM dropped WHERE a = 1",
      "SELECT * FROM pg_temp.mine WHERE a = 1",
      "SELECT * FROM other_schema.orders WHERE a = 1",
      "SELECT * FROM open_orders WHERE cents = 5",
      "SELECT * FROM events_2024 WHERE customer_id = 5",
      "WITH o AS MATERIALIZED (SELECT * FROM orders) SELECT * FROM o WHERE doc = 5",
      BY_DOC
    };
    assertThat(shop.analyse(odd).unplanned().statements()).hasSize(3);
    TableAnalysis orders = analysed("orders", odd);
    assertThat(cost(orders, "(doc)")).isPresent();
    told("One odd statement", 0, 0);
  }

  private static PlannableStatement plannable(String statement) {
    return PlannableStatement.of(statement, List.of()).statement().orElseThrow();
  }
}
