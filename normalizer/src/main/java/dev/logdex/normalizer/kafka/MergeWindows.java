package dev.logdex.normalizer.kafka;

import dev.logdex.normalizer.event.QueryWindow;
import dev.logdex.normalizer.window.WindowSum;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Adds each part to what is there of its window and hands on the sum, which replaces the one before
 * it.
 *
 * <p>A window is forgotten when nothing was added to it for the retention and event time has gone
 * on by the retention since its end. So a part that comes for an older window which is not there
 * may belong to a forgotten one; it then gets a name of its own, and readers add it up instead of
 * replacing. The window that ends last is never forgotten, so a restart finds the event time again.
 */
final class MergeWindows implements Processor<String, QueryWindow, String, QueryWindow> {
  static final String WINDOWS_STORE = "windows";

  private final FlowSettings settings;
  private @Nullable Task task;

  MergeWindows(FlowSettings settings) {
    this.settings = settings;
  }

  @Override
  public void init(ProcessorContext<String, QueryWindow> context) {
    task = new Task(context);
  }

  @Override
  public void process(Record<String, QueryWindow> record) {
    if (task == null) {
      throw new IllegalStateException("a record before init");
    }
    task.process(record);
  }

  private final class Task {
    private final ProcessorContext<String, QueryWindow> context;
    private final KeyValueStore<String, StoredWindow> windows;
    private Instant latestEnd = Instant.MIN;

    Task(ProcessorContext<String, QueryWindow> context) {
      this.context = context;
      this.windows = context.getStateStore(WINDOWS_STORE);
      try (KeyValueIterator<String, StoredWindow> all = windows.all()) {
        all.forEachRemaining(entry -> passed(entry.value.end()));
      }
      context.schedule(
          settings.forgetInterval(), PunctuationType.WALL_CLOCK_TIME, time -> forgetOld());
    }

    void process(Record<String, QueryWindow> record) {
      StoredWindow stored = windows.get(record.key());
      QueryWindow part = record.value();
      WindowSum sum = stored == null ? first(part) : sum(stored.window(), part);
      QueryWindow window = sum.finished(settings.samples());
      StoredWindow updated = StoredWindow.of(window, now());
      passed(updated.end());
      windows.put(record.key(), updated);
      context.forward(record.withKey(window.key()).withValue(window));
    }

    private static WindowSum sum(QueryWindow stored, QueryWindow part) {
      WindowSum sum = WindowSum.of(stored);
      sum.add(part);
      return sum;
    }

    private WindowSum first(QueryWindow part) {
      Instant end = part.windowStart().plus(part.windowSize());
      if (!mayBeForgotten(end)) {
        return WindowSum.of(part);
      }
      NormalizerMetrics.late();
      RecordMetadata at = context.recordMetadata().orElseThrow();
      return WindowSum.ofPart(part, at.partition() + "-" + at.offset());
    }

    private void forgetOld() {
      Instant untouchedSince = now().minus(settings.windowRetention());
      List<String> old = new ArrayList<>();
      try (KeyValueIterator<String, StoredWindow> all = windows.all()) {
        while (all.hasNext()) {
          KeyValue<String, StoredWindow> entry = all.next();
          if (!entry.value.updatedAt().isAfter(untouchedSince)
              && mayBeForgotten(entry.value.end())) {
            old.add(entry.key);
          }
        }
      }
      old.forEach(windows::delete);
    }

    private boolean mayBeForgotten(Instant end) {
      return latestEnd.isAfter(Instant.MIN)
          && end.isBefore(latestEnd.minus(settings.windowRetention()));
    }

    private void passed(Instant end) {
      latestEnd = end.isAfter(latestEnd) ? end : latestEnd;
    }

    private Instant now() {
      return Instant.ofEpochMilli(context.currentSystemTimeMs());
    }
  }
}
