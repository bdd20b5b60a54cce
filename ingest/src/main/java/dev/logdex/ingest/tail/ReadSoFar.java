package dev.logdex.ingest.tail;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Tells by the places of files which other files of the same logs may hold lines not read yet. */
final class ReadSoFar {
  /** By source, when the newest of its files was written to, to the second. */
  private final Map<String, Instant> newest = new HashMap<>();

  /** States of files that were read to their end. */
  private final Set<String> read = new HashSet<>();

  /** Keys of files that were not. */
  private final Set<String> unfinished = new HashSet<>();

  /** When these were written to: a packed file has another key, and keeps the time. */
  private final Set<String> unfinishedTimes = new HashSet<>();

  ReadSoFar(Collection<Place> places) {
    places.forEach(this::add);
  }

  private void add(Place place) {
    String source = place.source();
    newest.merge(source, toTheSecond(place.modified()), (a, b) -> a.isAfter(b) ? a : b);
    if (place.complete() || place.position() == place.size()) {
      read.add(state(new FileKey(place.key(), place.size(), place.modified())));
    } else {
      unfinished.add(place.key());
      unfinishedTimes.add(time(source, place.modified()));
    }
  }

  /** Whether any file of the log has a place. */
  boolean knows(String source) {
    return newest.containsKey(source);
  }

  /**
   * Whether lines of a file may be missing. What is older than all that was seen of its log, and
   * was not seen itself, is of the time before anyone followed it.
   */
  boolean mayLack(String source, FileKey file) {
    Instant since = newest.get(source);
    return since != null
        && !read.contains(state(file))
        && (!file.modified().isBefore(since)
            || unfinished.contains(file.key())
            || unfinishedTimes.contains(time(source, file.modified())));
  }

  private static String state(FileKey file) {
    return file.key() + " " + file.size() + " " + file.modified();
  }

  private static String time(String source, Instant modified) {
    return toTheSecond(modified) + " " + source;
  }

  /** Some programs that pack a file keep its time to the second only. */
  private static Instant toTheSecond(Instant modified) {
    return modified.truncatedTo(ChronoUnit.SECONDS);
  }
}
