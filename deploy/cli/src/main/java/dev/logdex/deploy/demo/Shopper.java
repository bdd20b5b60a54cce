package dev.logdex.deploy.demo;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Random;

/**
 * One session of the shop's application. What it does next is a fixed sequence for a given seed;
 * the shop's today is fixed too.
 */
final class Shopper {
  private static final OffsetDateTime TODAY =
      OffsetDateTime.of(2025, 12, 31, 0, 0, 0, 0, ZoneOffset.UTC);
  private static final int CUSTOMERS = 50_000;
  private static final int PRODUCTS = 20_000;
  private static final int ORDERS = 200_000;
  private static final int COUNTRIES = 120;
  private static final String UNDEFINED_COLUMN = "42703";

  private final Connection connection;
  private final Random random;

  Shopper(Connection connection, long seed) {
    this.connection = connection;
    this.random = new Random(seed);
  }

  /** Does one thing that a visitor or an employee of the shop would do. */
  void step() throws SQLException {
    int dice = random.nextInt(100);
    if (dice < 24) {
      query(ShopStatement.LATEST_ORDERS, customer());
    } else if (dice < 38) {
      query(ShopStatement.ORDER_BY_REFERENCE, "R" + order() * 7919 % 1_000_003);
    } else if (dice < 54) {
      query(ShopStatement.LOGIN, "customer" + customer() + "@example.com");
    } else if (dice < 64) {
      query(ShopStatement.PRODUCT_BY_SKU, String.format("SKU-%06d", product()));
    } else if (dice < 72) {
      query(ShopStatement.ITEMS_OF_ORDER, order());
    } else if (dice < 78) {
      query(ShopStatement.COUNTRY_BY_NAME, "Country " + (1 + random.nextInt(COUNTRIES)));
    } else if (dice < 83) {
      query(ShopStatement.SALES_OF_PRODUCT, product());
    } else if (dice < 86) {
      query(ShopStatement.NEWSLETTER_READERS, true);
    } else if (dice < 88) {
      query(ShopStatement.REVENUE_REPORT, TODAY.minusDays(3), TODAY);
    } else if (dice < 95) {
      placeOrder();
    } else if (dice < 99) {
      update(ShopStatement.DELIVER, order());
    } else {
      sendWhatTheShopDoesNotKnow();
    }
  }

  private void placeOrder() throws SQLException {
    connection.setAutoCommit(false);
    try {
      long order =
          query(
              ShopStatement.PLACE_ORDER,
              customer(),
              "N" + random.nextInt(Integer.MAX_VALUE),
              TODAY.plusSeconds(random.nextInt(86_400)),
              BigDecimal.valueOf(random.nextInt(50_000), 2),
              "Ring at O'Brien's,\ntwice; then call '0" + random.nextInt(1_000_000) + "'");
      for (int line = 1; line <= 2; line++) {
        update(ShopStatement.PLACE_ITEM, order, line, product(), 1, BigDecimal.TEN);
      }
      connection.commit();
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private void sendWhatTheShopDoesNotKnow() throws SQLException {
    try {
      query(ShopStatement.BROKEN, order());
    } catch (SQLException e) {
      if (!UNDEFINED_COLUMN.equals(e.getSQLState())) {
        throw e;
      }
    }
  }

  /** Reads all rows; answers the first column of the last, where that is a number. */
  private long query(ShopStatement statement, Object... parameters) throws SQLException {
    try (PreparedStatement prepared = prepare(statement, parameters);
        ResultSet rows = prepared.executeQuery()) {
      long last = 0;
      while (rows.next()) {
        last = rows.getObject(1) instanceof Number number ? number.longValue() : 0;
      }
      return last;
    }
  }

  private void update(ShopStatement statement, Object... parameters) throws SQLException {
    try (PreparedStatement prepared = prepare(statement, parameters)) {
      prepared.executeUpdate();
    }
  }

  private PreparedStatement prepare(ShopStatement statement, Object... parameters)
      throws SQLException {
    PreparedStatement prepared = connection.prepareStatement(statement.sql());
    for (int i = 0; i < parameters.length; i++) {
      prepared.setObject(i + 1, parameters[i]);
    }
    return prepared;
  }

  private long customer() {
    return 1L + random.nextInt(CUSTOMERS);
  }

  private int product() {
    return 1 + random.nextInt(PRODUCTS);
  }

  private long order() {
    return 1L + random.nextInt(ORDERS);
  }
}
