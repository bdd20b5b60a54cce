package dev.logdex.analyzer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logdex.analyzer.event.UnplannedStatements;
import dev.logdex.analyzer.postgres.ShopDatabase;
import dev.logdex.embedded.LocalPostgres;
import dev.logdex.normalizer.event.QueryWindow;
import dev.logdex.runtime.Topic;
import io.prometheus.client.CollectorRegistry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever happens to an analysis database, the analyses are in the end as if nothing had. */
@Timeout(500)
class OutagesIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static LocalPostgres server;
  private static ShopDatabase shop;
  private static List<String> undisturbed;

  private final AnalysisTopics topics = AnalysisTopics.create();

  @BeforeAll
  static void create() {
    server = LocalPostgres.start(System.getenv(), Map.of(), line -> {});
    shop = ShopDatabase.create(server, "outages");
    AnalysisTopics calm = AnalysisTopics.create();
    try (Analyzer analyzer = calm.analyzer(shop.url())) {
      analyzer.start();
      calm.send(windows(0, 60));
      calm.awaitAnalysed(PATIENCE);
    }
    undisturbed = calm.newest();
    assertThat(undisturbed).hasSizeGreaterThan(5);
  }

  @AfterAll
  static void close() {
    if (server != null) {
      server.close();
    }
  }

  /** Statements on all tables, some of them without a plan. */
  private static QueryWindow[] windows(int from, int to) {
    List<QueryWindow> windows = new ArrayList<>();
    String[] forms = {
      "select * from orders where customer_id = %d",
      "select * from orders where doc = %d order by shipped_at desc limit 3",
      "select * from customers where email = 'user%d@example.org'",
      "select * from line_items i join orders o on o.id = i.order_id where o.doc = %d",
      "select * from events where customer_id = %d",
      "select * from orders o join customers c on c.id = o.customer_id where c.country = 'country %d'",
      "select * from products where sku = 'sku %d'",
      "select * from nothere where a = %d",
      "select * from orders where \"Kind\" = %d and cents > 100",
      "select max(cents) from orders where status = 'status %d' and doc < 10"
    };
    for (int i = from; i < to; i++) {
      String form = forms[i % forms.length] + (i < forms.length ? "" : " -- " + i);
      String text =
          forms[i % forms.length].replace("%d", "$1")
              + (i < forms.length ? "" : " ")
              + "/* "
              + i
              + " */";
      windows.add(AnalysisTopics.window(i + 1, i % 5, 10 + i, text, String.format(form, i)));
    }
    return windows.toArray(QueryWindow[]::new);
  }

  @Test
  void killedAndRestartedTenTimes() {
    Random random = new Random(4);
    try (Analyzer analyzer = topics.analyzer(shop.url())) {
      analyzer.start();
      for (int kill = 0; kill < 10; kill++) {
        topics.send(windows(kill * 6, kill * 6 + 6));
        // long enough for a round to be in the midst of anything
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200 + random.nextInt(1_500)));
        server.crashAndRestart();
        assertThat(analyzer.failure()).isEmpty();
      }
      topics.awaitAnalysed(PATIENCE);
    }
    assertThat(topics.newest()).isEqualTo(undisturbed);
    assertThat(topics.read(Topic.DEAD_LETTERS)).hasSize(6);
  }

  @Test
  void aTableThatIsLockedForAWhileIsWaitedForAndHoldsUpNoOther() throws Exception {
    try (Analyzer analyzer = topics.analyzer(shop.url())) {
      try (Connection connection = DriverManager.getConnection(shop.url());
          Statement lock = connection.createStatement()) {
        connection.setAutoCommit(false);
        lock.execute("LOCK TABLE customers IN ACCESS EXCLUSIVE MODE");
        analyzer.start();
        topics.send(windows(0, 60));
        await()
            .atMost(PATIENCE)
            .untilAsserted(() -> assertThat(topics.keys()).contains("shop/public.events"));
        assertThat(topics.keys()).doesNotContain("shop/public.customers");
        await().atMost(PATIENCE).until(() -> gauge("logdex_analyzer_waiting_for_locks") > 0);
        assertThat(topics.isAnalysed()).isFalse();
        connection.rollback();
      }
      topics.awaitAnalysed(PATIENCE);
    }
    assertThat(topics.newest()).isEqualTo(undisturbed);
    assertThat(topics.read(Topic.DEAD_LETTERS)).hasSize(6);
  }

  @Test
  void aLockThatIsNeverLetGoOfIsToldAndHoldsUpNothingForEver() throws SQLException {
    try (Analyzer analyzer = topics.analyzer(shop.url());
        Connection connection = DriverManager.getConnection(shop.url());
        Statement lock = connection.createStatement()) {
      connection.setAutoCommit(false);
      lock.execute("LOCK TABLE products IN ACCESS EXCLUSIVE MODE");
      analyzer.start();
      topics.send(windows(0, 10));
      topics.awaitAnalysed(PATIENCE);
      assertThat(topics.keys()).contains("shop/public.orders");
      assertThat(((UnplannedStatements) topics.analysis("shop/")).statements())
          .anySatisfy(each -> assertThat(each.reason()).hasToString("PLAN_TIMEOUT"));
      connection.rollback();
    }
  }

  @Test
  void noConnectionToBeHad() {
    shop.execute("ALTER DATABASE " + shop.name() + " CONNECTION LIMIT 0");
    // a superuser is let in nevertheless, so the database refuses all
    shop.executeElsewhere("ALTER DATABASE " + shop.name() + " ALLOW_CONNECTIONS false");
    try (Analyzer analyzer = topics.analyzer(shop.url())) {
      analyzer.start();
      topics.send(windows(0, 60));
      await().atMost(PATIENCE).until(() -> gauge("logdex_analyzer_databases_waiting") > 0);
      assertThat(topics.keys()).isEmpty();
      shop.executeElsewhere(
          "ALTER DATABASE " + shop.name() + " ALLOW_CONNECTIONS true CONNECTION LIMIT -1");
      topics.awaitAnalysed(PATIENCE);
    }
    assertThat(topics.newest()).isEqualTo(undisturbed);
  }

  @Test
  void hypopgIsTakenAwayForAWhile() {
    try (Analyzer analyzer = topics.analyzer(shop.url())) {
      analyzer.start();
      topics.send(windows(0, 6));
      topics.awaitAnalysed(PATIENCE);
      shop.execute("DROP EXTENSION hypopg");
      topics.send(windows(6, 60));
      await().atMost(PATIENCE).until(() -> gauge("logdex_analyzer_databases_waiting") > 0);
      shop.execute("CREATE EXTENSION hypopg");
      topics.awaitAnalysed(PATIENCE);
    }
    assertThat(topics.newest()).isEqualTo(undisturbed);
    assertThat(topics.read(Topic.DEAD_LETTERS)).hasSize(6);
  }

  @Test
  void aCloneThatIsRefreshedIsAnalysedAnew() {
    ShopDatabase clone = ShopDatabase.create(server, "refreshed");
    try (Analyzer analyzer = topics.analyzer(clone.url())) {
      analyzer.start();
      topics.send(windows(0, 30));
      clone.recreate();
      topics.send(windows(30, 60));
      topics.awaitAnalysed(PATIENCE);
      clone.execute("CREATE INDEX fresh ON orders (doc)");
      topics.send(
          AnalysisTopics.window(61, 4, 1, "select * from settings", "select * from settings"));
      topics.awaitAnalysed(PATIENCE);
      assertThat(topics.table("shop/public.orders").existingIndexes())
          .anySatisfy(index -> assertThat(index.name()).isEqualTo("fresh"));
    }
  }

  @Test
  void othersGoOnWhileOneIsAway() throws Exception {
    ShopDatabase other = ShopDatabase.create(server, "other");
    String away = shop.url().replace(shop.name() + "?", "not_there?");
    try (Analyzer analyzer = topics.analyzer("shop=" + other.url() + ",gone=" + away)) {
      analyzer.start();
      topics.send(windows(0, 10));
      topics.send(
          AnalysisTopics.window("gone", 99, 1, 1, "select 1 from orders", "select 1 from orders"));
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(topics.keys()).contains("shop/public.orders"));
      assertThat(topics.isAnalysed()).isFalse();
    }
  }

  private static double gauge(String name) {
    Double value = CollectorRegistry.defaultRegistry.getSampleValue(name);
    return value == null ? 0 : value;
  }
}
