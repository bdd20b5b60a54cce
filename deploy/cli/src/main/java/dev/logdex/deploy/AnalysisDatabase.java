package dev.logdex.deploy;

import dev.logdex.analyzer.database.DatabaseAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Whether plans can be made on a database, asked before a long log is read in vain. */
final class AnalysisDatabase {
  private static final String CONNECT_TIMEOUT_S = "10";
  private static final String STATE =
      """
      SELECT current_setting('server_version_num')::integer / 10000,
             EXISTS (SELECT FROM pg_extension WHERE extname = 'hypopg'),
             EXISTS (SELECT FROM pg_available_extensions WHERE name = 'hypopg')""";

  private final DatabaseAddress address;

  AnalysisDatabase(DatabaseAddress address) {
    this.address = address;
  }

  /**
   * Makes sure that the database can be reached and has HypoPG.
   *
   * @param createExtension whether HypoPG may be created in it when it is not
   * @throws CommandFailure that says what to do
   */
  void check(boolean createExtension) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      Extension hypopg = hypopg(statement);
      if (hypopg.created()) {
        return;
      }
      if (!hypopg.available()) {
        throw notInstalled(hypopg.serverVersion());
      }
      if (!createExtension) {
        throw new CommandFailure(
            "HypoPG is installed on the server of "
                + address
                + " but not created in this database.\n"
                + "  Run CREATE EXTENSION hypopg there, or give --create-extension to have it done.");
      }
      statement.execute("CREATE EXTENSION IF NOT EXISTS hypopg");
    } catch (SQLException e) {
      throw new CommandFailure(complaint(e), e);
    }
  }

  /**
   * @param serverVersion the major one
   */
  private record Extension(int serverVersion, boolean created, boolean available) {}

  private static Extension hypopg(Statement statement) throws SQLException {
    try (ResultSet found = statement.executeQuery(STATE)) {
      found.next();
      return new Extension(found.getInt(1), found.getBoolean(2), found.getBoolean(3));
    }
  }

  private Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("ApplicationName", "logdex");
    properties.setProperty("connectTimeout", CONNECT_TIMEOUT_S);
    properties.setProperty("loginTimeout", CONNECT_TIMEOUT_S);
    properties.putAll(address.properties());
    return DriverManager.getConnection(address.jdbcUrl(), properties);
  }

  private CommandFailure notInstalled(int version) {
    return new CommandFailure(
        String.format(
            "The server of %s has no HypoPG, without which no index can be tried.%n"
                + "  Install it there (Debian, Ubuntu: postgresql-%d-hypopg; Red Hat: hypopg_%d)"
                + " and run CREATE EXTENSION hypopg in the database.%n"
                + "  Where that cannot be done, restore a dump into a Postgres of your own and"
                + " give that one.",
            address, version, version));
  }

  private String complaint(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    if (hasCause(e, UnknownHostException.class)) {
      return "There is no host of the name in " + address + ".";
    }
    if (state.equals("42501")) {
      return "HypoPG cannot be created in "
          + address
          + " by this user.\n  Have a superuser run CREATE EXTENSION hypopg there.";
    }
    return "Cannot use the database "
        + address
        + ": "
        + e.getMessage()
        + "\n  "
        + advice(state, String.valueOf(e.getMessage()));
  }

  private static String advice(String state, String message) {
    if (state.startsWith("28") || message.contains("password")) {
      return "Give user and password as postgresql://user:password@host:port/database, or the"
          + " password in ~/.pgpass.";
    }
    if (state.startsWith("3D")) {
      return "The database's name is the part after the last slash of the address.";
    }
    return "Give the address as postgresql://user:password@host:port/database.";
  }

  private static boolean hasCause(Throwable e, Class<? extends Throwable> type) {
    for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }
}
