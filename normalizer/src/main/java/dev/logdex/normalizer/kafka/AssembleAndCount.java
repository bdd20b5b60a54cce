package dev.logdex.normalizer.kafka;

import dev.logdex.normalizer.event.DeadLetter;
import dev.logdex.normalizer.event.QueryWindow;
import dev.logdex.normalizer.source.LogSources;
import dev.logdex.normalizer.source.RawRecord;
import dev.logdex.normalizer.source.SourceLogFactory;
import dev.logdex.normalizer.source.Tally;
import dev.logdex.normalizer.window.OpenWindows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Reads the logs of the task's sources and adds up their executions by window, so that what goes on
 * to the merging of windows grows with distinct statements and not with calls. State lives in
 * memory and is handed to the stores when the stream commits: see {@link CommittedPieces}.
 *
 * <p>Everything pending of a source that has come to its end leaves while the record that says so
 * is being processed: once that record is committed, all before it has been handed on.
 */
final class AssembleAndCount implements Processor<byte[], byte[], String, Outcome> {
  static final String SOURCES_STORE = "log-sources";
  static final String WINDOWS_STORE = "open-windows";

  private static final Duration FORGET_INTERVAL = Duration.ofMinutes(1);

  private final FlowSettings settings;
  private final SourceLogFactory logs;
  private @Nullable Task task;

  AssembleAndCount(FlowSettings settings, SourceLogFactory logs) {
    this.settings = settings;
    this.logs = logs;
  }

  @Override
  public void init(ProcessorContext<String, Outcome> context) {
    // a task that is closed dirty is initialized again: nothing may be left of its former life
    task = new Task(context);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    if (task == null) {
      throw new IllegalStateException("a record before init");
    }
    task.process(record);
  }

  private final class Task {
    private final ProcessorContext<String, Outcome> context;
    private final CommittedPieces sourcePieces;
    private final CommittedPieces windowPieces;
    private final OpenWindows windows;
    private final Tally tally;
    private final LogSources sources;
    private final RawRecords records = new RawRecords();
    private final NormalizerMetrics metrics;
    private Instant eventTime = Instant.MIN;
    private long lastRecordMs;
    private long lastArrivalMs;
    private boolean handedOn;

    Task(ProcessorContext<String, Outcome> context) {
      this.context = context;
      this.lastRecordMs = context.currentSystemTimeMs();
      this.sourcePieces = context.getStateStore(SOURCES_STORE);
      this.windowPieces = context.getStateStore(WINDOWS_STORE);
      this.windows = new OpenWindows(settings.sources().windows(), settings.caps());
      windows.restore(StoredPieces.all(windowPieces.pieces()));
      this.tally = new Tally(windows);
      this.sources =
          new LogSources(
              logs,
              new StoredPieces(sourcePieces.pieces()),
              settings.sources(),
              tally,
              Instant.ofEpochMilli(lastRecordMs));
      this.metrics = new NormalizerMetrics(tally, sources, windows);
      sourcePieces.handedOverBy(this::storeSources);
      windowPieces.handedOverBy(this::storeWindows);
      schedule(settings.quietCheckInterval(), this::leaveWhenIdle);
      schedule(settings.handOnInterval(), this::commitWhenAtRest);
      schedule(FORGET_INTERVAL, this::forgetSilentSources);
    }

    void process(Record<byte[], byte[]> record) {
      RecordMetadata at = context.recordMetadata().orElseThrow();
      int partition = at.partition();
      lastRecordMs = now();
      Instant now = Instant.ofEpochMilli(lastRecordMs);
      if (Packs.isPack(record.headers())) {
        Packs.unpack(
            record.value(),
            (key, value, headers, timestamp, offset) ->
                read(records.of(key, value, headers, arrival(timestamp), partition, offset), now));
      } else {
        read(
            records.of(
                record.key(),
                record.value(),
                record.headers(),
                record.timestamp(),
                partition,
                at.offset()),
            now);
      }
      if (!sourcePieces.isAsked() || !windowPieces.isAsked()) {
        storeSources();
        storeWindows();
        context.commit(); // so that it is asked soon, if it ever is
      }
    }

    /** A record without a time must not stop the stream: it arrived with the one before it. */
    private long arrival(long timestamp) {
      lastArrivalMs = timestamp < 0 ? lastArrivalMs : timestamp;
      return lastArrivalMs;
    }

    private void read(RawRecord raw, Instant now) {
      long timestamp = raw.arrivedAt().toEpochMilli();
      sources.read(raw, now);
      metrics.read(raw.value().length);
      forwardRejected(timestamp);
      if (raw.endOfInput()) {
        forward(windows.takeAll(), timestamp);
        context.commit(); // somebody may be waiting for it
      } else {
        forward(windows.takeOverflow(), timestamp);
        forwardEnded(timestamp);
      }
    }

    private void forwardEnded(long timestamp) {
      if (tally.latest().isAfter(eventTime)) {
        eventTime = tally.latest();
        forward(windows.takeEnded(eventTime, settings.windowGrace()), timestamp);
      }
    }

    private void leaveWhenIdle() {
      long now = now();
      if (lastRecordMs + settings.sources().quietTime().toMillis() > now) {
        return;
      }
      sources.settle();
      forwardRejected(now);
      forward(windows.takeAll(), now);
    }

    private void forgetSilentSources() {
      long now = now();
      sources.forgetSilent(Instant.ofEpochMilli(now));
      forwardRejected(now);
    }

    /**
     * Readers see what was handed on when it is committed. A busy stream does that by and by, since
     * each time costs; one that is at rest does it now.
     */
    private void commitWhenAtRest() {
      boolean atRest = lastRecordMs + settings.handOnInterval().toMillis() <= now();
      if (handedOn && atRest) {
        handedOn = false;
        context.commit();
      }
    }

    private void storeSources() {
      metrics.publish();
      sources.store();
    }

    private void storeWindows() {
      StoredPieces.drain(windows::drainChanges, windowPieces.pieces());
    }

    private void forwardRejected(long timestamp) {
      for (DeadLetter letter : tally.takeLetters()) {
        metrics.rejected(letter.reason());
        context.forward(new Record<>(letter.source(), new Outcome.Rejected(letter), timestamp));
        handedOn = true;
      }
    }

    private void forward(List<QueryWindow> taken, long timestamp) {
      for (QueryWindow window : taken) {
        context.forward(new Record<>(window.key(), new Outcome.Counted(window), timestamp));
        handedOn = true;
      }
    }

    private long now() {
      return context.currentSystemTimeMs();
    }

    private void schedule(Duration interval, Runnable work) {
      context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, time -> work.run());
    }
  }
}
