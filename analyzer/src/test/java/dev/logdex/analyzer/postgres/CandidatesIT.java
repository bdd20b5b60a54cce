package dev.logdex.analyzer.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.analyzer.event.UnplannedStatement;
import dev.logdex.analyzer.whatif.DatabaseAnalysis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CandidatesIT {
  private static ShopDatabase shop;

  @BeforeAll
  static void create() {
    shop = ShopDatabase.create("candidates");
  }

  @AfterAll
  static void drop() {
    if (shop != null) {
      shop.close();
    }
  }

  private static CandidatesAssert assertCandidates(String... statements) {
    return new CandidatesAssert(shop.analyse(statements));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SELECT * FROM orders WHERE customer_id = 77                                                  | orders (customer_id)
          SELECT * FROM orders o WHERE 77 = o.customer_id                                              | orders (customer_id)
          SELECT * FROM orders WHERE "Kind" = 7                                                        | orders ("Kind")
          SELECT * FROM orders WHERE cents = 7                                                         | orders (cents)
          SELECT * FROM orders WHERE customer_id IN (1, 2, 3)                                          | orders (customer_id)
          SELECT * FROM orders WHERE shipped_at IS NULL                                                | orders (shipped_at)
          SELECT * FROM orders WHERE shipped_at < '2024-02-02'                                         | orders (shipped_at)
          SELECT * FROM orders WHERE shipped_at BETWEEN '2024-02-02' AND '2024-02-03'                  | orders (shipped_at)
          SELECT * FROM orders WHERE customer_id = 77 AND status = 'status 1'                          | orders (customer_id, status)
          SELECT * FROM orders WHERE doc = 7 AND shipped_at > '2024-03-01'                             | orders (doc, shipped_at)
          SELECT * FROM orders WHERE doc = 7 AND "Kind" = 7 AND shipped_at > '2024-03-01'              | orders ("Kind", doc, shipped_at)
          SELECT * FROM orders WHERE doc = 7 ORDER BY shipped_at DESC LIMIT 1                          | orders (doc, shipped_at)
          SELECT * FROM orders ORDER BY shipped_at DESC LIMIT 10                                       | orders (shipped_at)
          SELECT * FROM orders ORDER BY shipped_at DESC NULLS LAST LIMIT 10                            | orders (shipped_at NULLS FIRST)
          SELECT * FROM orders ORDER BY shipped_at, cents DESC LIMIT 10                                | orders (shipped_at, cents DESC)
          SELECT * FROM orders ORDER BY shipped_at DESC, cents LIMIT 10                                | orders (shipped_at, cents DESC)
          SELECT * FROM orders ORDER BY shipped_at DESC, cents DESC LIMIT 10                           | orders (shipped_at, cents)
          SELECT max(shipped_at) FROM orders                                                           | orders (shipped_at)
          SELECT min(shipped_at) FROM orders WHERE doc = 7                                             | orders (doc, shipped_at)
          SELECT * FROM customers WHERE email = 'user7@example.org'                                    | customers (email)
          SELECT * FROM customers WHERE active ORDER BY created_at LIMIT 5                             | customers (active, created_at)
          SELECT * FROM customers WHERE referrer_id = 50                                               | customers (referrer_id)
          SELECT * FROM orders o JOIN customers c ON c.id = o.customer_id WHERE c.email = 'user7@example.org' | orders (customer_id)
          SELECT * FROM customers c LEFT JOIN orders o ON o.customer_id = c.id WHERE c.id = 7          | orders (customer_id)
          SELECT c.id, (SELECT count(*) FROM orders o WHERE o.customer_id = c.id) FROM customers c WHERE c.id < 10 | orders (customer_id)
          SELECT * FROM customers c WHERE c.id < 20 AND EXISTS (SELECT FROM orders o WHERE o.customer_id = c.id AND o.doc = 7) | orders (doc)
          SELECT * FROM customers c WHERE c.id < 5 AND (c.email = 'x' OR EXISTS (SELECT FROM orders o WHERE o.customer_id = c.id)) | orders (customer_id)
          SELECT * FROM orders WHERE (shipped_at, id) < ('2024-02-02', 7) ORDER BY shipped_at DESC, id DESC LIMIT 10 | orders (shipped_at, id)
          SELECT * FROM events WHERE customer_id = 7                                                   | events (customer_id)
          SELECT * FROM events_2024 WHERE customer_id = 7                                              | events (customer_id)
          SELECT * FROM events WHERE customer_id = 7 AND at > '2025-03-01'                             | events (customer_id, at)
          SELECT * FROM customers c JOIN events e ON e.customer_id = c.id WHERE c.id = 7               | events (customer_id)
          SELECT * FROM open_orders WHERE customer_id = 7                                              | orders (customer_id)
          SELECT * FROM order_sums WHERE customer_id = 7                                               | order_sums (customer_id)
          WITH mine AS MATERIALIZED (SELECT * FROM orders WHERE customer_id = 7) SELECT * FROM mine WHERE doc = 3 | orders (customer_id)
          SELECT * FROM line_items i JOIN orders o ON o.id = i.order_id WHERE o.id = 7                 | line_items (order_id)
          SELECT * FROM line_items i JOIN products p ON p.id = i.product_id WHERE p.sku = 'sku 7' AND i.quantity = 3 | line_items (product_id, quantity)
          UPDATE orders SET note = 'x' WHERE customer_id = 7                                           | orders (customer_id)
          DELETE FROM line_items WHERE order_id = 7                                                    | line_items (order_id)
          SELECT * FROM orders WHERE customer_id = 7 FOR UPDATE                                        | orders (customer_id)
          SELECT customer_id FROM orders WHERE customer_id = 7 UNION ALL SELECT id FROM customers WHERE referrer_id = 7 | customers (referrer_id)
          INSERT INTO line_items SELECT id, 1, 1 FROM orders WHERE customer_id = 7                     | orders (customer_id)
          """)
  void aStatementIsHelpedBy(String statement, String candidate) {
    assertCandidates(statement).helpful(candidate);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SELECT * FROM orders                                                 | every row is wanted
          SELECT * FROM orders WHERE id = 7                                    | the primary key serves it
          SELECT * FROM orders WHERE id = 7 AND doc = 3                        | the primary key leaves one row
          SELECT * FROM orders WHERE placed_at > '2024-12-01'                  | an index serves it
          SELECT * FROM orders ORDER BY placed_at DESC LIMIT 1                 | an index serves it backwards
          SELECT * FROM orders WHERE customer_id = 7 OR doc = 3                | an OR is no clause of one column
          SELECT * FROM orders WHERE note LIKE '%x%'                           | no b-tree finds what is in the middle
          SELECT * FROM orders WHERE customer_id <> 7                          | nothing to look up
          SELECT * FROM orders WHERE shipped_at IS NOT NULL                    | nearly every row
          SELECT * FROM settings WHERE name = 'name 7'                         | a small table
          SELECT count(*) FROM pg_class WHERE relname = 'x'                    | the system's table
          SELECT 1                                                             | no table
          INSERT INTO settings VALUES ('a', 'b')                               | no table is read
          """)
  void noCandidateIsProposed(String statement, String because) {
    assertThat(new CandidatesAssert(shop.analyse(statement)).proposed()).as(because).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SELECT * FROM orders WHERE status = 'status 1'            | a quarter of the rows
          SELECT * FROM orders WHERE status = 'status 1' ORDER BY id | order of the primary key
          SELECT * FROM customers WHERE NOT active                  | nearly every row
          SELECT * FROM orders WHERE shipped_at > '2020-01-01'      | nearly every row
          SELECT count(*) FROM orders WHERE doc > 3                 | nearly every row
          """)
  void nothingHelps(String statement, String because) {
    assertThat(new CandidatesAssert(shop.analyse(statement)).helpful()).as(because).isEmpty();
  }

  @Test
  void equalityColumnsComeBeforeRangeColumns() {
    assertCandidates("SELECT * FROM orders WHERE shipped_at > '2024-03-01' AND customer_id = 7")
        .contains("orders (customer_id, shipped_at)")
        .doesNotContain("orders (shipped_at, customer_id)");
  }

  @Test
  void theMostSelectiveEqualityColumnComesFirst() {
    assertCandidates("SELECT * FROM orders WHERE status = 'status 1' AND customer_id = 7")
        .contains("orders (customer_id, status)")
        .doesNotContain("orders (status, customer_id)");
  }

  @Test
  void anIndexThatOnlyGivesTheOrderForALimitDoesNotWinOverOneThatFindsTheRows() {
    assertCandidates("SELECT * FROM orders WHERE doc = 77 ORDER BY shipped_at DESC LIMIT 1")
        .contains("orders (shipped_at)")
        .notHelpful("orders (shipped_at)")
        .best("orders (doc, shipped_at)");
  }

  @Test
  void aPlanThatBetsOnEarlyAbortIsMarked() {
    TableAnalysis orders =
        shop.analyse("SELECT * FROM orders WHERE doc = 77 ORDER BY shipped_at DESC LIMIT 1")
            .tables()
            .get(0);
    assertThat(orders.costs())
        .filteredOn(cell -> cell.index().equals("USING btree (shipped_at)"))
        .singleElement()
        .satisfies(cell -> assertThat(cell.abortsEarly()).isTrue());
    assertThat(orders.costs())
        .filteredOn(cell -> cell.index().equals("USING btree (doc, shipped_at)"))
        .singleElement()
        .satisfies(cell -> assertThat(cell.abortsEarly()).isFalse());
  }

  @Test
  void aLimitOverAJoinThatThrowsRowsAwayIsABetToo() {
    assertCandidates(
            "SELECT * FROM orders o JOIN customers c ON c.id = o.customer_id"
                + " WHERE c.country = 'country 7' ORDER BY o.shipped_at LIMIT 1")
        .notHelpful("orders (shipped_at)");
  }

  @Test
  void equalScansOfDifferentStatementsAreOneScan() {
    TableAnalysis orders =
        shop.analyse(
                "SELECT id FROM orders WHERE customer_id = 7",
                "SELECT doc FROM orders AS o WHERE 12345 = o.customer_id")
            .tables()
            .get(0);
    assertThat(orders.scans())
        .singleElement()
        .satisfies(
            scan -> {
              assertThat(scan.whereClauses()).containsExactly("(customer_id = $1)");
              assertThat(scan.scansPerMinute()).isEqualTo(2);
              assertThat(scan.statements()).hasSize(2);
            });
  }

  @Test
  void aScanIsPerformedAsOftenAsItsLoopRuns() {
    TableAnalysis orders =
        shop.analyse(
                "SELECT c.id, (SELECT count(*) FROM orders o WHERE o.customer_id = c.id)"
                    + " FROM customers c WHERE c.id <= 10")
            .tables()
            .get(1);
    assertThat(orders.scans())
        .singleElement()
        .satisfies(scan -> assertThat(scan.scansPerMinute()).isBetween(5.0, 15.0));
  }

  @Test
  void aScanKeepsItsIdWhenAnIndexIsBuilt() {
    String statement = "SELECT * FROM orders WHERE \"Kind\" = 7 AND cents > 5 ORDER BY doc LIMIT 3";
    String before = shop.analyse(statement).tables().get(0).scans().get(0).id();
    shop.execute("CREATE INDEX passing ON orders (\"Kind\", doc)");
    try {
      TableAnalysis after = shop.analyse(statement).tables().get(0);
      assertThat(after.scans().get(0).id()).isEqualTo(before);
      assertThat(after.scans().get(0).indexUsed()).isEqualTo("passing");
      assertThat(after.costs())
          .anySatisfy(
              cell -> {
                assertThat(cell.index()).isEqualTo("passing");
                assertThat(cell.cost()).isEqualTo(after.scans().get(0).baselineCost());
              });
    } finally {
      shop.execute("DROP INDEX passing");
    }
  }

  @Test
  void noLiteralIsInAnEvent() {
    DatabaseAnalysis analysis =
        shop.analyse(
            java.util.List.of(
                ShopDatabase.statement(
                    1,
                    "SELECT * FROM customers WHERE email = $1 AND lower(country) = $2 AND id <> $3",
                    new dev.logdex.analyzer.workload.WeightedSample(
                        "SELECT * FROM customers WHERE email = 'secret-mail' AND lower(country) ="
                            + " 'secret''land' AND id <> 424242",
                        java.util.List.of(),
                        1))));
    assertThat(dev.logdex.runtime.EventJson.line(analysis))
        .doesNotContain("secret")
        .doesNotContain("424242")
        .contains("(email)::text = $1");
  }

  @Test
  void oneOddStatementDoesNotStopTheRest() {
    DatabaseAnalysis analysis =
        shop.analyse(
            "SELECT * FROM nothere WHERE id = 1",
            "SELECT * FROM orders WHERE customer_id = 7",
            "SELECT nothere FROM orders",
            "SELECT FROM WHERE",
            "BEGIN",
            "SELECT 'cut off");
    assertThat(analysis.tables()).hasSize(1);
    assertThat(analysis.unplanned().statements())
        .extracting(UnplannedStatement::reason)
        .extracting(Enum::name)
        .containsExactly("UNKNOWN_OBJECT", "UNKNOWN_OBJECT", "SYNTAX_ERROR", "UTILITY", "REFUSED");
    assertThat(analysis.deadLetters())
        .extracting(letter -> letter.reason().name())
        .containsExactly("UNKNOWN_OBJECT", "UNKNOWN_OBJECT", "SYNTAX_ERROR", "TRUNCATED_STATEMENT");
  }
}
