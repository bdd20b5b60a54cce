package dev.logdex.analyzer.benchmark;

import dev.logdex.analyzer.workload.WeightedSample;
import dev.logdex.analyzer.workload.WorkloadStatement;
import dev.logdex.normalizer.event.Fingerprint;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A schema of many like tables, and five statements for each, one of them a join with the next. */
final class ManyTables {
  static final int STATEMENTS_A_TABLE = 5;

  private ManyTables() {}

  /** Creates and fills the tables of an empty database that has HypoPG. */
  static void create(String url, int tables, int rows) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < tables; i++) {
        statement.execute(
            String.format(
                Locale.ROOT,
                "CREATE TABLE t%1$03d AS SELECT n AS id, n %% %2$d AS owner_id, n %% 7 AS state,"
                    + " n * 31 %% %2$d AS amount, timestamp '2026-01-01' + n * interval '1 minute'"
                    + " AS at, repeat('x', 40) AS note FROM generate_series(1, %2$d) n;"
                    + " ALTER TABLE t%1$03d ADD PRIMARY KEY (id)",
                i,
                rows));
      }
      statement.execute("ANALYZE");
    }
  }

  /** Five statements a table, called from once to a hundred times a minute. */
  static List<WorkloadStatement> workload(int tables) {
    List<WorkloadStatement> workload = new ArrayList<>();
    for (int i = 0; i < tables; i++) {
      String table = String.format(Locale.ROOT, "t%03d", i);
      String next = String.format(Locale.ROOT, "t%03d", (i + 1) % tables);
      for (String sql :
          List.of(
              "SELECT * FROM " + table + " WHERE owner_id = 17",
              "SELECT * FROM " + table + " WHERE state = 3 ORDER BY at DESC LIMIT 20",
              "SELECT count(*) FROM " + table + " WHERE at > '2026-01-03' AND state IN (1, 2)",
              "SELECT * FROM "
                  + table
                  + " a JOIN "
                  + next
                  + " b ON b.owner_id = a.id"
                  + " WHERE a.amount = 99",
              "SELECT owner_id, sum(amount) FROM " + table + " WHERE amount > 5 GROUP BY 1")) {
        workload.add(statement(workload.size() + 1, sql));
      }
    }
    return workload;
  }

  static WorkloadStatement statement(long id, String sql) {
    return new WorkloadStatement(
        "many",
        new Fingerprint(id),
        sql,
        1 + id % 100,
        1 + id % 100,
        1,
        5,
        List.of(new WeightedSample(sql, List.of(), 1)));
  }
}
