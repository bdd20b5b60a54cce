package dev.logdex.analyzer.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.logdex.analyzer.database.DatabaseAddress;
import dev.logdex.analyzer.whatif.DatabaseAnalyser;
import dev.logdex.analyzer.whatif.DatabaseAnalysis;
import dev.logdex.analyzer.whatif.WhatIfMemory;
import dev.logdex.analyzer.workload.WeightedSample;
import dev.logdex.analyzer.workload.WorkloadStatement;
import dev.logdex.embedded.ItParts;
import dev.logdex.embedded.PostgresServer;
import dev.logdex.normalizer.event.Fingerprint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A database with a small shop in it, on the real Postgres of the integration tests. */
public final class ShopDatabase implements AutoCloseable {
  public static final Timeouts TIMEOUTS =
      new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(1));
  public static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  /** What may be built on the shop when it is a disposable copy. */
  public static final BuildLimits BUILDS =
      new BuildLimits(Duration.ofSeconds(30), 1L << 30, Duration.ofMinutes(5));

  private final PostgresServer server;
  private final String name;

  private ShopDatabase(PostgresServer server, String name) {
    this.server = server;
    this.name = name;
  }

  public static ShopDatabase create(String name) {
    return create(ItParts.postgres(), name);
  }

  /** The same on another server than that of the integration tests. */
  public static ShopDatabase create(PostgresServer server, String name) {
    return create(server, name, "/shop.sql");
  }

  /** A database with something else in it. */
  static ShopDatabase create(String name, String script) {
    return create(ItParts.postgres(), name, script);
  }

  private static ShopDatabase create(PostgresServer server, String name, String script) {
    ShopDatabase shop = new ShopDatabase(server, server.createDatabase(name));
    shop.execute(script(script));
    return shop;
  }

  /** Drops the database, whoever is connected, and makes it anew, as a refreshed clone is. */
  public void recreate() {
    executeElsewhere("DROP DATABASE " + name + " WITH (FORCE)");
    executeElsewhere("CREATE DATABASE " + name + " TEMPLATE template0");
    execute(script("/shop.sql"));
  }

  /** Runs a statement on the server, but in another database. */
  public void executeElsewhere(String sql) {
    execute(server.superuserUrl("postgres"), sql);
  }

  private static String script(String name) {
    try (InputStream in = ShopDatabase.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With a table for every kind of clause, vacuumed, and some odd ones. */
  public static ShopDatabase createWithTickets(String name) {
    ShopDatabase shop = create(name);
    shop.execute(script("/tickets.sql"));
    List.of("tickets", "line_items", "places").forEach(shop::vacuum);
    return shop;
  }

  /** Vacuums a table until every page is marked as visible to all. */
  void vacuum(String table) {
    // a page is not all-visible as long as another session, such as autovacuum's, looks back
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              execute("VACUUM (ANALYZE) " + table);
              return isAllVisible(table);
            });
  }

  private boolean isAllVisible(String table) {
    return query(
            "SELECT relallvisible >= relpages FROM pg_class WHERE oid = '" + table + "'::regclass")
        .startsWith("t");
  }

  public String url() {
    return server.superuserUrl(name);
  }

  public String name() {
    return name;
  }

  public DatabaseAddress address() {
    return DatabaseAddress.parse(url());
  }

  public PostgresDatabase open() {
    return new PostgresDatabase(address(), TIMEOUTS);
  }

  /** The same as a disposable copy. */
  public PostgresDatabase openCopy(BuildLimits limits) {
    return new PostgresDatabase(address(), TIMEOUTS, limits);
  }

  /** Analyses statements on the shop as a disposable copy. */
  public DatabaseAnalysis analyseCopy(String... statements) {
    try (PostgresDatabase database = openCopy(BUILDS)) {
      return analyse(database, new WhatIfMemory(10_000, 16 << 20), workload(statements));
    }
  }

  /** Analyses statements, each called once a minute, as they stand. */
  public DatabaseAnalysis analyse(String... statements) {
    return analyse(address(), statements);
  }

  /** The same as another user. */
  DatabaseAnalysis analyse(DatabaseAddress address, String... statements) {
    return analyse(address, workload(statements));
  }

  private static List<WorkloadStatement> workload(String... statements) {
    List<WorkloadStatement> workload = new ArrayList<>();
    for (int i = 0; i < statements.length; i++) {
      workload.add(
          statement(i + 1, statements[i], new WeightedSample(statements[i], List.of(), 1)));
    }
    return workload;
  }

  public DatabaseAnalysis analyse(List<WorkloadStatement> workload) {
    return analyse(address(), workload);
  }

  private static DatabaseAnalysis analyse(
      DatabaseAddress address, List<WorkloadStatement> workload) {
    try (PostgresDatabase database = new PostgresDatabase(address, TIMEOUTS)) {
      return analyse(database, new WhatIfMemory(10_000, 16 << 20), workload);
    }
  }

  static DatabaseAnalysis analyse(
      PostgresDatabase database, WhatIfMemory memory, List<WorkloadStatement> workload) {
    return new DatabaseAnalyser(database, "shop", memory, new DatabaseAnalyser.Limits(1_000, 200))
        .analyse(workload, NOW);
  }

  public static WorkloadStatement statement(long id, String text, WeightedSample... samples) {
    return new WorkloadStatement(
        "shop", new Fingerprint(id), text, 1, 1, 1, 5, Arrays.asList(samples));
  }

  public void execute(String sql) {
    execute(url(), sql);
  }

  private static void execute(String url, String sql) {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first column of all rows, a line each. */
  public String query(String sql) {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      StringBuilder lines = new StringBuilder();
      while (rows.next()) {
        lines.append(rows.getString(1)).append('\n');
      }
      return lines.toString();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.dropDatabase(name);
  }
}
