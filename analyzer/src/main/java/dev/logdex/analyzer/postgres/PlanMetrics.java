package dev.logdex.analyzer.postgres;

import io.prometheus.client.Counter;

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
  static final Counter FAILURES =
      Counter.build()
          .name("logdex_analyzer_plan_failures_total")
          .labelNames("reason")
          .help("EXPLAINs that Postgres refused, by reason.")
          .register();

  private PlanMetrics() {}
}
