package dev.logdex.ingest;

import dev.logdex.ingest.tail.TailCounts;
import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What came of following files, in the JVM's default registry while they are followed. */
final class FileMetrics extends Collector {
  private static final String PREFIX = "logdex_ingest_files_";

  private final Supplier<TailCounts> counts;

  FileMetrics(Supplier<TailCounts> counts) {
    this.counts = counts;
  }

  void show() {
    CollectorRegistry.defaultRegistry.register(this);
  }

  void hide() {
    CollectorRegistry.defaultRegistry.unregister(this);
  }

  @Override
  public List<MetricFamilySamples> collect() {
    TailCounts now = counts.get();
    List<MetricFamilySamples> found = new ArrayList<>();
    gauge(found, "open", "Followed files that are open.", now.filesOpen());
    gauge(found, "known", "Files that match what is to be followed.", now.filesKnown());
    gauge(found, "unreadable", "Of those, how many cannot be read now.", now.filesUnreadable());
    gauge(found, "behind_bytes", "Bytes of followed files not read yet.", now.bytesBehind());
    gauge(found, "unsafe_bytes", "Bytes sent and not acknowledged.", now.bytesUnsafe());
    gauge(
        found,
        "checkpoint_age_seconds",
        "For how long the saved places have been out of date.",
        now.checkpointAgeSeconds());
    counter(found, "lines", "Lines of followed files sent.", now.lines());
    counter(found, "rotations", "Names that were given to another file.", now.rotations());
    counter(found, "truncations", "Files that were emptied and begun anew.", now.truncations());
    counter(found, "cut_lines", "Lines longer than the limit, cut there.", now.cutLines());
    counter(found, "cut_bytes", "Bytes of cut lines that were not sent.", now.cutBytes());
    return found;
  }

  private static void counter(
      List<MetricFamilySamples> found, String name, String help, double value) {
    found.add(family(name, Type.COUNTER, "_total", help, value));
  }

  private static void gauge(
      List<MetricFamilySamples> found, String name, String help, double value) {
    found.add(family(name, Type.GAUGE, "", help, value));
  }

  private static MetricFamilySamples family(
      String name, Type type, String suffix, String help, double value) {
    String full = PREFIX + name;
    return new MetricFamilySamples(
        full,
        type,
        help,
        List.of(new MetricFamilySamples.Sample(full + suffix, List.of(), List.of(), value)));
  }
}
