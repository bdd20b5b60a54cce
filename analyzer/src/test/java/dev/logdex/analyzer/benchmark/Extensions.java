package dev.logdex.analyzer.benchmark;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Puts an extension into a database. */
final class Extensions {
  private Extensions() {}

  static void create(String url, String extension) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE EXTENSION IF NOT EXISTS " + extension);
    }
  }
}
