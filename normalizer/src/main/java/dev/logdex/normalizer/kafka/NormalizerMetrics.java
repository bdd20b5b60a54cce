package dev.logdex.normalizer.kafka;

import dev.logdex.normalizer.source.Tally;
import io.prometheus.client.Counter;

/**
 * What the stage counts, in the JVM's default registry. Counts what was processed: after a failure
 * the same lines are processed, and counted here, again. Never holds a literal.
 */
final class NormalizerMetrics {
  private static final Counter RECORDS = counter("records_total", "Raw records read.").register();
  private static final Counter BYTES =
      counter("bytes_total", "Bytes of raw records read.").register();
  private static final Counter DUPLICATE_BYTES =
      counter("duplicate_bytes_total", "Bytes of files that had been read before.").register();
  private static final Counter ENTRIES =
      counter("entries_total", "Whole log entries read.").register();
  private static final Counter EXECUTIONS =
      counter("executions_total", "Executions of statements counted.").register();
  private static final Counter DEAD_LETTERS =
      counter("dead_letters_total", "What could not be understood, by reason.")
          .labelNames("reason")
          .register();
  private static final Counter SAMPLES_DROPPED =
      counter("samples_dropped_total", "Executions too long for a sample.").register();
  private static final Counter TEXTS_CUT =
      counter("texts_cut_total", "Normalized statements that had to be cut.").register();
  private static final Counter LATE_PARTS =
      counter("late_parts_total", "Parts of windows that had been forgotten.").register();

  private NormalizerMetrics() {}

  static void read(int bytes, long duplicateBytes) {
    RECORDS.inc();
    BYTES.inc(bytes);
    DUPLICATE_BYTES.inc((double) duplicateBytes);
  }

  static void tallied(Tally tally) {
    ENTRIES.inc((double) tally.entries());
    EXECUTIONS.inc((double) tally.executions());
    SAMPLES_DROPPED.inc((double) tally.samplesDropped());
    TEXTS_CUT.inc((double) tally.textsCut());
    tally.letters().forEach(letter -> DEAD_LETTERS.labels(letter.reason().name()).inc());
  }

  static void late() {
    LATE_PARTS.inc();
  }

  private static Counter.Builder counter(String name, String help) {
    return Counter.build("logdex_normalizer_" + name, help);
  }
}
