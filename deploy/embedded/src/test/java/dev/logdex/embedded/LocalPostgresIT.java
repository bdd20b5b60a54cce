package dev.logdex.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class LocalPostgresIT {
  @Test
  void thePlannerUsesAHypotheticalIndex() throws Exception {
    PostgresServer postgres = ItParts.postgres();
    String database = postgres.createDatabase("smoke");
    try (Connection connection = DriverManager.getConnection(postgres.superuserUrl(database));
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE EXTENSION hypopg");
      statement.execute("CREATE TABLE parcel AS SELECT n AS id FROM generate_series(1, 10000) n");
      statement.execute("ANALYZE parcel");
      assertThat(plan(statement)).contains("Seq Scan");
      statement.execute("SELECT hypopg_create_index('CREATE INDEX ON parcel (id)')");
      assertThat(plan(statement)).contains("Index").doesNotContain("Seq Scan");
    }
    postgres.dropDatabase(database);
  }

  private static String plan(Statement statement) throws SQLException {
    StringBuilder plan = new StringBuilder();
    try (ResultSet lines = statement.executeQuery("EXPLAIN SELECT * FROM parcel WHERE id = 7")) {
      while (lines.next()) {
        plan.append(lines.getString(1)).append('\n');
      }
    }
    return plan.toString();
  }
}
