package dev.logdex.recommender.kafka;

import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.RecommendationCommand;
import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.recommender.lifecycle.Snapshot;
import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.GaugeMetricFamily;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** The stage's figures for Prometheus. No label holds SQL. */
public final class RecommenderMetrics extends Collector implements Collector.Describable {
  private static final Counter EVENTS =
      Counter.build("logdex_recommender_events_total", "Recommendation events published, by state.")
          .labelNames("state")
          .register();
  private static final Counter UNREADABLE =
      Counter.build(
              "logdex_recommender_unreadable_records_total",
              "Records that could not be understood or worked on, and were passed over.")
          .register();

  private static final Counter DECISIONS =
      Counter.build(
              "logdex_recommender_decisions_total",
              "Decisions that came in, by action and whether they changed anything.")
          .labelNames("action", "outcome")
          .register();

  private final Supplier<Snapshot> snapshot;
  private final AtomicBoolean shown = new AtomicBoolean();

  public RecommenderMetrics(Supplier<Snapshot> snapshot) {
    this.snapshot = snapshot;
  }

  /** Begins to show the snapshot's figures in the default registry. */
  public void show() {
    if (shown.compareAndSet(false, true)) {
      CollectorRegistry.defaultRegistry.register(this);
    }
  }

  /** Ends what {@link #show} began. */
  public void hide() {
    if (shown.compareAndSet(true, false)) {
      CollectorRegistry.defaultRegistry.unregister(this);
    }
  }

  static void published(RecommendationEvent event) {
    EVENTS.labels(event.data().state().word()).inc();
  }

  static void decision(RecommendationCommand.Action action, boolean taken) {
    DECISIONS.labels(action.word(), taken ? "taken" : "without-effect").inc();
  }

  static void unreadable() {
    UNREADABLE.inc();
  }

  /** None: the families are not the registry's alone, when a stage replaces another. */
  @Override
  public List<MetricFamilySamples> describe() {
    return List.of();
  }

  @Override
  public List<MetricFamilySamples> collect() {
    Snapshot now = snapshot.get();
    return List.of(byState(now), totalSaving(now), savings(now));
  }

  private static GaugeMetricFamily byState(Snapshot now) {
    Map<List<String>, Integer> counts = new LinkedHashMap<>();
    for (Recommendation advice : now.all()) {
      counts.merge(
          List.of(advice.database(), advice.table(), advice.state().word()), 1, Integer::sum);
    }
    GaugeMetricFamily family =
        new GaugeMetricFamily(
            "logdex_recommendations",
            "Recommendations by state.",
            List.of("database", "table", "state"));
    counts.forEach(family::addMetric);
    return family;
  }

  private static GaugeMetricFamily totalSaving(Snapshot now) {
    return new GaugeMetricFamily(
        "logdex_recommendations_saving_per_minute",
        "Planner units that all standing recommendations would save each minute.",
        now.current().stream().mapToDouble(Recommendation::savingPerMinute).sum());
  }

  private static GaugeMetricFamily savings(Snapshot now) {
    GaugeMetricFamily family =
        new GaugeMetricFamily(
            "logdex_recommendation_saving_per_minute",
            "Planner units that a standing recommendation would save each minute.",
            List.of("id", "database", "table", "index_name"));
    now.current()
        .forEach(
            advice ->
                family.addMetric(
                    List.of(advice.id(), advice.database(), advice.table(), advice.indexName()),
                    advice.savingPerMinute()));
    return family;
  }
}
