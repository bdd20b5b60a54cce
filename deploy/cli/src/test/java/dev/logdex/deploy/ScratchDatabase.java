package dev.logdex.deploy;

import dev.logdex.embedded.ItParts;
import dev.logdex.embedded.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A database with HypoPG for one test, and what is in it. */
final class ScratchDatabase implements AutoCloseable {
  private static final List<String> CATALOGS =
      List.of(
          "pg_class",
          "pg_attribute",
          "pg_index",
          "pg_constraint",
          "pg_proc",
          "pg_type",
          "pg_extension",
          "pg_sequences",
          "pg_namespace",
          "pg_statistic",
          "pg_description");

  private final PostgresServer server = ItParts.postgres();
  private final String name;

  private ScratchDatabase(String name) throws SQLException {
    this.name = server.createDatabase(name);
    execute("CREATE EXTENSION hypopg");
  }

  static ScratchDatabase create(String name) throws SQLException {
    return new ScratchDatabase(name);
  }

  String name() {
    return name;
  }

  /** With user and password. */
  String url() {
    return server.superuserUrl(name).substring("jdbc:".length());
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(server.superuserUrl(name));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first column of all rows. */
  List<String> query(String sql) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(server.superuserUrl(name));
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }

  /**
   * Every row of every table and of the catalogs that say what there is, one digest each: equal
   * when nothing in the database has changed.
   */
  List<String> dump() throws SQLException {
    List<String> relations = new ArrayList<>(CATALOGS);
    relations.addAll(
        query(
            """
            SELECT oid::regclass::text FROM pg_class
            WHERE relkind IN ('r', 'm') AND relnamespace = 'public'::regnamespace
            ORDER BY 1"""));
    List<String> dump = new ArrayList<>();
    for (String relation : relations) {
      dump.addAll(
          query(
              "SELECT '%1$s ' || count(*) || ' ' || coalesce(md5(string_agg(r, ',' ORDER BY r)), '')"
                      .formatted(relation)
                  + " FROM (SELECT t::text AS r FROM %s t) rows".formatted(relation)));
    }
    return dump;
  }

  @Override
  public void close() {
    server.dropDatabase(name);
  }
}
