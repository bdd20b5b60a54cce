package dev.logdex.recommender.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.logdex.analyzer.event.ExistingIndex;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.embedded.LocalPostgres;
import dev.logdex.recommender.AnalysisBuilder;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.upkeep.Finding;
import dev.logdex.recommender.upkeep.OtherAdvice;
import dev.logdex.recommender.upkeep.UpkeepPolicy;
import dev.logdex.recommender.usage.IndexUsage;
import dev.logdex.recommender.usage.NodeUsage;
import dev.logdex.recommender.usage.Reading;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A primary and a replica that streams from it, both real. */
class PostgresUsageIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static LocalPostgres primary;
  private static LocalPostgres replica;
  private static String database;

  @BeforeAll
  static void start() throws SQLException {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put(LocalPostgres.ADDRESS_VARIABLE, ""); // another's server has no replica
    primary =
        LocalPostgres.start(
            environment,
            Map.of("wal_level", "replica", "max_wal_senders", "4"),
            System.err::println);
    database = primary.createDatabase("usage_it");
    execute(
        primary,
        "CREATE TABLE orders (id int PRIMARY KEY, customer_id int, city text);"
            + " INSERT INTO orders SELECT i, i % 1000, 'c' || i % 50 FROM generate_series(1, 50000) i;"
            + " CREATE INDEX by_customer ON orders (customer_id);"
            + " CREATE INDEX by_city ON orders (city);"
            + " CREATE INDEX by_both ON orders (customer_id, city)");
    // commits are asynchronous, and VACUUM passes over pages whose commit is not on disk yet
    await()
        .until(
            () -> {
              execute(primary, "VACUUM ANALYZE orders");
              return Double.valueOf(1)
                  .equals(
                      reading(primary)
                          .table("public", "orders")
                          .orElseThrow()
                          .allVisibleFraction());
            });
    try {
      replica = primary.startReplica();
    } catch (UnsupportedOperationException e) {
      assumeThat(false)
          .as("skipped: a replica needs Postgres's programs here, and there is only %s", primary)
          .isTrue();
    }
    read(primary, "id = 7");
  }

  @AfterAll
  static void stop() {
    if (replica != null) {
      replica.close();
    }
    if (primary != null) {
      primary.close();
    }
  }

  private static Connection connect(LocalPostgres server) throws SQLException {
    return DriverManager.getConnection(server.superuserUrl(database));
  }

  private static void execute(LocalPostgres server, String sql) throws SQLException {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /**
   * Reads one row's worth through an index, in a session that ends and so hands its counts over.
   */
  private static void read(LocalPostgres server, String condition) throws SQLException {
    execute(server, "SET enable_seqscan = off; SELECT count(*) FROM orders WHERE " + condition);
  }

  private static String node(LocalPostgres server) {
    URI uri = URI.create(server.superuserUrl(database).substring("jdbc:".length()));
    return "shop=postgresql://%s:%d/%s?%s"
        .formatted(uri.getHost(), uri.getPort(), database, uri.getRawQuery());
  }

  private static IndexUsage usage(LocalPostgres... servers) {
    return new IndexUsage(
        new PostgresUsage(
                NodeAddress.parseAll(
                    String.join(",", List.of(servers).stream().map(s -> node(s)).toList())),
                TIMEOUT)
            .read());
  }

  private static List<String> unused(IndexUsage usage) {
    AnalysisBuilder orders = AnalysisBuilder.table("shop", "public", "orders");
    for (String index : List.of("by_customer", "by_city", "by_both")) {
      orders.existing(
          new ExistingIndex(
              index, AnalysisBuilder.btree(index), "CREATE INDEX", false, false, true, 1_000_000));
    }
    TableAnalysis analysis = orders.build();
    UpkeepPolicy atOnce =
        new UpkeepPolicy(
            Set.of(Finding.UNUSED), Duration.ZERO, 32 * 1024, 0.1, 2, 0, 0.8, Duration.ofDays(7));
    return new OtherAdvice(atOnce)
        .of(analysis, usage, List.of()).stream().map(Recommendation::indexName).sorted().toList();
  }

  private static Reading reading(LocalPostgres server) {
    return Objects.requireNonNull(usage(server).nodes().get(0).reading());
  }

  private static long scans(LocalPostgres server, String index) {
    return reading(server).index("public", index).orElseThrow().scans();
  }

  @Test
  void anIndexThatOnlyTheReplicaReadsIsNotCalledUnused() throws SQLException {
    read(replica, "city = 'c7'");
    await().until(() -> scans(replica, "by_city") > 0);

    assertThat(scans(primary, "by_city")).isZero();
    assertThat(unused(usage(primary, replica)))
        .contains("by_both", "by_customer")
        .doesNotContain("by_city");
  }

  @Test
  void withoutAllNodesNothingIsCalledUnused() {
    assertThat(unused(usage(primary))).isEmpty();
    assertThat(unused(usage(replica))).isEmpty();
    List<NodeUsage> withOneDown =
        new PostgresUsage(
                NodeAddress.parseAll(
                    node(primary)
                        + ","
                        + node(replica)
                        + ",shop=postgresql://u:secret@127.0.0.1:1/shop"),
                TIMEOUT)
            .read();

    assertThat(unused(new IndexUsage(withOneDown))).isEmpty();
    assertThat(withOneDown.get(2).reading()).isNull();
    assertThat(withOneDown.get(2).failure()).contains("08001").doesNotContain("secret");
  }

  @Test
  void aNodeTellsWhatItIsAndSinceWhenItCounts() {
    Reading first = reading(primary);
    Reading second = reading(replica);

    assertThat(first.replica()).isFalse();
    assertThat(first.standbys()).isEqualTo(1);
    assertThat(second.replica()).isTrue();
    assertThat(second.standbys()).isZero();
    assertThat(first.countedSince()).isNotNull().isBefore(first.readAt());
    assertThat(second.countedSince()).isNotNull().isBefore(second.readAt());
  }

  @Test
  void aResetIsWhenCountingBegan() throws SQLException {
    String other = primary.createDatabase("usage_reset");
    String url = primary.superuserUrl(other);
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_stat_reset()");
      try (ResultSet now = statement.executeQuery("SELECT extract(epoch FROM now())")) {
        now.next();
        long seconds = now.getLong(1);
        URI uri = URI.create(url.substring("jdbc:".length()));
        NodeAddress node =
            NodeAddress.parse(
                "postgresql://%s:%d/%s?%s"
                    .formatted(uri.getHost(), uri.getPort(), other, uri.getRawQuery()));
        await()
            .untilAsserted(
                () ->
                    assertThat(
                            Objects.requireNonNull(
                                    new PostgresUsage(List.of(node), TIMEOUT)
                                        .read()
                                        .get(0)
                                        .reading())
                                .countedSince()
                                .getEpochSecond())
                        .isBetween(seconds - 60, seconds + 60));
      }
    } finally {
      primary.dropDatabase(other);
    }
  }

  @Test
  void sizesEntriesAndVisibilityAreThoseOfProduction() {
    Reading reading = reading(primary);

    assertThat(reading.index("public", "by_customer").orElseThrow())
        .satisfies(
            index -> {
              assertThat(index.entries()).isEqualTo(50_000.0);
              assertThat(index.sizeBytes()).isGreaterThan(32L * 1024);
            });
    assertThat(reading.table("public", "orders").orElseThrow())
        .satisfies(
            table -> {
              assertThat(table.allVisibleFraction()).isEqualTo(1.0);
              assertThat(table.analysedAt()).isNotNull();
            });
  }

  @Test
  void aRoleWithoutRightsIsEnough() throws SQLException {
    execute(primary, "DROP ROLE IF EXISTS usage_reader");
    execute(primary, "CREATE ROLE usage_reader LOGIN PASSWORD 'r3ader'");
    URI uri = URI.create(primary.superuserUrl(database).substring("jdbc:".length()));
    NodeAddress node =
        NodeAddress.parse(
            "shop=postgresql://usage_reader:r3ader@%s:%d/%s"
                .formatted(uri.getHost(), uri.getPort(), database));

    NodeUsage read = new PostgresUsage(List.of(node), TIMEOUT).read().get(0);

    // a role without any right sees all of it
    assertThat(read.failure()).isEmpty();
    assertThat(Objects.requireNonNull(read.reading()).standbys()).isEqualTo(1);
    assertThat(read.reading().indexes()).hasSize(4);
  }
}
