package dev.logdex.ingest.outlet.spool;

import java.util.HashMap;
import java.util.Map;

/** How many there are of each source. Not thread-safe. */
final class SourceCounts {
  private final Map<String, Integer> counts = new HashMap<>();

  int of(String source) {
    return counts.getOrDefault(source, 0);
  }

  void add(String source) {
    counts.merge(source, 1, Integer::sum);
  }

  void remove(String source) {
    counts.computeIfPresent(source, (name, count) -> count == 1 ? null : count - 1);
  }
}
