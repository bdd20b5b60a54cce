package dev.logdex.analyzer.postgres;

import dev.logdex.analyzer.database.DatabaseAddress;
import dev.logdex.analyzer.whatif.DatabaseUnavailableException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/**
 * One connection that can do nothing but look: every transaction is read-only, under timeouts, and
 * rolled back. One that is opened for builds may write, and is rolled back like any. It speaks the
 * extended protocol only, in which a message holds one statement.
 */
final class Session implements AutoCloseable {
  private static final Duration NETWORK_SLACK = Duration.ofSeconds(40);

  /** A plan prints the constants that it computed: repeat('x', 500000000) would be 500 MB. */
  private static final String LARGEST_ANSWER = "16M";

  private final Connection connection;
  private final Duration patience;

  private Session(Connection connection, Duration patience) {
    this.connection = connection;
    this.patience = patience;
  }

  /** Reads a row of an answer. */
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /**
   * Connects.
   *
   * @throws DatabaseUnavailableException when that fails for whatever reason
   */
  static Session open(DatabaseAddress address, Timeouts timeouts) {
    return open(address, timeouts, true);
  }

  /** The same for a disposable copy, on which indexes may be built. */
  static Session openForBuilds(DatabaseAddress address, Timeouts timeouts) {
    return open(address, timeouts, false);
  }

  private static Session open(DatabaseAddress address, Timeouts timeouts, boolean readOnly) {
    try {
      return connect(address, timeouts, readOnly);
    } catch (SQLException e) {
      throw new DatabaseUnavailableException(
          "cannot connect to " + address + ": " + SqlErrors.describe(e));
    }
  }

  /** How long the server may be silent while it works on one statement. */
  private static Duration patience(Timeouts timeouts) {
    return timeouts.statement().plus(timeouts.lock()).plus(NETWORK_SLACK);
  }

  /** Connects, or says as the driver does why not. */
  static Session connect(DatabaseAddress address, Timeouts timeouts, boolean readOnly)
      throws SQLException {
    Connection connection =
        DriverManager.getConnection(address.jdbcUrl(), properties(address, timeouts));
    return prepared(new Session(connection, patience(timeouts)), timeouts, readOnly);
  }

  private static Properties properties(DatabaseAddress address, Timeouts timeouts) {
    Properties properties = new Properties();
    properties.putAll(address.properties());
    properties.putIfAbsent("connectTimeout", "5");
    properties.putIfAbsent("loginTimeout", "10");
    properties.putIfAbsent("tcpKeepAlive", "true");
    properties.setProperty("socketTimeout", Long.toString(patience(timeouts).toSeconds()));
    properties.setProperty("ApplicationName", "logdex-analyzer");
    // one statement a message, and none kept: a DEALLOCATE or a reset must not meet the driver's
    // own
    properties.setProperty("preferQueryMode", "extended");
    properties.setProperty("prepareThreshold", "0");
    properties.setProperty("autosave", "never");
    properties.setProperty("maxResultBuffer", LARGEST_ANSWER);
    return properties;
  }

  private static Session prepared(Session session, Timeouts timeouts, boolean readOnly)
      throws SQLException {
    try {
      session.connection.setReadOnly(readOnly);
      session.connection.setAutoCommit(false);
      session.set("default_transaction_read_only", readOnly ? "on" : "off", false);
      session.set("lock_timeout", timeouts.lock().toMillis() + "ms", false);
      session.set(
          "idle_in_transaction_session_timeout",
          timeouts.statement().multipliedBy(12).toMillis() + "ms",
          false);
      session.set("jit", "off", false);
      // notices of functions that run as a statement is planned would pile up in the driver
      session.set("client_min_messages", "error", false);
      session.set("standard_conforming_strings", "on", false);
      session.identifyStatements();
      // last, as it holds at once and is short for builds that may take no time
      session.set("statement_timeout", timeouts.statement().toMillis() + "ms", false);
      session.connection.commit(); // settings of a transaction that is rolled back are undone
      return session;
    } catch (SQLException e) {
      session.close();
      throw e;
    }
  }

  /** Has plans tell the server's identity of statements, where version and role allow it. */
  private void identifyStatements() throws SQLException {
    query(SqlFile.IDENTIFY.text(), row -> "");
  }

  /** Changes a setting, for good or for this transaction. */
  void set(String name, String value, boolean local) throws SQLException {
    query(SqlFile.SETTING.text(), row -> "", name, value, local);
  }

  /** Asks with a statement of Logdex's own. */
  <T> List<T> query(String sql, RowReader<T> reader, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        return readAll(rows, reader);
      }
    }
  }

  /** Sends a text of {@link ExplainText} that answers with a plan. */
  String plan(String explain) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      try (ResultSet rows = statement.executeQuery(explain)) {
        return String.join("\n", readAll(rows, row -> row.getString(1)));
      }
    }
  }

  /**
   * Sends several statements in one round trip: pgjdbc takes the text apart at our semicolons and
   * sends each as messages of its own. A text of {@link ExplainText} has no semicolon in it; should
   * driver and server ever disagree, the server refuses a message of two statements.
   *
   * @return the first column of the first row of those that answer with rows
   */
  List<String> together(List<String> texts) throws SQLException {
    connection.setNetworkTimeout(
        Runnable::run, (int) patience.multipliedBy(texts.size()).toMillis());
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      List<String> answers = new ArrayList<>();
      boolean rows = statement.execute(String.join(";", texts));
      while (rows || statement.getUpdateCount() >= 0) {
        if (rows) {
          try (ResultSet answer = statement.getResultSet()) {
            answers.addAll(
                readAll(answer, row -> Objects.requireNonNullElse(row.getString(1), "")));
          }
        }
        rows = statement.getMoreResults();
      }
      connection.setNetworkTimeout(Runnable::run, (int) patience.toMillis());
      return answers;
    }
  }

  /** Sends a text of {@link ExplainText} that answers with nothing. */
  void send(String text) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(text);
    }
  }

  /** Something that may fail without harm to the transaction. */
  interface Attempt {
    void make() throws SQLException;
  }

  /** Makes an attempt; the error that undid it, if one did. */
  Optional<SQLException> attempt(Attempt attempt) throws SQLException {
    send("SAVEPOINT logdex_attempt");
    try {
      attempt.make();
      send("RELEASE SAVEPOINT logdex_attempt");
      return Optional.empty();
    } catch (SQLException e) {
      send("ROLLBACK TO SAVEPOINT logdex_attempt");
      return Optional.of(e);
    }
  }

  /** The server's number for this session; no two that are open at once share one. */
  int backend() throws SQLException {
    return query(SqlFile.BACKEND.text(), row -> row.getInt(1)).get(0);
  }

  void rollback() throws SQLException {
    connection.rollback();
  }

  /** Ends whatever the session is doing, from another thread. */
  void abort() {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      // it is gone already
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // it is gone already
    }
  }

  private static <T> List<T> readAll(ResultSet rows, RowReader<T> reader) throws SQLException {
    List<T> all = new ArrayList<>();
    while (rows.next()) {
      all.add(reader.read(rows));
    }
    return all;
  }
}
