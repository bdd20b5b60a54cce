package dev.logdex.analyzer.postgres;

import static dev.logdex.analyzer.postgres.TrapTable.cost;
import static dev.logdex.analyzer.postgres.TrapTable.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.event.StatementCost;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.analyzer.plan.PlanNode;
import dev.logdex.analyzer.workload.WeightedSample;
import dev.logdex.sql.PlannableStatement;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What generic plans get wrong, where Logdex has the values that the log tells. */
class TrapsOfParametersIT {
  private static final String VALUES = "planned with the logged values";

  private static final TrapTable TABLE = new TrapTable("Parameters");
  private static ShopDatabase shop;

  @BeforeAll
  static void create() {
    shop = ShopDatabase.create("traps_parameters");
    shop.execute(
        """
        CREATE TABLE jobs (state text NOT NULL, size integer NOT NULL, note text NOT NULL);
        INSERT INTO jobs
        SELECT CASE WHEN n % 100 = 0 THEN 'open' ELSE 'done' END, n % 5000, repeat('note ', 10)
          FROM generate_series(1, 50000) n;
        ANALYZE jobs;
        """);
  }

  @AfterAll
  static void drop() throws IOException {
    if (shop != null) {
      shop.close();
      TABLE.write();
    }
  }

  /** The analysis of a statement that was logged with values. */
  private static TableAnalysis analysed(String statement, String... values) {
    return shop.analyse(
            List.of(
                ShopDatabase.statement(
                    1, statement, new WeightedSample(statement, List.of(values), 1))))
        .tables()
        .get(0);
  }

  /** The plan that the values get, as Logdex reads it. */
  private static double rows(String statement, String... values) {
    try (PostgresDatabase database = shop.open()) {
      database.epoch();
      return database
          .today(PlannableStatement.of(statement, List.of(values)).statement().orElseThrow())
          .plan()
          .orElseThrow()
          .rows();
    }
  }

  @Test
  void anInequality() throws Exception {
    String statement = "SELECT * FROM orders WHERE doc < $1";
    try (PlainHypopg plain = new PlainHypopg(shop)) {
      plain.index("orders (doc)");
      PlanNode generic = plain.genericPlan(statement, 1);
      assertThat(generic.rows()).isBetween(33_000.0, 33_500.0);
      double ours = cost(analysed(statement, "5"), "(doc)").orElseThrow();
      assertThat(ours).isLessThan(generic.totalCost() / 2);
      TABLE.told(
          "`doc < $1`",
          say("a third of the table: %,.0f rows, %,.0f", generic.rows(), generic.totalCost()),
          say("`5`: %,.0f rows, %,.0f", rows(statement, "5"), ours),
          VALUES);
    }
  }

  @Test
  void aRange() throws Exception {
    String statement = "SELECT * FROM orders WHERE doc BETWEEN $1 AND $2";
    try (PlainHypopg plain = new PlainHypopg(shop)) {
      double before = plain.cost("SELECT * FROM orders WHERE doc BETWEEN 50 AND 950");
      plain.index("orders (doc)");
      PlanNode generic = plain.genericPlan(statement, 2);
      assertThat(generic.rows()).isBetween(495.0, 505.0);
      assertThat(generic.totalCost()).isLessThan(before / 2);
      assertThat(cost(analysed(statement, "50", "950"), "(doc)").orElse(before))
          .isGreaterThan(before * 0.9);
      TABLE.told(
          "`doc BETWEEN $1 AND $2`",
          say("0.5 %% of the table: %,.0f rows, %,.0f", generic.rows(), generic.totalCost()),
          say(
              "`50`, `950`: %,.0f rows; the index saves nothing of %,.0f",
              rows(statement, "50", "950"), before),
          VALUES);
    }
  }

  @Test
  void aPattern() throws Exception {
    String statement = "SELECT * FROM customers WHERE email LIKE $1";
    try (PlainHypopg plain = new PlainHypopg(shop)) {
      String index = plain.index("customers (email text_pattern_ops)");
      PlanNode generic = plain.genericPlan(statement, 1);
      assertThat(generic.tree()).noneMatch(node -> index.equals(node.indexName()));
      double ours = cost(analysed(statement, "user77%"), "text_pattern_ops").orElseThrow();
      assertThat(ours).isLessThan(generic.totalCost() / 2);
      TABLE.told(
          "`email LIKE $1`",
          say("no index: %,.0f", generic.totalCost()),
          say("`user77%%`: %,.0f with `(email text_pattern_ops)`", ours),
          VALUES);
    }
  }

  @Test
  void aLimit() throws Exception {
    String statement = "SELECT * FROM orders ORDER BY cents LIMIT $1";
    try (PlainHypopg plain = new PlainHypopg(shop)) {
      plain.index("orders (cents)");
      PlanNode generic = plain.genericPlan(statement, 1);
      assertThat(generic.rows()).isBetween(9_990.0, 10_010.0);
      double ours = cost(analysed(statement, "10"), "(cents)").orElseThrow();
      assertThat(ours).isLessThan(generic.totalCost() / 50);
      TABLE.told(
          "`LIMIT $1`",
          say("a tenth of the table: %,.0f rows, %,.0f", generic.rows(), generic.totalCost()),
          say("`10`: %,.1f", ours),
          VALUES);
    }
  }

  @Test
  void anArray() throws Exception {
    String statement = "SELECT * FROM orders WHERE doc = ANY ($1)";
    try (PlainHypopg plain = new PlainHypopg(shop)) {
      plain.index("orders (doc)");
      PlanNode generic = plain.genericPlan(statement, 1);
      assertThat(generic.rows()).isBetween(950.0, 1_050.0);
      double ours = cost(analysed(statement, "{7}"), "(doc)").orElseThrow();
      assertThat(ours).isLessThan(generic.totalCost() / 2);
      TABLE.told(
          "`doc = ANY ($1)`",
          say("ten elements: %,.0f rows, %,.0f", generic.rows(), generic.totalCost()),
          say("`{7}`: %,.0f rows, %,.0f", rows(statement, "{7}"), ours),
          VALUES);
    }
  }

  @Test
  void aPartialIndex() throws Exception {
    String statement = "SELECT * FROM jobs WHERE state = $1 AND size = $2";
    try (PlainHypopg plain = new PlainHypopg(shop)) {
      String index = plain.index("jobs (size) WHERE state = ''open''");
      PlanNode generic = plain.genericPlan(statement, 2);
      assertThat(generic.tree()).noneMatch(node -> index.equals(node.indexName()));
      StatementCost ours =
          analysed(statement, "open", "100").statementCosts().stream()
              .filter(each -> each.index().endsWith("(size) WHERE (state = 'open'::text)"))
              .findFirst()
              .orElseThrow();
      assertThat(ours.cost()).isLessThan(generic.totalCost() / 10);
      assertThat(ours.opinionsDiffer()).isTrue();
      TABLE.told(
          "Partial index",
          say("`(size) WHERE state = 'open'` never matches: %,.0f", generic.totalCost()),
          say("`open`: %,.1f, and it is said that the generic plan differs", ours.cost()),
          VALUES + "; the generic plan is the second opinion");
    }
  }

  @Test
  void parametersThatAreNull() throws Exception {
    String statement = "SELECT * FROM orders WHERE doc = $1";
    try (PlainHypopg plain = new PlainHypopg(shop);
        PostgresDatabase database = shop.open()) {
      PlanNode folded = plain.preparedPlan(statement, 1);
      assertThat(folded.type()).isEqualTo("Result");
      assertThat(plain.ask("EXPLAIN EXECUTE p(NULL)")).contains("One-Time Filter: false");
      database.epoch();
      PlanNode ours =
          database
              .today(PlannableStatement.generic(statement).statement().orElseThrow())
              .plan()
              .orElseThrow();
      assertThat(ours.rows()).isBetween(90.0, 110.0);
      TABLE.told(
          "Parameters given as NULL",
          say("`One-Time Filter: false`, %,.0f", folded.totalCost()),
          say("%,.0f rows, %,.0f", ours.rows(), ours.totalCost()),
          "without values, the plan is a generic one by force");
    }
  }
}
