package dev.logdex.analyzer.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.database.DatabaseAddress;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.analyzer.whatif.WhatIfMemory;
import dev.logdex.embedded.ItParts;
import java.sql.SQLException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the benchmark does, on a database so small that no time is of interest. */
class TpchIT {
  private static String name;
  private static DatabaseAddress address;

  @BeforeAll
  static void create() throws SQLException {
    name = ItParts.postgres().createDatabase("tpch");
    address = TpchBenchmark.fill(ItParts.postgres().superuserUrl(name), 0.01, line -> {});
  }

  @AfterAll
  static void drop() {
    if (name != null) {
      ItParts.postgres().dropDatabase(name);
    }
  }

  @Test
  void allQueriesArePlannedAndEveryWhatIfIsCounted() {
    WhatIfMemory memory = AnalysisRun.freshMemory();
    AnalysisRun run = AnalysisRun.of(address, TpchBenchmark.workload(), memory);
    assertThat(run.analysis().unplanned().statements()).isEmpty();
    assertThat(run.analysis().tables())
        .extracting(table -> table.table().name())
        .containsExactly(
            "customer", "lineitem", "nation", "orders", "part", "partsupp", "region", "supplier");
    assertThat(run.analysis().tables().stream().mapToInt(table -> table.costs().size()).sum())
        .isGreaterThan(100);
    assertThat(run.asked().plans()).isEqualTo(44);
    assertThat(run.whatIfs()).isGreaterThan(100);

    AnalysisRun again = AnalysisRun.of(address, TpchBenchmark.workload(), memory);
    assertThat(again.whatIfs()).isZero();
    assertThat(again.asked().plans()).isZero();
    assertThat(again.analysis()).isEqualTo(run.analysis());
  }

  @Test
  void aTableBelowTheLimitIsAskedNothingAbout() {
    AnalysisRun run = AnalysisRun.of(address, TpchBenchmark.workload(), AnalysisRun.freshMemory());
    assertThat(run.asked().whatIfs()).doesNotContainKeys("public.nation", "public.region");
    assertThat(run.analysis().tables())
        .filteredOn(table -> table.table().name().equals("nation"))
        .singleElement()
        .extracting(TableAnalysis::candidates)
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .isEmpty();
  }
}
