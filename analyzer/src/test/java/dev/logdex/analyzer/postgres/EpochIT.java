package dev.logdex.analyzer.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.catalog.Epoch;
import dev.logdex.analyzer.catalog.RelationName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a change in the database moves: the tables that it touches, and no others. */
class EpochIT {
  private static ShopDatabase shop;

  @BeforeAll
  static void create() {
    shop = ShopDatabase.create("epoch");
    // a changed statistic must not be mistaken for the first one
    shop.execute("ANALYZE");
  }

  @AfterAll
  static void drop() {
    if (shop != null) {
      shop.close();
    }
  }

  private static Epoch now() {
    try (PostgresDatabase database = shop.open()) {
      return database.epoch();
    }
  }

  private static RelationName relation(String name) {
    return new RelationName("public", name);
  }

  @Test
  void nothingChangesByItself() {
    assertThat(now()).isEqualTo(now());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CREATE INDEX passing ON customers (country)                         | customers
          DROP INDEX passing                                                  | customers
          ANALYZE line_items                                                  | line_items
          ALTER TABLE line_items ADD CHECK (quantity > 0)                     | line_items
          ALTER TABLE products ENABLE ROW LEVEL SECURITY                      | products
          CREATE POLICY cheap ON products USING (price < 10)                  | products
          GRANT SELECT ON products TO PUBLIC                                  | products
          CREATE STATISTICS together ON product_id, quantity FROM line_items  | line_items
          CREATE TABLE brand_new (a integer)                                  | brand_new
          CREATE INDEX on_partition ON events_2024 (kind)                     | events, events_2024, events_2025
          CREATE OR REPLACE VIEW open_orders AS SELECT * FROM orders WHERE status = 'status 2' | open_orders
          CREATE INDEX behind_view ON orders (note)                           | orders, open_orders, order_sums
          """)
  void aChangeMovesWhatItTouches(String change, String touched) {
    Epoch before = now();
    shop.execute(change);
    Epoch after = now();
    assertThat(after.changedSince(before))
        .extracting(RelationName::name)
        .containsExactlyInAnyOrder(touched.split(", ", -1));
    assertThat(after.database()).isEqualTo(before.database());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CREATE FUNCTION twice(a integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT 2 * a' |
          CREATE SCHEMA other                                                                       |
          CREATE TABLE other.orders (a integer)                                                     |
          """)
  void whatAnyStatementMayDependOnMovesAll(String change) {
    String before = now().database();
    shop.execute(change);
    assertThat(now().database()).isNotEqualTo(before);
  }

  @Test
  void theFamilyOfPartitionsHasOneState() {
    Epoch now = now();
    assertThat(now.relations().get(relation("events")))
        .isEqualTo(now.relations().get(relation("events_2024")));
  }
}
