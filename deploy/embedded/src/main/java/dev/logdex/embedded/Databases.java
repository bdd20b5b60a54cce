package dev.logdex.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** The databases that were made on one server. */
final class Databases {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");
  private static final String DUPLICATE_DATABASE = "42P04";

  private final SuperuserAddress address;
  private final UnaryOperator<String> firstName;
  private final List<String> made = new ArrayList<>();

  /**
   * @param firstName what a wanted name becomes; the result is used when the server has no such
   *     database yet
   */
  Databases(SuperuserAddress address, UnaryOperator<String> firstName) {
    this.address = address;
    this.firstName = firstName;
  }

  synchronized String create(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a plain name for a database: " + name);
    }
    String first = firstName.apply(name);
    String database = first;
    for (int number = 2; !tryCreate(database); number++) {
      database = first + "_" + number;
    }
    made.add(database);
    return database;
  }

  synchronized void drop(String database) {
    if (!made.remove(database)) {
      throw new IllegalArgumentException("not a database that was made here: " + database);
    }
    dropForced(database);
  }

  synchronized void dropAll() {
    made.forEach(this::dropForced);
    made.clear();
  }

  /**
   * Makes sure that databases can be made here and that HypoPG can be created in them.
   *
   * @throws PostgresUnavailableException when not
   */
  void check() {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                """
                SELECT EXISTS (SELECT FROM pg_available_extensions WHERE name = 'hypopg'),
                       (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)""")) {
      found.next();
      require(found.getBoolean(1), "has no HypoPG");
      require(found.getBoolean(2), "was given with a user that is not a superuser");
    } catch (SQLException e) {
      throw new PostgresUnavailableException(
          "cannot use the server at " + address + ": " + e.getMessage(), e);
    }
  }

  private void require(boolean condition, String complaint) {
    if (!condition) {
      throw new PostgresUnavailableException("the server at " + address + " " + complaint);
    }
  }

  private boolean tryCreate(String database) {
    try {
      execute("CREATE DATABASE \"" + database + "\" TEMPLATE template0");
      return true;
    } catch (SQLException e) {
      if (DUPLICATE_DATABASE.equals(e.getSQLState())) {
        return false;
      }
      throw new IllegalStateException("cannot create the database " + database, e);
    }
  }

  private void dropForced(String database) {
    try {
      execute("DROP DATABASE IF EXISTS \"" + database + "\" WITH (FORCE)");
    } catch (SQLException e) {
      throw new IllegalStateException("cannot drop the database " + database, e);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(address.jdbcUrl(address.database()));
  }
}
