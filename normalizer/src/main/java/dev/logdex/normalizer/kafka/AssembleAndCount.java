package dev.logdex.normalizer.kafka;

import dev.logdex.normalizer.event.DeadLetter;
import dev.logdex.normalizer.event.QueryWindow;
import dev.logdex.normalizer.source.LogSources;
import dev.logdex.normalizer.source.RawRecord;
import dev.logdex.normalizer.source.SourceLogFactory;
import dev.logdex.normalizer.source.Tally;
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
 * to the merging of windows grows with distinct statements and not with calls.
 *
 * <p>Everything pending of a source that has come to its end leaves while the record that says so
 * is being processed: once that record is committed, all before it has been handed on.
 */
final class AssembleAndCount implements Processor<byte[], byte[], String, Outcome> {
  static final String SOURCES_STORE = "log-sources";
  static final String PARTIALS_STORE = "partial-windows-store";

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
    private final LogSources sources;
    private final PartialWindows partials;
    private Instant eventTime = Instant.MIN;
    private Instant lastRecord;

    Task(ProcessorContext<String, Outcome> context) {
      this.context = context;
      this.lastRecord = now();
      this.sources =
          new LogSources(
              logs,
              new StoredPieces(context.getStateStore(SOURCES_STORE)),
              settings.sources(),
              lastRecord);
      this.partials = new PartialWindows(context.getStateStore(PARTIALS_STORE), settings);
      context.schedule(
          settings.quietCheckInterval(), PunctuationType.WALL_CLOCK_TIME, time -> leaveWhenIdle());
      context.schedule(
          FORGET_INTERVAL, PunctuationType.WALL_CLOCK_TIME, time -> forgetSilentSources());
    }

    void process(Record<byte[], byte[]> record) {
      RecordMetadata at = context.recordMetadata().orElseThrow();
      RawRecord raw = RawRecords.of(record, at.partition(), at.offset());
      lastRecord = now();
      long skippedBefore = sources.bytesSkipped();
      add(sources.read(raw, lastRecord), record.timestamp());
      NormalizerMetrics.read(raw.value().length, sources.bytesSkipped() - skippedBefore);
      if (raw.endOfInput()) {
        forward(partials.takeAll(), record.timestamp());
      } else if (eventTime.isAfter(Instant.MIN)) {
        forward(partials.takeEnded(eventTime, settings.windowGrace()), record.timestamp());
      }
    }

    private void leaveWhenIdle() {
      if (lastRecord.plus(settings.sources().quietTime()).isAfter(now())) {
        return;
      }
      add(sources.settle(), now().toEpochMilli());
      forward(partials.takeAll(), now().toEpochMilli());
    }

    private void forgetSilentSources() {
      add(sources.forgetSilent(now()), now().toEpochMilli());
    }

    private void add(List<Tally> tallies, long timestamp) {
      for (Tally tally : tallies) {
        NormalizerMetrics.tallied(tally);
        Instant latest = tally.latest();
        eventTime = latest != null && latest.isAfter(eventTime) ? latest : eventTime;
        tally.windows().forEach(partials::add);
        tally.letters().forEach(letter -> forward(letter, timestamp));
      }
      forward(partials.takeOverflow(), timestamp);
    }

    private void forward(List<QueryWindow> windows, long timestamp) {
      for (QueryWindow window : windows) {
        context.forward(new Record<>(window.key(), new Outcome.Counted(window), timestamp));
      }
    }

    private void forward(DeadLetter letter, long timestamp) {
      context.forward(new Record<>(letter.source(), new Outcome.Rejected(letter), timestamp));
    }

    private Instant now() {
      return Instant.ofEpochMilli(context.currentSystemTimeMs());
    }
  }
}
