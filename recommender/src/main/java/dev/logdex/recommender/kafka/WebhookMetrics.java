package dev.logdex.recommender.kafka;

import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;

/** A webhook's figures for Prometheus. No label holds an address. */
final class WebhookMetrics {
  private static final Counter EVENTS =
      Counter.build(
              "logdex_webhook_events_total",
              "Events that a webhook is done with, by what became of them.")
          .labelNames("webhook", "outcome")
          .register();
  private static final Counter FAILED_ATTEMPTS =
      Counter.build("logdex_webhook_failed_attempts_total", "Attempts that did not succeed.")
          .labelNames("webhook")
          .register();
  private static final Gauge FAILING =
      Gauge.build(
              "logdex_webhook_failing",
              "1 while an event is tried again and others wait behind it, else 0.")
          .labelNames("webhook")
          .register();

  private final String name;

  WebhookMetrics(String name) {
    this.name = name;
    FAILING.labels(name).set(0);
  }

  void attemptFailed() {
    FAILED_ATTEMPTS.labels(name).inc();
    FAILING.labels(name).set(1);
  }

  /**
   * @param outcome a word such as {@code delivered}
   */
  void done(String outcome) {
    EVENTS.labels(name, outcome).inc();
    FAILING.labels(name).set(0);
  }
}
