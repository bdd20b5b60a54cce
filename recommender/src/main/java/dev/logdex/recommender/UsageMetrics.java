package dev.logdex.recommender;

import dev.logdex.recommender.usage.NodeUsage;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import java.util.List;

/** Figures for Prometheus about the reading of production's counters. */
final class UsageMetrics {
  private static final Counter READINGS =
      Counter.build(
              "logdex_recommender_usage_readings_total",
              "Times that all nodes of production were asked how they use their indexes.")
          .register();
  private static final Counter FAILURES =
      Counter.build(
              "logdex_recommender_usage_failures_total",
              "Times that a node of production did not tell how it uses its indexes.")
          .register();
  private static final Gauge NODES =
      Gauge.build(
              "logdex_recommender_usage_nodes",
              "Nodes of production, by whether the last reading knows how they use indexes.")
          .labelNames("known")
          .register();

  private UsageMetrics() {}

  static void read(List<NodeUsage> nodes) {
    long known = nodes.stream().filter(node -> node.reading() != null).count();
    READINGS.inc();
    FAILURES.inc((double) nodes.size() - known);
    NODES.labels("true").set(known);
    NODES.labels("false").set((double) nodes.size() - known);
  }
}
