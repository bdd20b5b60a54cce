package dev.logdex.normalizer.kafka;

import dev.logdex.normalizer.event.DeadLetterReason;
import dev.logdex.normalizer.source.LogSources;
import dev.logdex.normalizer.source.Tally;
import dev.logdex.normalizer.window.OpenWindows;
import dev.logdex.normalizer.window.WindowCuts;
import io.prometheus.client.Counter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * What the tasks count, in the JVM's default registry. A task counts for itself and adds what has
 * come now and then, because a registry's counter costs more than some lines do. Counts what was
 * processed: after a failure the same lines are processed, and counted here, again. Never holds a
 * literal.
 */
final class NormalizerMetrics {
  private static final Counter RECORDS = counter("records_total", "Raw records read.").register();
  private static final Counter BYTES =
      counter("bytes_total", "Bytes of raw records read.").register();
  private static final Counter DUPLICATE_BYTES =
      counter("duplicate_bytes_total", "Bytes of files that had been read before.").register();
  private static final Counter DUPLICATE_RECORDS =
      counter("duplicate_records_total", "Records whose delivery had been read before.").register();
  private static final Counter ENTRIES =
      counter("entries_total", "Whole log entries read.").register();
  private static final Counter EXECUTIONS =
      counter("executions_total", "Executions of statements counted.").register();
  private static final Counter EVENTS =
      counter("statement_events_total", "Errors, lock waits and the like of statements.")
          .register();
  private static final Counter PLANS =
      counter("plans_total", "Plans that auto_explain logged.").register();
  private static final Counter UNATTRIBUTED =
      counter("unattributed_total", "Events and plans whose statement was cut.").register();
  private static final Counter DEAD_LETTERS =
      counter("dead_letters_total", "What could not be understood, by reason.")
          .labelNames("reason")
          .register();
  private static final Counter CUTS =
      counter("cuts_total", "What a bound has cut, by what was cut; counts and times are whole.")
          .labelNames("what")
          .register();
  private static final Counter LATE_PARTS =
      counter("late_parts_total", "Parts of windows that had been forgotten.").register();
  private static final Counter MERGED_INTO_OTHER =
      counter("merged_into_other_total", "Parts of windows beyond the cap of fingerprints.")
          .register();

  private final List<Figure> figures = new ArrayList<>();
  private long records;
  private long bytes;

  /** Of one task. */
  NormalizerMetrics(Tally tally, LogSources sources, OpenWindows windows) {
    add(RECORDS, () -> records);
    add(BYTES, () -> bytes);
    add(DUPLICATE_BYTES, sources::bytesSkipped);
    add(DUPLICATE_RECORDS, sources::recordsRepeated);
    add(ENTRIES, tally::entries);
    add(EXECUTIONS, tally::executions);
    add(EVENTS, tally::events);
    add(PLANS, tally::plans);
    add(UNATTRIBUTED, tally::unattributed);
    cut("sample_too_long", windows, WindowCuts::samplesTooLong);
    cut("text_cut", windows, WindowCuts::textsCut);
    cut("plan_too_long", windows, WindowCuts::plansTooLong);
    cut("tag_dropped", windows, WindowCuts::tagsDropped);
    cut("user_folded", windows, WindowCuts::usersFolded);
    cut("query_id_dropped", windows, WindowCuts::queryIdsDropped);
    cut("folded_into_other", windows, WindowCuts::foldedIntoOther);
    cut("late", windows, WindowCuts::late);
  }

  void read(int recordBytes) {
    records++;
    bytes += recordBytes;
  }

  /** Letters are few: each is a record of its own. */
  void rejected(DeadLetterReason reason) {
    DEAD_LETTERS.labels(reason.name()).inc();
  }

  /** Adds what has come since the last time. */
  void publish() {
    figures.forEach(Figure::publish);
  }

  static void late() {
    LATE_PARTS.inc();
  }

  static void mergedIntoOther() {
    MERGED_INTO_OTHER.inc();
  }

  private void cut(String what, OpenWindows windows, ToLongFunction<WindowCuts> figure) {
    Counter.Child counter = CUTS.labels(what);
    figures.add(new Figure(counter::inc, () -> figure.applyAsLong(windows.cuts())));
  }

  private void add(Counter counter, LongSupplier figure) {
    figures.add(new Figure(counter::inc, figure));
  }

  private static Counter.Builder counter(String name, String help) {
    return Counter.build("logdex_normalizer_" + name, help);
  }

  /** A figure that only grows, and how much of it the registry has. */
  private static final class Figure {
    private final DoubleConsumer counter;
    private final LongSupplier figure;
    private long published;

    Figure(DoubleConsumer counter, LongSupplier figure) {
      this.counter = counter;
      this.figure = figure;
    }

    void publish() {
      long now = figure.getAsLong();
      counter.accept((double) now - published);
      published = now;
    }
  }
}
