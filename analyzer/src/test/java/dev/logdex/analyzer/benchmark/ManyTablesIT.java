package dev.logdex.analyzer.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.database.DatabaseAddress;
import dev.logdex.analyzer.whatif.WhatIfMemory;
import dev.logdex.analyzer.workload.WorkloadStatement;
import dev.logdex.embedded.ItParts;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What changes costs no more than its own table. */
class ManyTablesIT {
  private static final int TABLES = 8;

  private static String name;
  private static String url;
  private static DatabaseAddress address;

  private final WhatIfMemory memory = AnalysisRun.freshMemory();

  @BeforeAll
  static void create() throws SQLException {
    name = ItParts.postgres().createDatabase("many");
    url = ItParts.postgres().superuserUrl(name);
    Extensions.create(url, "hypopg");
    ManyTables.create(url, TABLES, 2_000);
    address = DatabaseAddress.parse(url);
  }

  @AfterAll
  static void drop() {
    if (name != null) {
      ItParts.postgres().dropDatabase(name);
    }
  }

  private AnalysisRun analyse(List<WorkloadStatement> workload) {
    return AnalysisRun.of(address, workload, memory);
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void everyTableIsAskedAboutOnce() {
    AnalysisRun first = analyse(ManyTables.workload(TABLES));
    assertThat(first.asked().whatIfs()).hasSize(TABLES);
    assertThat(first.asked().plans()).isEqualTo(2L * TABLES * ManyTables.STATEMENTS_A_TABLE);
    AnalysisRun again = analyse(ManyTables.workload(TABLES));
    assertThat(again.whatIfs()).isZero();
    assertThat(again.asked().plans()).isZero();
    assertThat(again.analysis()).isEqualTo(first.analysis());
    // whether anything has changed, and the figures of all tables together
    assertThat(again.asked().catalogQuestions()).isLessThan(6);
  }

  @Test
  void anotherStatementCostsOnlyItsOwnTable() {
    List<WorkloadStatement> workload = new ArrayList<>(ManyTables.workload(TABLES));
    analyse(workload);
    workload.add(
        ManyTables.statement(
            workload.size() + 1, "SELECT * FROM t003 WHERE owner_id = 5 AND state = 1"));
    AnalysisRun run = analyse(workload);
    assertThat(run.asked().plans()).isEqualTo(2);
    assertThat(run.asked().whatIfs()).containsOnlyKeys("public.t003");
  }

  @Test
  void anotherStatisticCostsOnlyItsOwnTableAndWhatIsJoinedWithIt() throws SQLException {
    analyse(ManyTables.workload(TABLES));
    execute("ANALYZE t005");
    AnalysisRun run = analyse(ManyTables.workload(TABLES));
    // its own five statements, and the one that joins it with the table before
    assertThat(run.asked().plans()).isEqualTo(2 * 6);
    assertThat(run.asked().whatIfs()).containsOnlyKeys("public.t004", "public.t005", "public.t006");
  }
}
