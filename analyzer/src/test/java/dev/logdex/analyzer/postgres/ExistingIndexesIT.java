package dev.logdex.analyzer.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.event.ScanCost;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.analyzer.plan.PlanJson;
import dev.logdex.analyzer.whatif.DatabaseAnalyser;
import dev.logdex.analyzer.whatif.DatabaseAnalysis;
import dev.logdex.analyzer.whatif.WhatIfMemory;
import dev.logdex.analyzer.workload.WeightedSample;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What each existing index is worth by itself, and what its loss would cost. */
class ExistingIndexesIT {
  private static final Percentage MARGIN = Percentage.withPercentage(1);
  private static final String LOOK_UP = "SELECT * FROM orders WHERE customer_id = 77 AND doc = 5";
  private static final BuildLimits COPY =
      new BuildLimits(Duration.ofSeconds(30), 1L << 40, Duration.ofMinutes(5));

  private static ShopDatabase shop;

  @BeforeAll
  static void create() {
    shop = ShopDatabase.create("existing");
    shop.execute("CREATE INDEX pair ON orders (customer_id, doc)");
    shop.execute("CREATE INDEX customer ON orders (customer_id)");
    shop.execute("CREATE INDEX document ON orders (doc)");
    shop.execute("ANALYZE orders");
  }

  @AfterAll
  static void drop() {
    if (shop != null) {
      shop.close();
    }
  }

  private static Map<String, ScanCost> cells(BuildLimits copy, String sql) {
    try (DatabasePool pool =
        new DatabasePool(
            2, () -> new PostgresDatabase(shop.address(), ShopDatabase.TIMEOUTS, copy))) {
      DatabaseAnalysis analysis =
          new DatabaseAnalyser(
                  pool,
                  "shop",
                  new WhatIfMemory(1_000, 16 << 20),
                  new DatabaseAnalyser.Limits(1_000, 200),
                  2)
              .analyse(
                  List.of(ShopDatabase.statement(1, sql, new WeightedSample(sql, List.of(), 1))),
                  ShopDatabase.NOW);
      TableAnalysis orders = analysis.tables().get(0);
      Map<String, ScanCost> cells = new TreeMap<>();
      orders.costs().stream()
          .filter(
              cell ->
                  orders.existingIndexes().stream()
                      .anyMatch(index -> index.name().equals(cell.index())))
          .forEach(cell -> cells.put(cell.index(), cell));
      return cells;
    }
  }

  /** What the planner says when the others are really gone. */
  private static double costOf(String index) {
    return costWithout(
        Stream.of("pair", "customer", "document").filter(each -> !each.equals(index)).toList());
  }

  private static double costWithout(List<String> dropped) {
    try (Connection connection = DriverManager.getConnection(shop.url());
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (String index : dropped) {
        statement.execute("DROP INDEX " + index);
      }
      try (ResultSet plan = statement.executeQuery("EXPLAIN (FORMAT JSON) " + LOOK_UP)) {
        plan.next();
        return PlanJson.parse(plan.getString(1)).totalCost();
      } finally {
        connection.rollback();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void onACopyEachIndexThatCouldServeHasACell() {
    String before = shop.query("SELECT indexrelid || ' ' || indisvalid FROM pg_index ORDER BY 1");
    Map<String, ScanCost> cells = cells(COPY, LOOK_UP);
    assertThat(cells).containsOnlyKeys("pair", "customer", "document");
    assertThat(cells.get("pair").cost()).isCloseTo(costOf("pair"), MARGIN);
    assertThat(cells.get("customer").cost()).isCloseTo(costOf("customer"), MARGIN);
    assertThat(cells.get("document").cost()).isCloseTo(costOf("document"), MARGIN);
    assertThat(cells.get("document").cost()).isGreaterThan(5 * cells.get("pair").cost());
    assertThat(shop.query("SELECT indexrelid || ' ' || indisvalid FROM pg_index ORDER BY 1"))
        .isEqualTo(before);
  }

  @Test
  void theLossOfTheIndexInUseIsWhatTheNextBestCosts() {
    Map<String, ScanCost> cells = cells(COPY, LOOK_UP);
    assertThat(cells.values().stream().filter(cell -> cell.costWithout() != null))
        .singleElement()
        .satisfies(
            cell ->
                assertThat(cell.costWithout())
                    .isCloseTo(costWithout(List.of(cell.index())), MARGIN));
  }

  @Test
  void elsewhereOnlyTheIndexInUseHasOne() {
    Map<String, ScanCost> cells = cells(null, LOOK_UP);
    assertThat(cells).hasSize(1);
    assertThat(cells.values()).extracting(ScanCost::costWithout).containsOnlyNulls();
  }
}
