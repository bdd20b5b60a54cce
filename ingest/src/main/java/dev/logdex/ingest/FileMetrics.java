package dev.logdex.ingest;

import dev.logdex.ingest.tail.TailCounts;
import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import java.util.List;
import java.util.function.Supplier;

/** What came of following files, in the JVM's default registry while they are followed. */
final class FileMetrics extends Collector {
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
    return new Figures("logdex_ingest_files_")
        .gauge("open", "Followed files that are open.", now.filesOpen())
        .gauge("known", "Files that match what is to be followed.", now.filesKnown())
        .gauge("unreadable", "Of those, how many cannot be read now.", now.filesUnreadable())
        .gauge("behind_bytes", "Bytes of followed files not read yet.", now.bytesBehind())
        .gauge("unsafe_bytes", "Bytes sent and not acknowledged.", now.bytesUnsafe())
        .gauge(
            "checkpoint_age_seconds",
            "For how long the saved places have been out of date.",
            now.checkpointAgeSeconds())
        .counter("lines", "Lines of followed files sent.", now.lines())
        .counter("rotations", "Names that were given to another file.", now.rotations())
        .counter("truncations", "Files that were emptied and begun anew.", now.truncations())
        .counter("cut_lines", "Lines longer than the limit, cut there.", now.cutLines())
        .counter("cut_bytes", "Bytes of cut lines that were not sent.", now.cutBytes())
        .families();
  }
}
