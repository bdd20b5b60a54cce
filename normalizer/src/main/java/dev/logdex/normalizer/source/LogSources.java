package dev.logdex.normalizer.source;

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
 * Reads the records of all sources of one task. What is remembered of them lives in memory; {@link
 * #store} puts what changed into the store, from which a restart goes on. Not thread-safe.
 *
 * <p>Two rules keep a replay equal to the first run. Lines whose place in a file is known are read
 * once. And a source has gone quiet when that much time has passed between arrivals, not when the
 * reader happened to be slow; only when nothing arrives at all does the reader's clock decide. A
 * file's lines have no such rule: its shipper says where it ends, and may come back after a restart
 * in the middle of an entry.
 */
public final class LogSources {
  private static final String STATE = "state";
  private static final String DELIVERIES = "deliveries";
  private static final String LOG = "log.";
  private static final String AT_THE_END = "at its end";
  private static final byte[] NOTHING = {};
  private static final long HOUR_MS = Duration.ofHours(1).toMillis();

  private final SourceLogFactory logs;
  private final SourceStore store;
  private final SourceSettings settings;
  private final Tally tally;

  private final Map<String, Reading> readings = new HashMap<>();

  /**
   * Those that may have something pending that quiet time settles; the one silent for longest
   * stands first.
   */
  private final Map<String, Reading> awake = new LinkedHashMap<>();

  /** Those that have read something since they were stored. */
  private final List<Reading> changed = new ArrayList<>();

  private Instant latestArrival = Instant.MIN;
  private long bytesSkipped;
  private long recordsRepeated;

  /** Goes on where the store says that reading has stopped. */
  public LogSources(
      SourceLogFactory logs, SourceStore store, SourceSettings settings, Tally tally, Instant now) {
    this.logs = logs;
    this.store = store;
    this.settings = settings;
    this.tally = tally;
    store.sources().forEach(source -> restore(source, now));
  }

  /** Reads one record. */
  public void read(RawRecord record, Instant now) {
    if (record.arrivedAt().isAfter(latestArrival)) {
      latestArrival = record.arrivedAt();
      settleSilentSince(latestArrival.minus(settings.quietTime()));
    }
    Reading reading = readings.get(record.source());
    if (reading == null) {
      reading = new Reading(record.source(), Map.of());
      readings.put(record.source(), reading);
    }
    touch(reading);
    if (reading.isRepeated(record)) {
      recordsRepeated++;
    } else {
      readLines(reading, record);
    }
    if (record.endOfInput()) {
      finish(reading, InspectableLog::flush);
    }
    remember(reading, record, now);
  }

  /** Nothing has arrived for the quiet time: what is pending is complete, files excepted. */
  public void settle() {
    settleSilentSince(Instant.MAX);
  }

  /** Forgets the sources that have been silent for the retention; what was pending is told. */
  public void forgetSilent(Instant now) {
    long oldest = now.minus(settings.retention()).toEpochMilli();
    Iterator<Reading> all = readings.values().iterator();
    while (all.hasNext()) {
      Reading reading = all.next();
      if (reading.state.seenAtMs() + HOUR_MS < oldest) {
        finish(reading, InspectableLog::flush);
        reading.forget("");
        changed.remove(reading);
        awake.remove(reading.source);
        all.remove();
      }
    }
  }

  /** Puts what changed since the last time into the store. */
  public void store() {
    changed.forEach(Reading::store);
    changed.clear();
  }

  /** Bytes that were not read because they had been read before. */
  public long bytesSkipped() {
    return bytesSkipped;
  }

  /** Records that were not read because their delivery had been read before. */
  public long recordsRepeated() {
    return recordsRepeated;
  }

  /** Sources that are remembered. */
  public int size() {
    return readings.size();
  }

  private void restore(String source, Instant now) {
    Reading reading = new Reading(source, store.pieces(source));
    readings.put(source, reading);
    if (!reading.state.inFile()) {
      reading.lastArrival = now;
      reading.awake = true;
      awake.put(source, reading);
    }
  }

  private void settleSilentSince(Instant silentSince) {
    Iterator<Reading> silent = awake.values().iterator();
    while (silent.hasNext()) {
      Reading reading = silent.next();
      if (reading.lastArrival.isAfter(silentSince)) {
        return;
      }
      touch(reading);
      finish(reading, InspectableLog::settle);
      reading.awake = false;
      silent.remove();
    }
  }

  private void touch(Reading reading) {
    if (!reading.changed) {
      reading.changed = true;
      changed.add(reading);
    }
  }

  private void readLines(Reading reading, RawRecord record) {
    int skipped = alreadyRead(reading, record);
    bytesSkipped += skipped;
    byte[] value = record.value();
    if (skipped == value.length) {
      return;
    }
    try {
      reading.log.accept(
          value, skipped, value.length - skipped, record.place(), record.arrivedAt());
    } catch (RuntimeException e) { // the log guards each line itself; this keeps the others going
      tally.failed(reading.source, record.place(), e, value, skipped);
      reading.startAnew();
    }
  }

  private static int alreadyRead(Reading reading, RawRecord record) {
    RawRecord.Stretch stretch = record.stretch();
    return stretch == null
        ? 0
        : reading.state.positions().alreadyRead(stretch, record.value().length);
  }

  private void finish(Reading reading, Consumer<InspectableLog> end) {
    try {
      end.accept(reading.log);
    } catch (RuntimeException e) { // what is pending cannot be told, now or later: give it up
      tally.failed(reading.source, AT_THE_END, e, NOTHING, 0);
      reading.startAnew();
    }
  }

  private void remember(Reading reading, RawRecord record, Instant now) {
    boolean inFile =
        record.stretch() != null || (reading.state.inFile() && record.value().length == 0);
    reading.seen(record, inFile, now);
    boolean wakes = !inFile && !record.endOfInput();
    if (reading.awake && wakes && record.arrivedAt().equals(reading.lastArrival)) {
      return; // where it stands among those that arrived with it does not matter
    }
    reading.lastArrival = record.arrivedAt();
    awake.remove(reading.source);
    if (wakes) {
      awake.put(reading.source, reading);
    }
    reading.awake = wakes;
  }

  /** One source. */
  private final class Reading {
    private final String source;
    private final Deliveries deliveries;
    private SourceState state;
    private InspectableLog log;
    private Instant lastArrival = Instant.MIN;
    private boolean awake;
    private boolean changed;
    private boolean stateChanged;
    private boolean deliveriesChanged;

    Reading(String source, Map<String, byte[]> pieces) {
      this.source = source;
      byte[] known = pieces.get(STATE);
      this.state = known == null ? SourceState.NEW : EventJson.read(known, SourceState.class);
      this.deliveries = Deliveries.of(pieces.get(DELIVERIES));
      this.log = open(logPieces(pieces));
    }

    boolean isRepeated(RawRecord record) {
      byte[] delivery = record.delivery();
      if (delivery == null) {
        return false;
      }
      boolean first = deliveries.isNew(delivery);
      deliveriesChanged |= first;
      return !first;
    }

    void seen(RawRecord record, boolean inFile, Instant now) {
      RawRecord.Stretch stretch = record.stretch();
      boolean staysInFile = inFile && !record.endOfInput();
      long hour = Math.floorDiv(now.toEpochMilli(), HOUR_MS) * HOUR_MS;
      if (stretch == null && staysInFile == state.inFile() && hour == state.seenAtMs()) {
        return;
      }
      FilePositions positions = state.positions();
      state =
          new SourceState(
              stretch == null ? positions : positions.with(stretch, record.value().length),
              staysInFile,
              hour);
      stateChanged = true;
    }

    void store() {
      changed = false;
      if (stateChanged) {
        store.put(source, STATE, EventJson.write(state));
        stateChanged = false;
      }
      if (deliveriesChanged) {
        store.put(source, DELIVERIES, deliveries.toBytes());
        deliveriesChanged = false;
      }
      storeLog();
    }

    private void storeLog() {
      Map<String, byte @Nullable []> changes = new LinkedHashMap<>();
      try {
        log.drainChanges(changes::put);
      } catch (RuntimeException e) { // a state that cannot be kept would fail for ever
        tally.failed(source, "in its state", e, NOTHING, 0);
        startAnew();
        return;
      }
      changes.forEach((name, piece) -> store.put(source, LOG + name, piece));
    }

    /** A log that failed is in an unknown state: what it had pending is given up. */
    void startAnew() {
      forget(LOG);
      log = open(Map.of());
    }

    void forget(String prefix) {
      store.pieces(source).keySet().stream()
          .filter(name -> name.startsWith(prefix))
          .forEach(name -> store.put(source, name, null));
    }

    private InspectableLog open(Map<String, byte[]> pieces) {
      return logs.open(source, tally.sinkOf(source), pieces);
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
  }
}
