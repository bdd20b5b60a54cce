package dev.logdex.analyzer.postgres;

import dev.logdex.analyzer.plan.PlanJson;
import dev.logdex.analyzer.plan.PlanNode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A session in which HypoPG is asked as anybody would. */
final class PlainHypopg implements AutoCloseable {
  private final Connection connection;

  PlainHypopg(ShopDatabase database) throws SQLException {
    connection = DriverManager.getConnection(database.url());
  }

  /** The first column of all rows, a line each. */
  String ask(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      StringBuilder text = new StringBuilder();
      while (rows.next()) {
        text.append(rows.getString(1)).append('\n');
      }
      return text.toString().strip();
    }
  }

  void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Why the server refuses a statement; its message. */
  String refusal(String sql) {
    try {
      return "answered: " + ask(sql);
    } catch (SQLException e) {
      return e.getMessage().lines().findFirst().orElse("");
    }
  }

  void inTransaction() throws SQLException {
    connection.setAutoCommit(false);
  }

  void rollback() throws SQLException {
    connection.rollback();
  }

  /**
   * Makes a hypothetical index.
   *
   * @param definition what stands behind ON
   * @return what plans call it
   */
  String index(String definition) throws SQLException {
    return ask("SELECT indexname FROM hypopg_create_index('CREATE INDEX ON " + definition + "')");
  }

  void reset() throws SQLException {
    ask("SELECT hypopg_reset()");
  }

  PlanNode plan(String statement) throws SQLException {
    return PlanJson.parse(ask("EXPLAIN (FORMAT JSON) " + statement));
  }

  double cost(String statement) throws SQLException {
    return plan(statement).totalCost();
  }

  double costWith(String index, String statement) throws SQLException {
    index(index);
    double cost = cost(statement);
    reset();
    return cost;
  }

  /** Whether the plan of a statement reads an index of that name. */
  boolean uses(String index, String statement) throws SQLException {
    return plan(statement).tree().anyMatch(node -> index.equals(node.indexName()));
  }

  /** The generic plan of a statement with parameters. */
  PlanNode genericPlan(String statement, int parameters) throws SQLException {
    run("DEALLOCATE ALL");
    run("SET plan_cache_mode = force_generic_plan");
    return preparedPlan(statement, parameters);
  }

  /** The plan of a prepared statement whose parameters are NULL. */
  PlanNode preparedPlan(String statement, int parameters) throws SQLException {
    run("PREPARE p AS " + statement);
    return plan("EXECUTE p(" + "NULL, ".repeat(parameters - 1) + "NULL)");
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
