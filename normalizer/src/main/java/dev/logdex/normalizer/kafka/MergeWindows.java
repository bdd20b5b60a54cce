package dev.logdex.normalizer.kafka;

import dev.logdex.normalizer.event.QueryWindow;
import dev.logdex.normalizer.window.FingerprintCap;
import dev.logdex.normalizer.window.WindowSum;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
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
 *
 * <p>Beyond so many statements of one database in one window, the parts of more are added up as one
 * window of other statements: each task bounds what it hands on, and here they come together.
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
    private final FingerprintCap cap = new FingerprintCap(settings.caps().fingerprints());
    private final String others;
    private Instant latestEnd = Instant.MIN;
    private Instant lastPart = Instant.MIN;
    private boolean handedOn;

    Task(ProcessorContext<String, QueryWindow> context) {
      this.context = context;
      this.windows = context.getStateStore(WINDOWS_STORE);
      this.others = "others-" + context.taskId().partition();
      try (KeyValueIterator<String, StoredWindow> all = windows.all()) {
        all.forEachRemaining(entry -> holds(entry.value));
      }
      schedule(settings.forgetInterval(), this::forgetOld);
      schedule(settings.handOnInterval(), this::commitWhenAtRest);
    }

    void process(Record<String, QueryWindow> record) {
      QueryWindow part = record.value();
      StoredWindow stored = windows.get(record.key());
      if (stored != null) {
        put(record.key(), sum(stored, part), record);
      } else if (cap.hasRoomFor(part)) {
        cap.hold(part);
        put(record.key(), WindowSum.ofPart(part, isLate(part) ? place() : part.part()), record);
      } else {
        addToOthers(part, record);
      }
    }

    /** Under a name of this task: those of another task are other statements, and add up. */
    private void addToOthers(QueryWindow part, Record<String, QueryWindow> record) {
      NormalizerMetrics.mergedIntoOther();
      String key =
          part.database() + "/" + QueryWindow.OTHER + "/" + part.windowStart() + "/" + others;
      StoredWindow stored = windows.get(key);
      WindowSum sum =
          stored == null
              ? WindowSum.ofOthers(part, isLate(part) ? others + "-" + place() : others)
              : sum(stored, part);
      put(key, sum, record);
    }

    private void put(String key, WindowSum sum, Record<String, QueryWindow> record) {
      QueryWindow window = sum.finished(settings.samples());
      lastPart = now();
      StoredWindow updated = StoredWindow.of(window, lastPart);
      passed(updated.end());
      windows.put(key, updated);
      context.forward(record.withKey(window.key()).withValue(window));
      handedOn = true;
    }

    private static WindowSum sum(StoredWindow stored, QueryWindow part) {
      WindowSum sum = WindowSum.of(stored.window());
      sum.add(part);
      return sum;
    }

    private boolean isLate(QueryWindow part) {
      boolean late = mayBeForgotten(part.windowStart().plus(part.windowSize()));
      if (late) {
        NormalizerMetrics.late();
      }
      return late;
    }

    private String place() {
      RecordMetadata at = context.recordMetadata().orElseThrow();
      return at.partition() + "-" + at.offset();
    }

    private void holds(StoredWindow stored) {
      passed(stored.end());
      cap.hold(stored.window());
    }

    /** Readers see windows when they are committed: at once when no more of them are coming. */
    private void commitWhenAtRest() {
      boolean atRest = !lastPart.plus(settings.handOnInterval()).isAfter(now());
      if (handedOn && atRest) {
        handedOn = false;
        context.commit();
      }
    }

    private void schedule(Duration interval, Runnable work) {
      context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, time -> work.run());
    }

    private void forgetOld() {
      Instant untouchedSince = now().minus(settings.windowRetention());
      Map<String, QueryWindow> old = new LinkedHashMap<>();
      try (KeyValueIterator<String, StoredWindow> all = windows.all()) {
        while (all.hasNext()) {
          KeyValue<String, StoredWindow> entry = all.next();
          if (!entry.value.updatedAt().isAfter(untouchedSince)
              && mayBeForgotten(entry.value.end())) {
            old.put(entry.key, entry.value.window());
          }
        }
      }
      old.forEach(
          (key, window) -> {
            windows.delete(key);
            cap.release(window);
          });
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
