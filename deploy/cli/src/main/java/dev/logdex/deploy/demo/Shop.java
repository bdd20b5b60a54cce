package dev.logdex.deploy.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdex.embedded.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The demo's databases on one server: the shop itself, whose statements are logged, and the copy of
 * it that is analysed, whose are not.
 */
public final class Shop {
  private static final String SCHEMA = "shop.sql";

  private final PostgresServer server;
  private final String database;
  private final String copy;
  private final String analyst;
  private final String password;

  private Shop(PostgresServer server, String database, String password) {
    this.server = server;
    this.database = database;
    this.copy = database + "_copy";
    this.analyst = database + "_analyst";
    this.password = password;
  }

  /**
   * Creates both databases, and the role that plans are made as.
   *
   * @param password for that role; letters, digits and hyphens
   */
  public static Shop open(PostgresServer server, String password) throws SQLException {
    Shop shop = new Shop(server, server.createDatabase("shop"), password);
    shop.execute(shop.database, List.of(script()));
    shop.copy();
    return shop;
  }

  /** The shop's database, as the log names it. */
  public String database() {
    return database;
  }

  /** Where the shop's own application logs in, with user and password. */
  public String url() {
    return server.superuserUrl(database);
  }

  /** The copy's name. */
  public String copyName() {
    return copy;
  }

  /** The copy's address for whoever makes plans on it, in libpq's form, with its password. */
  public String copyAddress() {
    URI jdbc = URI.create(server.superuserUrl(copy).substring("jdbc:".length()));
    return "postgresql://" + analyst + ":" + password + "@" + jdbc.getAuthority() + "/" + copy;
  }

  private void copy() throws SQLException {
    execute(
        "postgres",
        List.of(
            // nobody is connected to the shop yet, so it can be copied whole
            "CREATE DATABASE " + copy + " TEMPLATE " + database,
            "CREATE ROLE " + analyst + " LOGIN PASSWORD '" + password + "'",
            "ALTER ROLE " + analyst + " SET default_transaction_read_only = on",
            "ALTER DATABASE " + database + " SET log_min_duration_statement = 0",
            // what Logdex asks the copy must not look like something that the shop asked
            "ALTER DATABASE " + copy + " SET log_min_duration_statement = -1",
            "ALTER DATABASE " + copy + " SET log_min_messages = 'fatal'"));
    execute(
        copy,
        List.of(
            "CREATE EXTENSION IF NOT EXISTS hypopg",
            // even to plan a write takes the right to it; read-only transactions never use it
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO " + analyst,
            // the copy is disposable: indexes may be built in it to be rolled back, as by its owner
            "GRANT CREATE ON SCHEMA public TO " + analyst,
            """
            DO $$
              DECLARE relation regclass;
              BEGIN
                FOR relation IN SELECT c.oid FROM pg_class c
                  WHERE c.relkind IN ('r', 'p', 'm') AND c.relnamespace = 'public'::regnamespace
                LOOP EXECUTE 'ALTER TABLE ' || relation || ' OWNER TO %s'; END LOOP;
              END $$"""
                .formatted(analyst)));
  }

  private void execute(String inDatabase, List<String> statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(server.superuserUrl(inDatabase));
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static String script() {
    try (InputStream in = Shop.class.getResourceAsStream(SCHEMA)) {
      if (in == null) {
        throw new IllegalStateException(SCHEMA + " is not beside " + Shop.class);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
