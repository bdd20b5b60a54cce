package dev.logdex.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdex.embedded.ItParts;
import dev.logdex.embedded.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the demo is expected to find is really so: tried with real indexes on the shop's data. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShopIT {
  private final PostgresServer server = ItParts.postgres();
  private Shop shop;
  private Connection connection;

  /** An index that the demo recommends, and the statement that it is for. */
  private record Wanted(ShopStatement statement, String index, List<Object> parameters) {
    @Override
    public String toString() {
      return index;
    }
  }

  static Stream<Wanted> wanted() {
    return Stream.of(
        new Wanted(ShopStatement.LATEST_ORDERS, "orders (customer_id)", List.of(77L)),
        new Wanted(ShopStatement.ORDER_BY_REFERENCE, "orders (reference)", List.of("R7919")),
        new Wanted(ShopStatement.PRODUCT_BY_SKU, "products (sku)", List.of("SKU-000123")),
        new Wanted(ShopStatement.SALES_OF_PRODUCT, "order_items (product_id)", List.of(1234)),
        new Wanted(
            ShopStatement.REVENUE_REPORT,
            "orders (placed_at)",
            List.of(
                OffsetDateTime.parse("2025-12-28T00:00:00Z"),
                OffsetDateTime.parse("2025-12-31T00:00:00Z"))));
  }

  @BeforeAll
  void openShop() throws SQLException {
    shop = Shop.open(server, UUID.randomUUID().toString());
    connection = DriverManager.getConnection(shop.url());
  }

  @AfterAll
  void closeShop() throws SQLException {
    connection.close();
    try (Connection last = DriverManager.getConnection(server.superuserUrl("postgres"));
        Statement statement = last.createStatement()) {
      statement.execute("DROP DATABASE " + shop.copyName());
      statement.execute("DROP ROLE " + shop.database() + "_analyst");
    }
    server.dropDatabase(shop.database());
  }

  @ParameterizedTest
  @MethodSource("wanted")
  void theIndexIsUsedAndMakesItsStatementFaster(Wanted wanted) throws SQLException {
    double before = fastestMs(wanted);
    execute("CREATE INDEX wanted ON " + wanted.index);
    try {
      assertThat(explain("EXPLAIN ", wanted)).anyMatch(line -> line.contains("wanted"));
      assertThat(fastestMs(wanted)).isLessThan(before * 0.8);
    } finally {
      execute("DROP INDEX wanted");
    }
  }

  @Test
  void anIndexOnWhatMostRowsHaveIsNotUsed() throws SQLException {
    execute("CREATE INDEX unwanted ON customers (newsletter)");
    try {
      Wanted readers = new Wanted(ShopStatement.NEWSLETTER_READERS, "", List.of(true));
      assertThat(explain("EXPLAIN ", readers)).noneMatch(line -> line.contains("unwanted"));
    } finally {
      execute("DROP INDEX unwanted");
    }
  }

  @Test
  void peopleLogInThroughAnIndex() throws SQLException {
    Wanted login = new Wanted(ShopStatement.LOGIN, "", List.of("customer1@example.com"));
    assertThat(explain("EXPLAIN ", login)).anyMatch(line -> line.contains("customers_email_key"));
  }

  @Test
  void whoPlansOnTheCopyMayNotWriteThere() throws SQLException {
    String login = shop.copyAddress().replaceFirst("^postgresql://([^@]*)@.*", "$1");
    String url = "jdbc:" + shop.copyAddress().replaceFirst("//[^@]*@", "//");
    try (Connection analyst =
            DriverManager.getConnection(url, login.split(":", 2)[0], login.split(":", 2)[1]);
        Statement statement = analyst.createStatement()) {
      assertThat(statement.execute("EXPLAIN DELETE FROM orders")).isTrue();
      assertThatThrownBy(() -> statement.execute("DELETE FROM orders WHERE id = 1"))
          .hasMessageContaining("read-only transaction");
    }
  }

  private double fastestMs(Wanted wanted) throws SQLException {
    double fastest = Double.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      List<String> plan = explain("EXPLAIN (ANALYZE, TIMING OFF) ", wanted);
      String last = plan.get(plan.size() - 1);
      fastest = Math.min(fastest, Double.parseDouble(last.replaceAll("[^0-9.]", "")));
    }
    return fastest;
  }

  private List<String> explain(String explain, Wanted wanted) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (PreparedStatement prepared =
        connection.prepareStatement(explain + wanted.statement.sql())) {
      for (int i = 0; i < wanted.parameters.size(); i++) {
        prepared.setObject(i + 1, wanted.parameters.get(i));
      }
      try (ResultSet rows = prepared.executeQuery()) {
        while (rows.next()) {
          lines.add(rows.getString(1));
        }
      }
    }
    return lines;
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
