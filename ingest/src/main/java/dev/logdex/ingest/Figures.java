package dev.logdex.ingest;

import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import java.util.ArrayList;
import java.util.List;

/** Figures of plain counters, as Prometheus wants them. */
final class Figures {
  private final String prefix;
  private final List<MetricFamilySamples> families = new ArrayList<>();

  Figures(String prefix) {
    this.prefix = prefix;
  }

  /** What only grows; the name goes without its {@code _total}. */
  Figures counter(String name, String help, long value) {
    return counter(name, help, (double) value);
  }

  /** Likewise, in fractions. */
  Figures counter(String name, String help, double value) {
    return add(name, Collector.Type.COUNTER, "_total", help, value);
  }

  /** What also shrinks. */
  Figures gauge(String name, String help, long value) {
    return gauge(name, help, (double) value);
  }

  /** Likewise, in fractions. */
  Figures gauge(String name, String help, double value) {
    return add(name, Collector.Type.GAUGE, "", help, value);
  }

  List<MetricFamilySamples> families() {
    return families;
  }

  private Figures add(String name, Collector.Type type, String suffix, String help, double value) {
    String full = prefix + name;
    families.add(
        new MetricFamilySamples(
            full,
            type,
            help,
            List.of(new MetricFamilySamples.Sample(full + suffix, List.of(), List.of(), value))));
    return this;
  }
}
