package dev.logdex.analyzer.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.logdex.analyzer.event.StatementCost;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.analyzer.plan.PlanJson;
import dev.logdex.analyzer.plan.PlanNode;
import dev.logdex.analyzer.whatif.DatabaseAnalysis;
import java.util.Arrays;
import java.util.Comparator;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the what-if says of an index is what the planner says when it is really built. */
class TruthIT {
  private static final Percentage MARGIN = Percentage.withPercentage(10);

  private static ShopDatabase shop;
  private static TruthTable table;

  @BeforeAll
  static void create() {
    shop = ShopDatabase.createWithTickets("truth");
    // statistics of every row, so that no estimate hangs on which rows were looked at
    shop.execute("ALTER DATABASE " + shop.name() + " SET default_statistics_target = 1000");
    shop.execute("ANALYZE");
    table = new TruthTable(shop.url());
  }

  @AfterAll
  static void drop() {
    if (table != null) {
      table.write();
    }
    if (shop != null) {
      shop.close();
    }
  }

  @ParameterizedTest(name = "{1}: {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SELECT * FROM orders WHERE customer_id = 77                                             | orders
          SELECT * FROM orders WHERE customer_id IN (1, 2, 3, 4, 5)                               | orders
          SELECT * FROM orders WHERE doc = 77 ORDER BY shipped_at DESC LIMIT 1                    | orders
          SELECT * FROM orders WHERE doc = 7 AND shipped_at > '2024-03-20'                        | orders
          SELECT * FROM orders WHERE "Kind" = 7 AND cents = 217                                   | orders
          SELECT * FROM orders ORDER BY shipped_at DESC, cents LIMIT 10                           | orders
          SELECT * FROM customers c JOIN orders o ON o.customer_id = c.id WHERE c.id < 50         | orders
          SELECT c.id, (SELECT max(o.cents) FROM orders o WHERE o.customer_id = c.id) FROM customers c WHERE c.id < 300 | orders
          SELECT * FROM customers WHERE email = 'user7@example.org'                               | customers
          SELECT * FROM events WHERE customer_id = 77                                             | events
          SELECT * FROM line_items i JOIN orders o ON o.id = i.order_id WHERE o.customer_id = 77  | line_items
          SELECT * FROM tickets WHERE points = 7                                                  | tickets
          SELECT * FROM tickets WHERE points = 7 AND due > '2024-06-01'                           | tickets
          SELECT * FROM tickets WHERE title LIKE 'Title 77%'                                      | tickets
          SELECT * FROM tickets WHERE code LIKE 'code-77%'                                        | tickets
          SELECT * FROM customers WHERE email LIKE 'user77%'                                      | customers
          SELECT * FROM tickets WHERE state = 'open' AND points > 9000                            | tickets
          SELECT * FROM tickets WHERE urgent AND points > 9000                                    | tickets
          SELECT * FROM tickets WHERE assignee_id = 50                                            | tickets
          SELECT sum(quantity) FROM line_items WHERE product_id = 7                               | line_items
          SELECT p.id, sum(i.quantity) FROM products p JOIN line_items i ON i.product_id = p.id WHERE p.id < 9 GROUP BY p.id | line_items
          SELECT * FROM tickets WHERE account_id = 7 ORDER BY opened_at DESC LIMIT 1              | tickets
          SELECT * FROM tickets WHERE account_id = 7 AND points = 4933                            | tickets
          SELECT * FROM tickets WHERE account_id = 7 OR points = 7                                | tickets
          SELECT * FROM tickets WHERE points = 7 OR points = 8                                    | tickets
          SELECT * FROM tickets ORDER BY points NULLS FIRST, due DESC LIMIT 5                     | tickets
          SELECT * FROM tickets ORDER BY title LIMIT 5                                            | tickets
          SELECT * FROM tickets ORDER BY title COLLATE "C" LIMIT 5                                | tickets
          SELECT DISTINCT ON (points) * FROM tickets ORDER BY points, opened_at DESC LIMIT 5      | tickets
          SELECT max(points) FROM tickets                                                         | tickets
          SELECT * FROM tickets WHERE slug = 'slug-7'                                             | tickets
          SELECT * FROM customers c, LATERAL (SELECT * FROM tickets t WHERE t.points = c.id ORDER BY t.opened_at DESC LIMIT 1) l WHERE c.id < 9 | tickets
          SELECT * FROM products p WHERE p.id < 9 AND NOT EXISTS (SELECT FROM tickets t WHERE t.points = p.id) | tickets
          UPDATE tickets SET urgent = true WHERE points = 7                                       | tickets
          SELECT * FROM places WHERE zip = 'zip 77'                                               | places
          SELECT * FROM tickets WHERE state = 'open' ORDER BY opened_at LIMIT 10                  | tickets
          SELECT * FROM tickets WHERE mood = 'ugly' AND points > 5000                             | tickets
          SELECT * FROM tickets WHERE closed_at IS NULL ORDER BY opened_at LIMIT 5                | tickets
          SELECT * FROM tickets WHERE state = 'stuck'                                             | tickets
          SELECT sum(points) FROM tickets WHERE due BETWEEN '2024-02-01' AND '2024-02-20'         | tickets
          SELECT count(*) FROM orders WHERE placed_at > '2024-12-01' AND cents < 10000            | orders
          SELECT count(*) FROM tickets WHERE points BETWEEN 100 AND 900                           | tickets
          SELECT points, count(*) FROM tickets WHERE points < 500 GROUP BY points                 | tickets
          SELECT id FROM order_sums JOIN customers ON id = customer_id WHERE customer_id = 7      | order_sums
          """)
  void theBestCandidateIsUsedWhenBuiltAndCostsWhatWasSaid(String statement, String tableName) {
    isTrue(shop.analyse(statement), statement, tableName);
  }

  @ParameterizedTest(name = "{1}: {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SELECT * FROM customers WHERE lower(email) = 'user7@example.org'                        | customers
          SELECT * FROM tickets WHERE lower(code) = 'code-77'                                     | tickets
          SELECT * FROM tickets WHERE data ->> 'customer' = '77'                                  | tickets
          SELECT * FROM products WHERE upper(sku) = 'SKU 7'                                       | products
          SELECT * FROM orders WHERE cents % 1000 = 7 AND doc = 7                                 | orders
          """)
  void soIsWhatIsSaidOfExpressionsOnADisposableCopy(String statement, String tableName) {
    isTrue(shop.analyseCopy(statement), statement, tableName);
  }

  private static void isTrue(DatabaseAnalysis analysis, String statement, String tableName) {
    TableAnalysis analysed =
        analysis.tables().stream()
            .filter(each -> each.table().name().equals(tableName))
            .findFirst()
            .orElseThrow();
    StatementCost best =
        analysed.statementCosts().stream()
            .min(Comparator.comparingDouble(StatementCost::cost))
            .orElseThrow();
    double today = analysed.statements().get(0).baselineCost();
    assertThat(best.cost()).isLessThan(today);
    String before = table.time(statement);

    shop.execute("CREATE INDEX proof ON " + tableName + " " + best.index());
    try {
      shop.execute("ANALYZE " + tableName);
      PlanNode plan = PlanJson.parse(shop.query("EXPLAIN (FORMAT JSON) " + statement));
      table.add(
          statement,
          best.index(),
          new TruthTable.Costs(today, best.cost(), plan.totalCost()),
          before,
          table.time(statement));
      assertThat(plan.tree().map(PlanNode::indexName))
          .anySatisfy(name -> assertThat(name).containsAnyOf("proof", lastColumnOf(best)));
      assertThat(best.cost()).isCloseTo(plan.totalCost(), MARGIN);
    } finally {
      shop.execute("DROP INDEX proof");
    }
  }

  /** Indexes of partitions get names of their own, made of table and columns. */
  private static String lastColumnOf(StatementCost cost) {
    return cost.index().replaceAll(".*[( ](\\w+)\\)$", "$1") + "_idx";
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          orders    | (customer_id)
          orders    | (doc)
          orders    | (doc, shipped_at)
          orders    | (status)
          orders    | (placed_at, doc, cents)
          customers | (email)
          customers | (country)
          """)
  void theSizeIsWhatTheFileTakes(String tableName, String columns) {
    long expected = size(tableName, columns);
    shop.execute("CREATE INDEX proof ON " + tableName + " " + columns);
    try {
      long real = Long.parseLong(shop.query("SELECT pg_relation_size('proof')").strip());
      assertThat((double) expected).isCloseTo((double) real, within(real * 0.15 + 16_384));
    } finally {
      shop.execute("DROP INDEX proof");
    }
  }

  private static long size(String tableName, String columns) {
    String[] names = columns.replaceAll("[() ]", "").split(",", -1);
    StringBuilder where = new StringBuilder();
    for (String name : names) {
      where.append(where.isEmpty() ? "" : " AND ").append(name).append(" = (SELECT ").append(name);
      where.append(" FROM ").append(tableName).append(" LIMIT 1)");
    }
    TableAnalysis table =
        shop.analyse("SELECT * FROM " + tableName + " WHERE " + where).tables().get(0);
    return table.candidates().stream()
        .filter(each -> each.definition().elements().size() == names.length)
        .filter(each -> Arrays.stream(names).allMatch(each.id()::contains))
        .findFirst()
        .orElseThrow()
        .sizeBytes();
  }
}
