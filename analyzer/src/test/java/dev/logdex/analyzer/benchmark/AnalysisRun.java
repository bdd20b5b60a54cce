package dev.logdex.analyzer.benchmark;

import dev.logdex.analyzer.database.DatabaseAddress;
import dev.logdex.analyzer.postgres.DatabasePool;
import dev.logdex.analyzer.postgres.PostgresDatabase;
import dev.logdex.analyzer.postgres.Timeouts;
import dev.logdex.analyzer.whatif.DatabaseAnalyser;
import dev.logdex.analyzer.whatif.DatabaseAnalysis;
import dev.logdex.analyzer.whatif.WhatIfMemory;
import dev.logdex.analyzer.workload.WorkloadStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One analysis of a workload with what it took.
 *
 * @param seconds from the first question to the last answer, connecting included
 */
public record AnalysisRun(DatabaseAnalysis analysis, CountedDatabase asked, double seconds) {
  private static final int SESSIONS = Integer.getInteger("sessions", 2);
  private static final Timeouts TIMEOUTS =
      new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(1));
  private static final DatabaseAnalyser.Limits LIMITS = new DatabaseAnalyser.Limits(1_000, 200);
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  /** A memory in which nothing is remembered yet. */
  public static WhatIfMemory freshMemory() {
    return new WhatIfMemory(100_000, 64 << 20);
  }

  /** Analyses through a connection of its own. */
  public static AnalysisRun of(
      DatabaseAddress address, List<WorkloadStatement> workload, WhatIfMemory memory) {
    long begin = System.nanoTime();
    try (DatabasePool database =
        new DatabasePool(SESSIONS, () -> new PostgresDatabase(address, TIMEOUTS))) {
      CountedDatabase counted = new CountedDatabase(database);
      DatabaseAnalysis analysis =
          new DatabaseAnalyser(counted, address.database(), memory, LIMITS, SESSIONS)
              .analyse(workload, NOW);
      return new AnalysisRun(analysis, counted, (System.nanoTime() - begin) / 1e9);
    }
  }

  /** Plans with a hypothetical index. */
  public long whatIfs() {
    return asked.whatIfs().values().stream().mapToLong(Long::longValue).sum();
  }

  double whatIfSeconds() {
    return asked.whatIfNanos().values().stream().mapToLong(Long::longValue).sum() / 1e9;
  }
}
