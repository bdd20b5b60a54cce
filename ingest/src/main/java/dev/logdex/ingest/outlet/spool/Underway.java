package dev.logdex.ingest.outlet.spool;

import dev.logdex.ingest.event.LogHeader;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Entries on their way to Kafka that do not lie on disk, in their order. They may come twice, the
 * second time from disk and behind all the others, and after a kill behind those from disk, too: so
 * of a source there are no more than its reader then still remembers. Not thread-safe.
 */
final class Underway {
  /** Of one source. */
  static final int MOST = LogHeader.DELIVERIES_REMEMBERED - Drain.MOST;

  private final Set<Entry> entries = new LinkedHashSet<>();
  private final SourceCounts counts = new SourceCounts();

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Whether there may be another one of the source. */
  boolean hasRoom(String source) {
    return counts.of(source) < MOST;
  }

  void add(Entry entry) {
    entries.add(entry);
    counts.add(entry.parcel().source());
  }

  /** Whether it was there. */
  boolean remove(Entry entry) {
    boolean was = entries.remove(entry);
    if (was) {
      counts.remove(entry.parcel().source());
    }
    return was;
  }

  /** There must be one. */
  Entry eldest() {
    return entries.iterator().next();
  }

  List<Entry> takeAll() {
    List<Entry> all = List.copyOf(entries);
    all.forEach(this::remove);
    return all;
  }
}
