package dev.logdex.ingest.outlet.spool;

import dev.logdex.ingest.event.LogHeader;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Entries on their way to Kafka that do not lie on disk, in their order. They may come twice, the
 * second time from disk and behind all the others, and after a kill behind those from disk, too: so
 * of a source there are no more than its reader then still remembers. Not thread-safe.
 */
final class Underway {
  /** Of one source. */
  static final int MOST = LogHeader.DELIVERIES_REMEMBERED - Drain.MOST;

  /** With the time since when each is on its way. */
  private final Map<Entry, Long> entries = new LinkedHashMap<>();

  private final SourceCounts counts = new SourceCounts();

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Whether there may be another one of the source. */
  boolean hasRoom(String source) {
    return counts.of(source) < MOST;
  }

  void add(Entry entry) {
    entries.put(entry, System.nanoTime());
    counts.add(entry.parcel().source());
  }

  /** Whether it was there. */
  boolean remove(Entry entry) {
    boolean was = entries.remove(entry) != null;
    if (was) {
      counts.remove(entry.parcel().source());
    }
    return was;
  }

  /** Whether one has been on its way for so long. */
  boolean isOverdue(Duration longest) {
    return !isEmpty()
        && System.nanoTime() - entries.values().iterator().next() >= longest.toNanos();
  }

  List<Entry> takeAll() {
    List<Entry> all = List.copyOf(entries.keySet());
    all.forEach(this::remove);
    return all;
  }
}
