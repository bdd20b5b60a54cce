package dev.logdex.analyzer.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.candidate.Candidates;
import dev.logdex.analyzer.candidate.IndexShape;
import dev.logdex.analyzer.catalog.RelationName;
import dev.logdex.analyzer.catalog.Table;
import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.IndexElement;
import dev.logdex.analyzer.event.StatementCost;
import dev.logdex.analyzer.plan.PlanJson;
import dev.logdex.analyzer.plan.PlanNode;
import dev.logdex.analyzer.postgres.PostgresDatabase;
import dev.logdex.analyzer.postgres.ShopDatabase;
import dev.logdex.sql.PlannableStatement;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HypoPG's biases are taken out of every kind of plan: what is left is what a real index costs. */
class BiasIT {
  private static ShopDatabase shop;

  @BeforeAll
  static void create() {
    shop = ShopDatabase.createWithTickets("bias");
    // so that the shop is large enough for parallel plans
    Stream.of("parallel_setup_cost = 10", "min_parallel_index_scan_size = 0")
        .forEach(each -> shop.execute("ALTER DATABASE " + shop.name() + " SET " + each));
  }

  @AfterAll
  static void drop() {
    if (shop != null) {
      shop.close();
    }
  }

  /**
   * What was said of an index.
   *
   * @param plain by HypoPG
   * @param judged by us
   */
  private record Said(double plain, double judged, PlanNode plan) {}

  private static Said ask(PostgresDatabase database, String tableName, String keys, String query) {
    Table table = database.table(new RelationName("public", tableName));
    List<IndexElement> elements =
        Stream.of(keys.split(", ", -1)).map(IndexElement::ascending).toList();
    IndexDefinition definition = new IndexDefinition("btree", elements, List.of(), null);
    IndexShape shape = new Candidates(table, database.types(), Set.of()).shape(definition);
    String createIndex = "CREATE INDEX ON " + table.quoted() + " " + definition.sql();
    Plans.Hypothetical answer = database.withIndex(createIndex, List.of(plannable(query))).get(0);
    CostSettings settings = database.costSettings();
    Hypothesis hypothesis =
        new Hypothesis(
            table.name(),
            Set.of(answer.indexName()),
            elements.get(0).expression(),
            Hypothesis.descentCost(shape.height(), settings.operator()),
            new PageBias(answer.pages(), shape.pages(), shape.entries(), settings.randomPage()),
            Set.of());
    PlanNode plan = answer.planned().plan().orElseThrow();
    assertThat(plan.tree().map(PlanNode::indexName)).contains(answer.indexName());
    double judged = new Judge(database::tableOf).under(hypothesis, plan).total();
    return new Said(plan.totalCost(), judged, plan);
  }

  private static PlannableStatement plannable(String query) {
    return PlannableStatement.of(query, List.of()).statement().orElseThrow();
  }

  private static List<String> nodes(PlanNode plan) {
    return plan.tree().map(PlanNode::type).toList();
  }

  @ParameterizedTest(name = "{2}: {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          orders     | customer_id   | Bitmap Heap Scan  | SELECT * FROM orders WHERE customer_id = 77
          orders     | doc           | Bitmap Heap Scan  | SELECT * FROM orders WHERE doc < 50
          orders     | customer_id   | Bitmap Heap Scan  | SELECT * FROM orders WHERE customer_id IN (1, 2, 3, 4, 5)
          customers  | email         | Index Scan        | SELECT * FROM customers WHERE email = 'user7@example.org'
          orders     | customer_id   | Nested Loop       | SELECT * FROM customers c JOIN orders o ON o.customer_id = c.id WHERE c.id < 50
          line_items | order_id      | Nested Loop       | SELECT * FROM orders o JOIN line_items i ON i.order_id = o.id WHERE o.id < 20
          line_items | product_id    | Index Only Scan   | SELECT p.id, (SELECT count(*) FROM line_items i WHERE i.product_id = p.id) FROM products p WHERE p.id < 300
          tickets    | points        | Index Only Scan   | SELECT count(*) FROM tickets WHERE points < 900
          tickets    | points        | Index Only Scan   | SELECT points FROM tickets ORDER BY points LIMIT 2000
          tickets    | due, points   | Index Only Scan   | SELECT sum(points) FROM tickets WHERE due BETWEEN '2024-02-02' AND '2024-03-12'
          line_items | product_id    | Gather            | SELECT count(*) FROM line_items WHERE product_id < 1500
          """)
  void anIndexIsJudgedByWhatItCostsWhenBuilt(String table, String keys, String node, String query) {
    Said said;
    try (PostgresDatabase database = shop.open()) {
      database.epoch();
      said = ask(database, table, keys, query);
    }
    shop.execute("CREATE INDEX proof ON " + table + " (" + keys + ")");
    try {
      PlanNode real = PlanJson.parse(shop.query("EXPLAIN (FORMAT JSON) " + query));
      assertThat(nodes(said.plan())).isEqualTo(nodes(real)).contains(node);
      assertThat(said.judged()).isCloseTo(real.totalCost(), Percentage.withPercentage(5));
    } finally {
      shop.execute("DROP INDEX proof");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          customers | id         | SELECT * FROM customers WHERE id = 77
          orders    | placed_at  | SELECT * FROM orders WHERE placed_at = '2024-03-01 00:00+00'
          tickets   | account_id | SELECT * FROM tickets WHERE account_id = 77
          tickets   | account_id | SELECT * FROM tickets WHERE account_id IN (7, 77)
          """)
  void aCopyOfAnIndexThatIsThereSavesNothing(String table, String key, String query) {
    try (PostgresDatabase database = shop.open()) {
      database.epoch();
      double today = database.today(plannable(query)).plan().orElseThrow().totalCost();
      Said said = ask(database, table, key, query);
      assertThat(said.plain()).isLessThan(today);
      // what is left is far from what an index has to save to be recommended
      assertThat(said.judged()).isGreaterThan(0.99 * today);
    }
  }

  @Test
  void ofSeveralEqualIndexesOneIsOfferedAtATime() {
    String query = "SELECT * FROM orders WHERE doc = 7 AND cents = 217";
    try (PostgresDatabase database = shop.open()) {
      database.epoch();
      Said first = ask(database, "orders", "doc, cents", query);
      Said second = ask(database, "orders", "cents, doc", query);
      Said again = ask(database, "orders", "doc, cents", query);
      assertThat(second.judged()).isEqualTo(first.judged());
      assertThat(again.judged()).isEqualTo(first.judged());
    }
    assertThat(shop.analyse(query).tables().get(0).statementCosts())
        .map(StatementCost::index)
        .containsExactly("USING btree (cents)", "USING btree (cents, doc)", "USING btree (doc)");
  }
}
