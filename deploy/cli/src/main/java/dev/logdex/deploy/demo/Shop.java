package dev.logdex.deploy.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;

/**
 * The demo's databases on one server: the shop itself, whose statements are logged, and the copy of
 * it that is analysed, whose are not.
 */
public final class Shop {
  /** The shop's database, as the log names it. */
  public static final String DATABASE = "shop";

  /** The copy that plans are made on. */
  public static final String COPY = "shop_copy";

  /** May read the copy and nothing else. */
  public static final String ANALYST = "logdex_analyst";

  private static final String SCHEMA = "shop.sql";

  private Shop() {}

  /**
   * Creates both databases, and the role that plans are made as.
   *
   * @param serverUrl of a database of the server in JDBC's form; {@link #url} gives those created
   * @param superuser user and password of who may create all this
   * @param password for {@link #ANALYST}
   */
  public static void open(String serverUrl, Properties superuser, String password)
      throws SQLException {
    execute(serverUrl, superuser, List.of("CREATE DATABASE " + DATABASE));
    execute(url(serverUrl, DATABASE), superuser, List.of(script()));
    execute(
        serverUrl,
        superuser,
        List.of(
            // nobody is connected to the shop yet, so it can be copied whole
            "CREATE DATABASE " + COPY + " TEMPLATE " + DATABASE,
            "CREATE ROLE " + ANALYST + " LOGIN PASSWORD '" + password + "'",
            "ALTER DATABASE " + DATABASE + " SET log_min_duration_statement = 0",
            // what Logdex asks the copy must not look like something that the shop asked
            "ALTER DATABASE " + COPY + " SET log_min_duration_statement = -1",
            "ALTER DATABASE " + COPY + " SET log_min_messages = 'fatal'"));
    execute(
        url(serverUrl, COPY),
        superuser,
        List.of(
            "CREATE EXTENSION IF NOT EXISTS hypopg",
            "GRANT SELECT ON ALL TABLES IN SCHEMA public TO " + ANALYST));
  }

  /** The address of another database of the same server. */
  public static String url(String serverUrl, String database) {
    int end = serverUrl.indexOf('?');
    String base = end < 0 ? serverUrl : serverUrl.substring(0, end);
    String options = end < 0 ? "" : serverUrl.substring(end);
    return base.substring(0, base.lastIndexOf('/') + 1) + database + options;
  }

  private static void execute(String url, Properties login, List<String> statements)
      throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, login);
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
