package dev.logdex.analyzer.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.logdex.analyzer.event.AnalysedStatement;
import dev.logdex.analyzer.event.AnalysisSchema;
import dev.logdex.analyzer.event.ColumnUpdates;
import dev.logdex.analyzer.event.Observation;
import dev.logdex.analyzer.event.PlanOutline;
import dev.logdex.analyzer.event.Scan;
import dev.logdex.analyzer.event.StatementCost;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.analyzer.event.UnplannedStatement;
import dev.logdex.analyzer.event.WriteRates;
import dev.logdex.analyzer.whatif.DatabaseAnalysis;
import dev.logdex.analyzer.workload.LogDetails;
import dev.logdex.analyzer.workload.WeightedSample;
import dev.logdex.analyzer.workload.WorkloadStatement;
import dev.logdex.normalizer.event.Fingerprint;
import dev.logdex.normalizer.event.PlanEvidence;
import dev.logdex.normalizer.event.PlanFormat;
import dev.logdex.runtime.EventJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a workload ends up in table analyses, on the real Postgres. */
class WorkloadIT {
  private static ShopDatabase shop;

  @BeforeAll
  static void create() {
    shop = ShopDatabase.create("workload");
  }

  @AfterAll
  static void drop() {
    if (shop != null) {
      shop.close();
    }
  }

  private static TableAnalysis table(DatabaseAnalysis analysis, String name) {
    TableAnalysis table =
        analysis.tables().stream()
            .filter(each -> each.table().name().equals(name))
            .findFirst()
            .orElseThrow();
    assertThat(AnalysisSchema.errors(EventJson.line(table))).isEmpty();
    return table;
  }

  private static WorkloadStatement bound(long id, String text, String... parameters) {
    return ShopDatabase.statement(id, text, new WeightedSample(text, Arrays.asList(parameters), 1));
  }

  @Test
  void writesAreCountedWithTheirRowsAndColumns() {
    DatabaseAnalysis analysis =
        shop.analyse(
            "SELECT * FROM orders WHERE customer_id = 5",
            "UPDATE orders SET note = 'x', \"Kind\" = 1 WHERE id <= 50",
            "UPDATE open_orders SET note = 'x' WHERE id = 7",
            "DELETE FROM orders WHERE id = 3",
            "INSERT INTO orders SELECT * FROM orders WHERE id < 11",
            "INSERT INTO customers (id, email, country, active, mood, created_at) VALUES"
                + " (1, 'a', 'b', true, 'good', now()) ON CONFLICT (id) DO UPDATE SET"
                + " country = excluded.country",
            "MERGE INTO orders o USING customers c ON c.id = o.id WHEN MATCHED THEN UPDATE SET"
                + " cents = 1 WHEN NOT MATCHED THEN DO NOTHING",
            "COPY orders FROM STDIN",
            "COPY orders TO STDOUT",
            "SELECT * FROM customers WHERE country = 'x'");
    WriteRates orders = table(analysis, "orders").writes();
    assertThat(orders.insertsPerMinute()).isEqualTo(1);
    assertThat(orders.updatesPerMinute()).isEqualTo(2);
    assertThat(orders.deletesPerMinute()).isEqualTo(1);
    assertThat(orders.mergesPerMinute()).isEqualTo(1);
    assertThat(orders.copiesPerMinute()).isEqualTo(1);
    assertThat(orders.rows().updatedPerMinute()).isBetween(40.0, 65.0);
    assertThat(orders.rows().insertedPerMinute()).isBetween(8.0, 12.0);
    assertThat(orders.rows().deletedPerMinute()).isEqualTo(1);
    assertThat(orders.columns())
        .extracting(ColumnUpdates::column, ColumnUpdates::statementsPerMinute)
        .containsExactly(tuple("Kind", 1.0), tuple("cents", 1.0), tuple("note", 2.0));
    assertThat(table(analysis, "customers").writes().columns())
        .extracting(ColumnUpdates::column)
        .containsExactly("country");
  }

  @Test
  void columnsOfAViewAreThoseOfItsTable() {
    shop.execute("CREATE VIEW renamed AS SELECT id AS order_id, note AS remark FROM orders");
    try {
      DatabaseAnalysis analysis =
          shop.analyse("UPDATE renamed SET remark = 'x' WHERE order_id = 1");
      assertThat(table(analysis, "orders").writes().columns())
          .extracting(ColumnUpdates::column)
          .containsExactly("note");
    } finally {
      shop.execute("DROP VIEW renamed");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM orders WHERE doc = $1 AND placed_at > date $2 - interval $3",
        "SELECT concat(note, $1) FROM orders WHERE doc = 7",
        "SELECT * FROM orders WHERE $1 IS NULL OR doc = $1",
        "SELECT * FROM orders WHERE doc = $1 + $2",
        "SELECT * FROM orders WHERE placed_at > $1 - $2",
        "SELECT * FROM orders WHERE doc = $1 ORDER BY id LIMIT $2",
        "SELECT * FROM orders WHERE doc = 7 AND concat($1, note, $2) = $3",
      })
  void typesThatTheLogHasLostAreFound(String text) {
    DatabaseAnalysis analysis = shop.analyse(List.of(ShopDatabase.statement(1, text)));
    assertThat(analysis.unplanned().statements()).isEmpty();
    assertThat(analysis.deadLetters()).isEmpty();
    assertThat(table(analysis, "orders").scans()).isNotEmpty();
  }

  @Test
  void aTypeIsToldByAValue() {
    DatabaseAnalysis analysis =
        shop.analyse(List.of(bound(1, "SELECT * FROM orders WHERE doc = $1 + $2", "3", "4")));
    assertThat(table(analysis, "orders").scans())
        .singleElement()
        .satisfies(scan -> assertThat(scan.whereClauses()).containsExactly("(doc = $1)"));
  }

  @Test
  void theGenericPlanIsASecondOpinion() {
    // every other status is rare: only with its value is that known
    shop.execute(
        "CREATE TABLE skewed AS SELECT n AS id, CASE WHEN n % 10000 = 0 THEN 'rare ' || n"
            + " ELSE 'usual' END AS status FROM generate_series(1, 100000) n");
    shop.execute("ANALYZE skewed");
    try {
      DatabaseAnalysis analysis =
          shop.analyse(
              List.of(
                  bound(1, "SELECT * FROM skewed WHERE status = $1", "rare 10000"),
                  bound(2, "SELECT * FROM skewed WHERE id = $1", "5"),
                  bound(3, "SELECT id FROM skewed WHERE id = 5")));
      TableAnalysis skewed = table(analysis, "skewed");
      assertThat(skewed.statements())
          .extracting(each -> each.genericCost() != null)
          .containsExactly(true, true, false);
      assertThat(skewed.statementCosts())
          .filteredOn(each -> each.fingerprint().equals("0000000000000002"))
          .isNotEmpty()
          .allSatisfy(each -> assertThat(each.opinionsDiffer()).isFalse())
          .allSatisfy(each -> assertThat(each.genericCost()).isNotNull());
      assertThat(skewed.statementCosts())
          .filteredOn(each -> each.fingerprint().equals("0000000000000001"))
          .isNotEmpty()
          .anySatisfy(each -> assertThat(each.genericCost()).isNotNull());
      assertThat(skewed.statementCosts())
          .filteredOn(each -> each.fingerprint().equals("0000000000000003"))
          .extracting(StatementCost::genericCost)
          .containsOnlyNulls();
    } finally {
      shop.execute("DROP TABLE skewed");
    }
  }

  @Test
  void whatIsOneToTheServerCountsAsOne() {
    DatabaseAnalysis analysis =
        shop.analyse(
            "SELECT * FROM orders WHERE doc <> 5 AND customer_id = 1",
            "SELECT * FROM orders WHERE doc != 6 AND customer_id = 1",
            "SELECT * FROM orders WHERE doc > 5 AND customer_id = 1");
    assertThat(table(analysis, "orders").statements())
        .extracting(
            AnalysedStatement::fingerprint,
            AnalysedStatement::mergedFingerprints,
            AnalysedStatement::calls)
        .containsExactly(
            tuple("0000000000000001", List.of("0000000000000002"), 2L),
            tuple("0000000000000003", List.of(), 1L));
    assertThat(table(analysis, "orders").statements().get(0).queryId()).matches("-?\\d+");
  }

  @Test
  void namesAreLookedUpInTheSearchPath() {
    shop.execute("CREATE SCHEMA \"Odd one\"; CREATE TABLE \"Odd one\".hidden AS SELECT 1 AS a");
    try {
      WorkloadStatement statement = bound(1, "SELECT * FROM hidden WHERE a = 1");
      assertThat(shop.analyse(List.of(statement)).tables()).isEmpty();
      assertThat(shop.analyse(List.of(statement.in("\"Odd one\", \"public\""))).tables())
          .extracting(each -> each.table().qualified())
          .containsExactly("Odd one.hidden");
    } finally {
      shop.execute("DROP SCHEMA \"Odd one\" CASCADE");
    }
  }

  @Test
  void plansOfRealRunsTellRowsAndLoops() {
    String json =
        "{\"Plan\":{\"Node Type\":\"Nested Loop\",\"Join Type\":\"Inner\",\"Plan Rows\":5,"
            + "\"Actual Rows\":60,\"Actual Loops\":1,\"Plans\":[{\"Node Type\":\"Seq Scan\","
            + "\"Parent Relationship\":\"Outer\",\"Relation Name\":\"customers\",\"Alias\":\"c\","
            + "\"Plan Rows\":1,\"Actual Rows\":20,\"Actual Loops\":1},{\"Node Type\":\"Index Scan\","
            + "\"Parent Relationship\":\"Inner\",\"Index Name\":\"i\",\"Relation Name\":\"orders\","
            + "\"Alias\":\"o\",\"Plan Rows\":5,\"Actual Rows\":3,\"Actual Loops\":20}]}}";
    String text =
        "SELECT * FROM customers c JOIN orders o ON o.customer_id = c.id WHERE c.email = 'x'";
    DatabaseAnalysis analysis = shop.analyse(List.of(seen(text, PlanFormat.JSON, json)));
    Scan orders = table(analysis, "orders").scans().get(0);
    assertThat(orders.loopsPerCall()).isEqualTo(20);
    assertThat(orders.scansPerMinute()).isEqualTo(20);
    assertThat(orders.actualRows()).isEqualTo(3);
    assertThat(table(analysis, "customers").scans().get(0).actualRows()).isEqualTo(20);
  }

  @Test
  void anIndexThatIsReadInVainIsObserved() {
    String plan =
        """
        Limit  (cost=0.29..117.75 rows=1 width=8) (actual time=44.1..44.2 rows=1 loops=1)
          ->  Index Scan Backward using orders_placed_at on orders  (cost=0.29..11747.00 rows=100 width=8) (actual time=44.0..44.1 rows=1 loops=1)
                Filter: (doc = 77)
                Rows Removed by Filter: 99960
        """;
    DatabaseAnalysis analysis =
        shop.analyse(
            List.of(
                seen(
                    "SELECT id FROM orders WHERE doc = 77 ORDER BY placed_at DESC LIMIT 1",
                    PlanFormat.TEXT,
                    plan)));
    assertThat(table(analysis, "orders").observations())
        .containsExactly(
            new Observation.CounterproductiveIndex(
                List.of("0000000000000001"), "orders_placed_at", 99960, 1));
  }

  @Test
  void anEstimateFarOffIsObserved() {
    String plan =
        """
        Seq Scan on orders  (cost=0.00..3000.00 rows=10 width=8) (actual rows=25000 loops=1)
          Filter: ((doc = 77) AND (status = 'secret'::text))
        """;
    DatabaseAnalysis analysis =
        shop.analyse(
            List.of(
                seen(
                    "SELECT id FROM orders WHERE doc = 77 AND status = 'secret'",
                    PlanFormat.TEXT,
                    plan)));
    assertThat(table(analysis, "orders").observations())
        .containsExactly(
            new Observation.Misestimate(
                List.of("0000000000000001"), List.of("doc", "status"), 10, 25000));
  }

  private static WorkloadStatement seen(String text, PlanFormat format, String plan) {
    return new WorkloadStatement(
        "shop",
        new Fingerprint(1),
        text,
        1,
        1,
        1,
        5,
        List.of(new WeightedSample(text, List.of(), 1)),
        new LogDetails(
            7,
            2,
            Map.of(),
            Map.of(),
            List.of(new PlanEvidence(format, plan, ShopDatabase.NOW, 5, null))),
        List.of(),
        "");
  }

  @Test
  void outlinesShowBothPlansWithoutALiteral() {
    TableAnalysis orders =
        table(
            shop.analyse("SELECT * FROM orders WHERE customer_id = 4711 AND note <> 'secret'"),
            "orders");
    List<PlanOutline> outlines = new ArrayList<>(orders.outlines());
    assertThat(outlines).hasSizeBetween(2, 4);
    assertThat(outlines.get(0).index()).isNull();
    assertThat(outlines.get(0).nodes().get(0).conditions())
        .containsExactly("Filter: ((orders.note <> $1::text) AND (orders.customer_id = $2))");
    assertThat(outlines.get(1).index()).isEqualTo("USING btree (customer_id)");
    assertThat(outlines.get(1).nodes())
        .anySatisfy(node -> assertThat(node.index()).isEqualTo("USING btree (customer_id)"));
    assertThat(outlines.toString()).doesNotContain("4711").doesNotContain("secret");
  }

  @Test
  void whatIsKeptOutIsTold() {
    assertThat(shop.analyse("SELECT 1").unplanned().statements())
        .extracting(UnplannedStatement::detail)
        .containsExactly("It reads no table.");
  }
}
