package dev.logdex.normalizer.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdex.normalizer.fingerprint.StatementNormalizer;
import dev.logdex.normalizer.logentry.InspectableLog;
import dev.logdex.runtime.EventJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of all sources of one task. After each call everything that is remembered is in
 * the store. Not thread-safe.
 *
 * <p>Two rules keep a replay equal to the first run. Lines whose place in a file is known are read
 * once. And a source has gone quiet when that much time has passed between arrivals, not when the
 * reader happened to be slow; only when nothing arrives at all does the reader's clock decide. A
 * file's lines have no such rule: its shipper says where it ends, and may come back after a restart
 * in the middle of an entry.
 */
public final class LogSources {
  private static final String STATE = "state";
  private static final String LOG = "log.";
  private static final String AT_THE_END = "at its end";
  private static final long HOUR_MS = Duration.ofHours(1).toMillis();

  private final SourceLogFactory logs;
  private final SourceStore store;
  private final SourceSettings settings;
  private final StatementNormalizer normalizer = new StatementNormalizer();

  private final Map<String, Reading> readings = new HashMap<>();

  /**
   * Those that may have something pending that quiet time settles; the one silent for longest
   * stands first.
   */
  private final Map<String, Reading> awake = new LinkedHashMap<>();

  private Instant latestArrival = Instant.MIN;
  private long bytesSkipped;

  /** Goes on where the store says that reading has stopped. */
  public LogSources(
      SourceLogFactory logs, SourceStore store, SourceSettings settings, Instant now) {
    this.logs = logs;
    this.store = store;
    this.settings = settings;
    store.sources().forEach(source -> restore(source, now));
  }

  /** Reads one record; the tallies are in the order in which their lines came. */
  public List<Tally> read(RawRecord record, Instant now) {
    List<Tally> tallies = new ArrayList<>();
    latestArrival = record.arrivedAt().isAfter(latestArrival) ? record.arrivedAt() : latestArrival;
    settleSilentSince(latestArrival.minus(settings.quietTime()), tallies);
    Reading reading =
        readings.computeIfAbsent(
            record.source(), source -> new Reading(source, SourceState.NEW, Map.of()));
    int skipped = alreadyRead(reading, record);
    bytesSkipped += skipped;
    if (skipped < record.value().length) {
      readLines(reading, record, skipped, tallies);
    }
    if (record.endOfInput()) {
      finish(reading, InspectableLog::flush, tallies);
    }
    remember(reading, record, now);
    return tallies;
  }

  /** Nothing has arrived for the quiet time: what is pending is complete, files excepted. */
  public List<Tally> settle() {
    List<Tally> tallies = new ArrayList<>();
    settleSilentSince(Instant.MAX, tallies);
    return tallies;
  }

  /** Forgets the sources that have been silent for the retention; what was pending is told. */
  public List<Tally> forgetSilent(Instant now) {
    List<Tally> tallies = new ArrayList<>();
    long oldest = now.minus(settings.retention()).toEpochMilli();
    Iterator<Reading> all = readings.values().iterator();
    while (all.hasNext()) {
      Reading reading = all.next();
      if (reading.state.seenAtMs() + HOUR_MS < oldest) {
        finish(reading, InspectableLog::flush, tallies);
        store
            .pieces(reading.source)
            .keySet()
            .forEach(name -> store.put(reading.source, name, null));
        awake.remove(reading.source);
        all.remove();
      }
    }
    return tallies;
  }

  /** Bytes that were not read because they had been read before. */
  public long bytesSkipped() {
    return bytesSkipped;
  }

  private void restore(String source, Instant now) {
    Map<String, byte[]> pieces = store.pieces(source);
    byte[] state = pieces.get(STATE);
    Reading reading =
        new Reading(
            source,
            state == null ? SourceState.NEW : EventJson.read(state, SourceState.class),
            logPieces(pieces));
    readings.put(source, reading);
    if (!reading.state.inFile()) {
      reading.lastArrival = now;
      awake.put(source, reading);
    }
  }

  private void settleSilentSince(Instant silentSince, List<Tally> tallies) {
    Iterator<Reading> silent = awake.values().iterator();
    while (silent.hasNext()) {
      Reading reading = silent.next();
      if (reading.lastArrival.isAfter(silentSince)) {
        return;
      }
      finish(reading, InspectableLog::settle, tallies);
      silent.remove();
    }
  }

  private static int alreadyRead(Reading reading, RawRecord record) {
    RawRecord.Stretch stretch = record.stretch();
    return stretch == null
        ? 0
        : reading.state.positions().alreadyRead(stretch, record.value().length);
  }

  private void readLines(Reading reading, RawRecord record, int from, List<Tally> tallies) {
    byte[] value = record.value();
    Tally whole = tally(reading);
    RuntimeException failure =
        reading.attempt(
            whole,
            log ->
                log.accept(value, from, value.length - from, record.place(), record.arrivedAt()));
    if (failure == null) {
      tallies.add(whole);
    } else {
      readLineByLine(reading, record, from, tallies);
    }
  }

  /** A defect of ours must cost one line, not the record that holds it among hundreds. */
  private void readLineByLine(Reading reading, RawRecord record, int from, List<Tally> tallies) {
    byte[] value = record.value();
    int line = 0;
    int start = from;
    while (start < value.length) {
      int end = lineEnd(value, start);
      line++;
      tallies.add(readLine(reading, record, start, end, record.place() + ":" + line));
      start = end;
    }
  }

  private Tally readLine(Reading reading, RawRecord record, int start, int end, String place) {
    Tally tally = tally(reading);
    RuntimeException failure =
        reading.attempt(
            tally,
            log -> log.accept(record.value(), start, end - start, place, record.arrivedAt()));
    if (failure == null) {
      return tally;
    }
    Tally failed = tally(reading);
    failed.failed(place, failure, new String(record.value(), start, end - start, UTF_8));
    return failed;
  }

  private static int lineEnd(byte[] value, int start) {
    int end = start;
    while (end < value.length && value[end] != '\n') {
      end++;
    }
    return Math.min(value.length, end + 1);
  }

  private void finish(Reading reading, Consumer<InspectableLog> end, List<Tally> tallies) {
    Tally tally = tally(reading);
    RuntimeException failure = reading.attempt(tally, end);
    if (failure == null) {
      tallies.add(tally);
    } else {
      // what is pending cannot be told, now or later: give it up, or it would fail for ever
      reading.startAnew();
      Tally failed = tally(reading);
      failed.failed(AT_THE_END, failure, "");
      tallies.add(failed);
    }
  }

  private void remember(Reading reading, RawRecord record, Instant now) {
    RawRecord.Stretch stretch = record.stretch();
    FilePositions positions = reading.state.positions();
    boolean inFile = stretch != null || (reading.state.inFile() && record.value().length == 0);
    SourceState state =
        new SourceState(
            stretch == null ? positions : positions.with(stretch, record.value().length),
            inFile && !record.endOfInput(),
            Math.floorDiv(now.toEpochMilli(), HOUR_MS) * HOUR_MS);
    if (!state.equals(reading.state)) {
      store.put(reading.source, STATE, EventJson.write(state));
    }
    reading.state = state;
    reading.lastArrival = record.arrivedAt();
    awake.remove(reading.source);
    if (!inFile && !record.endOfInput()) {
      awake.put(reading.source, reading);
    }
  }

  private Tally tally(Reading reading) {
    return new Tally(reading.source, normalizer, settings.windows());
  }

  private static Map<String, byte[]> logPieces(Map<String, byte[]> pieces) {
    Map<String, byte[]> found = new HashMap<>();
    pieces.forEach(
        (name, piece) -> {
          if (name.startsWith(LOG)) {
            found.put(name.substring(LOG.length()), piece);
          }
        });
    return found;
  }

  /** One source. */
  private final class Reading {
    private final String source;
    private final CurrentTally sink = new CurrentTally();
    private SourceState state;
    private InspectableLog log;
    private Instant lastArrival = Instant.MIN;

    Reading(String source, SourceState state, Map<String, byte[]> pieces) {
      this.source = source;
      this.state = state;
      this.log = logs.open(source, sink, pieces);
    }

    /**
     * Lets the log do something and stores what it changed; when it fails the log is again as it
     * was before, and what it told is void.
     */
    @Nullable RuntimeException attempt(Tally tally, Consumer<InspectableLog> action) {
      Map<String, byte @Nullable []> changes = new LinkedHashMap<>();
      sink.tellTo(tally);
      try {
        action.accept(log);
        log.drainChanges(changes::put);
      } catch (RuntimeException e) { // whatever it is, it must not stop the other sources
        log = logs.open(source, sink, logPieces(store.pieces(source)));
        return e;
      }
      changes.forEach((name, piece) -> store.put(source, LOG + name, piece));
      return null;
    }

    void startAnew() {
      logPieces(store.pieces(source)).keySet().forEach(name -> store.put(source, LOG + name, null));
      log = logs.open(source, sink, Map.of());
    }
  }
}
