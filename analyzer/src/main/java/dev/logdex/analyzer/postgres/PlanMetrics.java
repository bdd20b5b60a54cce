package dev.logdex.analyzer.postgres;

import io.prometheus.client.Counter;
import io.prometheus.client.Summary;

/** What the planner was asked, and how it answered. */
final class PlanMetrics {
  static final Counter PLANS =
      Counter.build()
          .name("logdex_analyzer_plans_total")
          .help("EXPLAINs without a hypothetical index.")
          .register();
  static final Counter WHAT_IFS =
      Counter.build()
          .name("logdex_analyzer_what_ifs_total")
          .help("EXPLAINs with a hypothetical index.")
          .register();
  static final Summary WHAT_IF_SECONDS =
      Summary.build()
          .name("logdex_analyzer_what_if_seconds")
          .help("Time that batches of these took, of all sessions together.")
          .register();
  static final Counter FAILURES =
      Counter.build()
          .name("logdex_analyzer_plan_failures_total")
          .labelNames("reason")
          .help("EXPLAINs that Postgres refused, by reason.")
          .register();

  static final Counter BUILDS =
      Counter.build()
          .name("logdex_analyzer_builds_total")
          .help("Indexes built on disposable copies, in transactions that are rolled back.")
          .register();
  static final Counter BUILD_FAILURES =
      Counter.build()
          .name("logdex_analyzer_build_failures_total")
          .help("Those of them that the server refused or that took too long.")
          .register();

  private PlanMetrics() {}
}
