package dev.logdex.normalizer.kafka;

import static dev.logdex.normalizer.LogLines.statement;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.ingest.event.LogHeader;
import dev.logdex.normalizer.event.Fingerprint;
import dev.logdex.normalizer.event.QueryWindow;
import dev.logdex.normalizer.logentry.LogSettings;
import dev.logdex.normalizer.logentry.SourceLogs;
import dev.logdex.normalizer.source.SourceLogFactory;
import dev.logdex.normalizer.source.SourceSettings;
import dev.logdex.normalizer.window.WindowCaps;
import dev.logdex.normalizer.window.WindowLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A processor that is initialized again goes on from its stores, and from nothing else. */
class RestartTest {
  private static final SourceLogFactory LOGS =
      (source, sink, pieces) ->
          SourceLogs.restore(source, LogSettings.defaults(), sink, pieces.entrySet());
  private static final FlowSettings SETTINGS =
      new FlowSettings(
          new SourceSettings(Duration.ofSeconds(3), Duration.ofDays(7), WindowLimits.DEFAULT),
          Duration.ofSeconds(10),
          Duration.ofMinutes(10),
          WindowCaps.DEFAULT,
          Duration.ofMillis(500));

  @TempDir Path folder;

  private MockProcessorContext<String, Outcome> counting;
  private MockProcessorContext<String, QueryWindow> merging;
  private CommittedPieces sources;
  private CommittedPieces windows;

  @BeforeEach
  void openStores() {
    counting = new MockProcessorContext<>(new Properties(), new TaskId(0, 0), folder.toFile());
    counting.setCurrentSystemTimeMs(0);
    sources = addStore(counting, CommittedPieces.builder(AssembleAndCount.SOURCES_STORE));
    windows = addStore(counting, CommittedPieces.builder(AssembleAndCount.WINDOWS_STORE));
    merging = new MockProcessorContext<>(new Properties(), new TaskId(0, 0), folder.toFile());
    merging.setCurrentSystemTimeMs(0);
    addStore(
        merging,
        Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(MergeWindows.WINDOWS_STORE),
            Serdes.String(),
            StoredWindow.serde()));
  }

  @Test
  void partialWindowsAndPendingEntriesSurvive() {
    AssembleAndCount before = new AssembleAndCount(SETTINGS, LOGS);
    before.init(counting);
    process(before, 0, statement("2026-01-01T10:00:01Z", 1, "select 1"));
    process(before, 1, statement("2026-01-01T10:00:02Z", 2, "select a"));
    assertThat(counting.forwarded()).isEmpty();

    AssembleAndCount after = new AssembleAndCount(SETTINGS, LOGS);
    after.init(counting);
    process(after, 2, "\tfrom t\n");
    process(after, 3, statement("2026-01-01T10:00:03Z", 4, "select 1"));
    end(after, 4);

    assertThat(forwarded())
        .extracting(window -> window.text() + ": " + window.calls() + ", " + window.totalTimeMs())
        .containsExactlyInAnyOrder("select $1: 2, 5.0", "select a from t: 1, 2.0");
  }

  @Test
  void whatHasLeftDoesNotLeaveAgain() {
    AssembleAndCount before = new AssembleAndCount(SETTINGS, LOGS);
    before.init(counting);
    process(before, 0, statement("2026-01-01T10:00:01Z", 1, "select 1"));
    end(before, 1);
    assertThat(forwarded()).hasSize(1);
    counting.resetForwards();

    AssembleAndCount after = new AssembleAndCount(SETTINGS, LOGS);
    after.init(counting);
    end(after, 2);

    assertThat(forwarded()).isEmpty();
  }

  @Test
  void anInstanceThatIsInitializedAgainForgetsWhatWasNotStored() {
    AssembleAndCount processor = new AssembleAndCount(SETTINGS, LOGS);
    processor.init(counting);
    commit();
    process(processor, 0, statement("2026-01-01T10:00:01Z", 1, "select 1"));

    processor.init(counting);
    end(processor, 1);

    assertThat(forwarded()).isEmpty();
  }

  @Test
  void nothingIsStoredBeforeTheStreamCommits() {
    AssembleAndCount processor = new AssembleAndCount(SETTINGS, LOGS);
    processor.init(counting);
    commit();
    process(processor, 0, statement("2026-01-01T10:00:01Z", 1, "select 1"));
    process(processor, 1, statement("2026-01-01T10:00:02Z", 1, "select 1"));
    assertThat(sources.pieces().approximateNumEntries()).isZero();
    assertThat(windows.pieces().approximateNumEntries()).isZero();

    commit();

    assertThat(sources.pieces().approximateNumEntries()).isPositive();
    assertThat(windows.pieces().approximateNumEntries()).isPositive();
  }

  @Test
  void everyRecordIsStoredUntilTheStreamHasShownThatItAsksBeforeItCommits() {
    AssembleAndCount processor = new AssembleAndCount(SETTINGS, LOGS);
    processor.init(counting);
    process(processor, 0, statement("2026-01-01T10:00:01Z", 1, "select 1"));

    assertThat(sources.pieces().approximateNumEntries()).isPositive();
    assertThat(counting.committed()).isTrue();
  }

  @Test
  void aStoreWhoseTaskIsGoneAsksNobody() {
    AssembleAndCount processor = new AssembleAndCount(SETTINGS, LOGS);
    processor.init(counting);
    commit();
    process(processor, 0, statement("2026-01-01T10:00:01Z", 1, "select 1"));
    sources.clearCache();
    windows.clearCache();

    commit();

    assertThat(sources.pieces().approximateNumEntries()).isZero();
    assertThat(windows.pieces().approximateNumEntries()).isZero();
  }

  @Test
  void mergedWindowsAndTheEventTimeSurvive() {
    MergeWindows before = new MergeWindows(SETTINGS);
    before.init(merging);
    merge(before, 0, window("2026-01-01T12:00:00Z", 1));
    merge(before, 1, window("2026-01-01T11:55:00Z", 2));

    MergeWindows after = new MergeWindows(SETTINGS);
    after.init(merging);
    merge(after, 2, window("2026-01-01T11:55:00Z", 3));
    merge(after, 3, window("2026-01-01T10:00:00Z", 4));

    assertThat(merging.forwarded())
        .extracting(forward -> forward.record().value())
        .extracting(window -> window.windowStart() + window.part() + ": " + window.calls())
        .containsExactly(
            "2026-01-01T12:00:00Z: 1",
            "2026-01-01T11:55:00Z: 2",
            "2026-01-01T11:55:00Z: 5",
            "2026-01-01T10:00:00Z7-3: 4");
  }

  /** As the stream does first when it commits. */
  private void commit() {
    sources.flushCache();
    windows.flushCache();
  }

  private void process(AssembleAndCount processor, long offset, String lines) {
    counting.setRecordMetadata("logdex.logs", 0, offset);
    processor.process(new Record<>("db1".getBytes(UTF_8), lines.getBytes(UTF_8), 0));
  }

  private void end(AssembleAndCount processor, long offset) {
    counting.setRecordMetadata("logdex.logs", 0, offset);
    Record<byte[], byte[]> end = new Record<>("db1".getBytes(UTF_8), new byte[0], 0);
    end.headers().add(LogHeader.END_OF_INPUT.key(), new byte[0]);
    processor.process(end);
  }

  private List<QueryWindow> forwarded() {
    return counting.forwarded().stream()
        .flatMap(forward -> forward.record().value().windows().stream())
        .toList();
  }

  private void merge(MergeWindows processor, long offset, QueryWindow window) {
    merging.setRecordMetadata("partial-windows", 7, offset);
    processor.process(new Record<>(window.key(), window, 0));
  }

  private static QueryWindow window(String start, long calls) {
    return new QueryWindow(
        1,
        "shop",
        new Fingerprint(1),
        "select $1",
        Instant.parse(start),
        Duration.ofMinutes(1),
        "",
        calls,
        0,
        0,
        0,
        0,
        List.of(),
        Map.of());
  }

  private static <S extends StateStore> S addStore(
      MockProcessorContext<?, ?> context, StoreBuilder<S> builder) {
    S store = builder.withLoggingDisabled().withCachingDisabled().build();
    store.init(context.getStateStoreContext(), store);
    return store;
  }
}
