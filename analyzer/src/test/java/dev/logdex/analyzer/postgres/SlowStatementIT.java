package dev.logdex.analyzer.postgres;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.benchmark.CountedDatabase;
import dev.logdex.analyzer.whatif.DatabaseAnalyser;
import dev.logdex.analyzer.whatif.DatabaseAnalysis;
import dev.logdex.analyzer.whatif.WhatIfMemory;
import dev.logdex.analyzer.workload.WeightedSample;
import dev.logdex.analyzer.workload.WorkloadFilter;
import dev.logdex.analyzer.workload.WorkloadStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A statement whose planning takes minutes holds nobody up for longer than its timeout. */
class SlowStatementIT {
  private static final int TABLES = 14;

  private static final DatabaseAnalyser.Limits LIMITS = new DatabaseAnalyser.Limits(1_000, 200);

  private static ShopDatabase shop;

  @BeforeAll
  static void create() {
    shop = ShopDatabase.create("slow");
    shop.execute(
        "ALTER DATABASE "
            + shop.name()
            + " SET geqo = off;"
            + "ALTER DATABASE "
            + shop.name()
            + " SET join_collapse_limit = 100;"
            + "ALTER DATABASE "
            + shop.name()
            + " SET from_collapse_limit = 100");
    // plans at once today; once the table is found to be indexed, planning takes for ever
    shop.execute(
        "CREATE FUNCTION slow_with_index() RETURNS integer IMMUTABLE LANGUAGE plpgsql AS"
            + " $$ BEGIN"
            + "   IF EXISTS (SELECT FROM hypopg_list_indexes) THEN PERFORM pg_sleep(60); END IF;"
            + "   RETURN 5;"
            + " END $$");
  }

  @AfterAll
  static void drop() {
    if (shop != null) {
      shop.close();
    }
  }

  private static DatabaseAnalysis analyse(CountedDatabase database, String... statements) {
    return analyse(database, new WhatIfMemory(10_000, 16 << 20), LIMITS, statements);
  }

  private static DatabaseAnalysis analyse(
      CountedDatabase database,
      WhatIfMemory memory,
      DatabaseAnalyser.Limits limits,
      String... statements) {
    List<WorkloadStatement> workload = new ArrayList<>();
    for (String sql : statements) {
      workload.add(
          ShopDatabase.statement(workload.size() + 1, sql, new WeightedSample(sql, List.of(), 1)));
    }
    return new DatabaseAnalyser(database, "shop", memory, limits, 2)
        .analyse(workload, ShopDatabase.NOW);
  }

  private static DatabasePool pool() {
    Timeouts timeouts = new Timeouts(Duration.ofMillis(500), Duration.ofMillis(500));
    return new DatabasePool(2, () -> new PostgresDatabase(shop.address(), timeouts));
  }

  @Test
  void aJoinOfTooManyTablesIsGivenUpAndTheOthersArePlanned() {
    String tables =
        IntStream.range(0, TABLES).mapToObj(i -> "line_items i" + i).collect(joining(", "));
    String joins =
        IntStream.range(1, TABLES)
            .mapToObj(i -> "i0.order_id = i" + i + ".order_id")
            .collect(joining(" AND "));
    try (DatabasePool pool = pool()) {
      DatabaseAnalysis analysis =
          analyse(
              new CountedDatabase(pool),
              "SELECT count(*) FROM " + tables + " WHERE " + joins,
              "SELECT * FROM orders WHERE customer_id = 5");
      assertThat(analysis.unplanned().statements())
          .singleElement()
          .satisfies(each -> assertThat(each.reason().name()).isEqualTo("PLAN_TIMEOUT"));
      new CandidatesAssert(analysis).helpful("orders (customer_id)");
    }
  }

  @Test
  void aStatementThatTimedOutWithOneIndexIsNotAskedAboutTheNext() {
    String slow =
        "SELECT * FROM orders WHERE customer_id = slow_with_index() AND doc = 5 AND cents = 6"
            + " AND \"Kind\" = 7 AND status = 'status 1'";
    try (DatabasePool pool = pool()) {
      CountedDatabase counted = new CountedDatabase(pool);
      DatabaseAnalysis analysis =
          analyse(counted, slow, "SELECT * FROM orders WHERE customer_id = 5");
      assertThat(analysis.tables().get(0).candidates()).hasSizeGreaterThan(8);
      // the other statement's one what-if for each candidate it could use, and the two sessions'
      // first
      assertThat(counted.whatIfs().get("public.orders"))
          .isLessThan(analysis.tables().get(0).candidates().size());
      new CandidatesAssert(analysis).helpful("orders (customer_id)");
    }
  }

  @Test
  void aStatementThatPlansSlowlyIsAskedAboutUntilItsTimeIsOverAndInTheNextRoundAgain() {
    DatabaseAnalyser.Limits brief =
        new DatabaseAnalyser.Limits(1_000, 200, 3, Duration.ofNanos(1), WorkloadFilter.NONE);
    String statement = "SELECT * FROM orders WHERE customer_id = 5 AND doc = 6";
    WhatIfMemory memory = new WhatIfMemory(10_000, 16 << 20);
    int rounds = 0;
    boolean left = true;
    while (left && rounds < 30) {
      try (DatabasePool pool = pool()) {
        CountedDatabase counted = new CountedDatabase(pool);
        DatabaseAnalysis analysis = analyse(counted, memory, brief, statement);
        left =
            analysis.unplanned().statements().stream()
                .anyMatch(each -> each.detail().contains("what.ifs.time.max"));
        // one for each session
        assertThat(counted.whatIfs().getOrDefault("public.orders", 0L)).isLessThanOrEqualTo(2);
        rounds++;
        if (!left) {
          new CandidatesAssert(analysis).helpful("orders (customer_id)");
        }
      }
    }
    assertThat(left).isFalse();
    assertThat(rounds).isGreaterThan(1);
  }
}
