package dev.logdex.deploy.benchmark;

import dev.logdex.analyzer.database.DatabaseAddress;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.analyzer.postgres.DatabasePool;
import dev.logdex.analyzer.postgres.PostgresDatabase;
import dev.logdex.analyzer.postgres.Timeouts;
import dev.logdex.analyzer.whatif.DatabaseAnalyser;
import dev.logdex.analyzer.whatif.WhatIfMemory;
import dev.logdex.analyzer.workload.WeightedSample;
import dev.logdex.analyzer.workload.WorkloadStatement;
import dev.logdex.normalizer.event.Fingerprint;
import dev.logdex.tpch.TpchQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the analyzer says of TPC-H's tables when each of the 22 queries is called once a minute. */
final class TpchAnalysis {
  private static final int SESSIONS = 2;
  private static final Timeouts TIMEOUTS =
      new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(1));
  private static final DatabaseAnalyser.Limits LIMITS = new DatabaseAnalyser.Limits(1_000, 200);
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private TpchAnalysis() {}

  static List<TableAnalysis> of(String url) {
    DatabaseAddress address = DatabaseAddress.parse(url);
    WhatIfMemory memory = new WhatIfMemory(100_000, 64 << 20);
    try (DatabasePool database =
        new DatabasePool(SESSIONS, () -> new PostgresDatabase(address, TIMEOUTS))) {
      return new DatabaseAnalyser(database, address.database(), memory, LIMITS, SESSIONS)
          .analyse(workload(), NOW)
          .tables();
    }
  }

  private static List<WorkloadStatement> workload() {
    List<WorkloadStatement> workload = new ArrayList<>();
    for (TpchQuery query : TpchQuery.all()) {
      workload.add(
          new WorkloadStatement(
              "tpch",
              new Fingerprint(workload.size() + 1),
              query.sql(),
              1,
              1,
              1,
              1500,
              List.of(new WeightedSample(query.sql(), List.of(), 1))));
    }
    return workload;
  }
}
