package dev.logdex.deploy.benchmark;

import dev.logdex.runtime.EventJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A database in which sets of indexes are tried. Throws what JDBC throws: nobody could go on. */
final class MeasuredDatabase implements AutoCloseable {
  private static final String CANCELLED = "57014";
  private static final List<String> SETTINGS =
      List.of("max_parallel_workers_per_gather = 0", "jit = off");

  private final Connection connection;

  private MeasuredDatabase(Connection connection) {
    this.connection = connection;
  }

  static MeasuredDatabase open(String url) throws SQLException {
    return new MeasuredDatabase(DriverManager.getConnection(url));
  }

  /**
   * Makes HypoPG, and settings under which plans and times of every session compare: one process a
   * query, nothing compiled.
   */
  static void prepare(String url) throws SQLException {
    try (MeasuredDatabase database = open(url)) {
      database.execute("CREATE EXTENSION IF NOT EXISTS hypopg");
      String name = database.text("SELECT quote_ident(current_database())");
      for (String setting : SETTINGS) {
        database.execute("ALTER DATABASE " + name + " SET " + setting);
      }
    }
  }

  /** Total cost in planner units with whatever indexes are there, hypothetical ones too. */
  double cost(String query) throws SQLException {
    try {
      return EventJson.mapper()
          .readTree(text("EXPLAIN (FORMAT JSON) " + query))
          .at("/0/Plan/Total Cost")
          .asDouble();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The plan without figures: as long as it is the same, the query does the same work. */
  String shape(String query) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("EXPLAIN (COSTS OFF) " + query)) {
      while (rows.next()) {
        lines.add(rows.getString(1));
      }
    }
    return String.join("\n", lines);
  }

  /** Really runs a query once and reads all of its rows. */
  Timing run(String query, long timeoutMs) throws SQLException {
    execute("SET statement_timeout = " + timeoutMs);
    long begin = System.nanoTime();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        rows.getString(1);
      }
      return new Timing((System.nanoTime() - begin) / 1e6, false);
    } catch (SQLException e) {
      if (CANCELLED.equals(e.getSQLState())) {
        return new Timing(timeoutMs, true);
      }
      throw e;
    } finally {
      if (connection.getAutoCommit()) {
        execute("SET statement_timeout = 0");
      }
    }
  }

  /** Something to ask of the database. */
  interface Question<T> {
    T ask() throws SQLException;
  }

  /** Asks as if the indexes of the set were not there; in a transaction that is rolled back. */
  <T> T without(IndexSet set, Question<T> question) throws SQLException {
    if (set.indexes().isEmpty()) {
      return question.ask();
    }
    connection.setAutoCommit(false);
    try {
      execute(
          "UPDATE pg_index SET indisvalid = false WHERE indexrelid IN ("
              + set.indexes().stream()
                  .map(index -> "'" + index.name() + "'::regclass")
                  .collect(Collectors.joining(", "))
              + ")");
      return question.ask();
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  /** Builds the set and gathers statistics, those of its expressions too. */
  void build(IndexSet set) throws SQLException {
    create(set);
    execute("ANALYZE");
  }

  /** Builds the set and no more. */
  void create(IndexSet set) throws SQLException {
    for (PlannedIndex index : set.indexes()) {
      execute(index.ddl());
    }
  }

  /** Takes away what was built. */
  void drop(IndexSet set) throws SQLException {
    for (PlannedIndex index : set.indexes()) {
      execute("DROP INDEX " + index.name());
    }
  }

  /** Bytes that the set really takes. */
  long sizeBytes(IndexSet set) throws SQLException {
    long bytes = 0;
    for (PlannedIndex index : set.indexes()) {
      bytes += Long.parseLong(text("SELECT pg_relation_size('" + index.name() + "')"));
    }
    return bytes;
  }

  /** Lets the planner see the set in this session, until {@link #forget}. */
  void suppose(IndexSet set) throws SQLException {
    for (PlannedIndex index : set.indexes()) {
      text("SELECT indexrelid FROM hypopg_create_index($$" + index.hypotheticalDdl() + "$$)");
    }
  }

  void forget() throws SQLException {
    text("SELECT hypopg_reset()");
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String text(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
