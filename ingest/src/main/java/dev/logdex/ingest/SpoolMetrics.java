package dev.logdex.ingest;

import dev.logdex.ingest.outlet.spool.SpoolCounts;
import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import java.util.List;

/** What the spool counts, in the JVM's default registry while it is open. */
final class SpoolMetrics extends Collector {
  private final SpoolCounts spool;

  SpoolMetrics(SpoolCounts spool) {
    this.spool = spool;
  }

  void show() {
    CollectorRegistry.defaultRegistry.register(this);
  }

  void hide() {
    CollectorRegistry.defaultRegistry.unregister(this);
  }

  @Override
  public List<MetricFamilySamples> collect() {
    return new Figures("logdex_ingest_spool_")
        .gauge("bytes", "Bytes in the spool on disk.", spool.bytes())
        .counter("written_records", "Records written to disk.", spool.written())
        .counter("drained_records", "Records from disk that Kafka has taken.", spool.drained())
        .counter("lost_records", "Records from disk that Kafka refused for good.", spool.lost())
        .counter("refused_records", "Times that a record found it full.", spool.refused())
        .counter("failed_writes", "Times that the disk took nothing.", spool.failedWrites())
        .counter(
            "damaged_segments",
            "Files of which the rest could not be read, as after a crash.",
            spool.damagedSegments())
        .counter("damaged_bytes", "Bytes in those.", spool.damagedBytes())
        .families();
  }
}
