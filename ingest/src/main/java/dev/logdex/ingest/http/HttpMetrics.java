package dev.logdex.ingest.http;

import dev.logdex.ingest.drain.ByteBudget;
import dev.logdex.ingest.drain.Delivery;
import dev.logdex.ingest.outlet.Parcel;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import java.util.Collection;
import java.util.function.LongSupplier;

/** What the server counts, in the JVM's default registry. */
final class HttpMetrics {
  private static final Counter REQUESTS =
      Counter.build("logdex_ingest_http_requests_total", "Requests, by path and answered status.")
          .labelNames("path", "status")
          .register();
  private static final Counter MESSAGES =
      Counter.build(
              "logdex_ingest_http_messages_total",
              "Lines, frames or documents that were taken and acknowledged.")
          .labelNames("path")
          .register();
  private static final Counter BYTES =
      Counter.build(
              "logdex_ingest_http_bytes_total", "Bytes of lines that were taken and acknowledged.")
          .labelNames("path")
          .register();
  private static final Counter UNNAMED =
      Counter.build(
              "logdex_ingest_http_unnamed_deliveries_total",
              "Requests taken whose sender gave no id, so that a repetition would count twice.")
          .labelNames("path")
          .register();
  private static final Counter REFUSED_CONNECTIONS =
      Counter.build(
              "logdex_ingest_http_refused_connections_total",
              "Connections closed because there were too many.")
          .register();
  private static final Counter TIMED_OUT =
      Counter.build(
              "logdex_ingest_http_silent_connections_total",
              "Connections closed because no request came in time.")
          .register();
  private static final Counter BROKEN =
      Counter.build(
              "logdex_ingest_http_broken_connections_total",
              "Connections that failed, such as in TLS.")
          .register();
  private static final Gauge CONNECTIONS =
      Gauge.build("logdex_ingest_http_connections", "Connections that are open.").register();
  private static final Gauge HELD =
      Gauge.build(
              "logdex_ingest_http_held_bytes", "Bytes of requests that are not acknowledged yet.")
          .register();

  private HttpMetrics() {}

  static void answered(String path, int status) {
    REQUESTS.labels(path, Integer.toString(status)).inc();
  }

  static void taken(String path, Delivery delivery) {
    long bytes = delivery.parcels().stream().map(Parcel::lines).mapToLong(b -> b.length).sum();
    MESSAGES.labels(path).inc((double) delivery.messages());
    BYTES.labels(path).inc((double) bytes);
    if (!delivery.recognisable()) {
      UNNAMED.labels(path).inc();
    }
  }

  /** What the gauges show from now on. */
  static void watch(ByteBudget budget, Collection<?> connections) {
    HELD.setChild(gauge(budget::held));
    CONNECTIONS.setChild(gauge(connections::size));
  }

  static void refusedConnection() {
    REFUSED_CONNECTIONS.inc();
  }

  static void timedOut() {
    TIMED_OUT.inc();
  }

  static void broken() {
    BROKEN.inc();
  }

  private static Gauge.Child gauge(LongSupplier now) {
    return new Gauge.Child() {
      @Override
      public double get() {
        return (double) now.getAsLong();
      }
    };
  }
}
