package dev.logdex.ingest.kafka;

import dev.logdex.ingest.logfile.LogBlock;
import dev.logdex.ingest.outlet.Parcel;
import io.prometheus.client.Counter;

/** What the stage counts, in the JVM's default registry. */
final class IngestMetrics {
  private static final Counter RECORDS =
      Counter.build("logdex_ingest_records_total", "Records sent to the logs topic.").register();
  private static final Counter LINES =
      Counter.build("logdex_ingest_lines_total", "Lines sent to the logs topic.").register();
  private static final Counter BYTES =
      Counter.build("logdex_ingest_bytes_total", "Bytes of lines sent to the logs topic.")
          .register();
  private static final Counter CUT_LINES =
      Counter.build("logdex_ingest_cut_lines_total", "Lines longer than the limit, cut there.")
          .register();
  private static final Counter CUT_BYTES =
      Counter.build("logdex_ingest_cut_bytes_total", "Bytes of cut lines that were not sent.")
          .register();

  private static final Counter REFUSED =
      Counter.build(
              "logdex_ingest_refused_parcels_total",
              "Times that there was no room for a parcel, because Kafka did not take earlier ones.")
          .register();
  private static final Counter FAILED =
      Counter.build(
              "logdex_ingest_failed_parcels_total",
              "Parcels that Kafka did not take, or that were under way when ingest ended.")
          .register();

  private IngestMetrics() {}

  static void sent(Parcel parcel) {
    RECORDS.inc();
    BYTES.inc(parcel.lines().length);
  }

  static void refused() {
    REFUSED.inc();
  }

  static void failed() {
    FAILED.inc();
  }

  static void sent(LogBlock block) {
    RECORDS.inc();
    LINES.inc(block.lines());
    BYTES.inc(block.bytes().length);
  }

  static void cut(long lines, long bytes) {
    CUT_LINES.inc((double) lines);
    CUT_BYTES.inc((double) bytes);
  }
}
