package dev.logdex.normalizer.kafka;

import dev.logdex.normalizer.event.QueryWindow;
import dev.logdex.normalizer.window.WindowMerge;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The windows that one task is still adding to. They leave when event time has passed them, or when
 * there are too many; one that comes again after it has left is simply another part of the sum.
 */
final class PartialWindows {
  private final KeyValueStore<String, QueryWindow> store;
  private final int most;
  private final int mostSamples;

  /** The keys of the store by the end of their window, so that finding what is due is cheap. */
  private final NavigableMap<Instant, Set<String>> byEnd = new TreeMap<>();

  private int size;

  PartialWindows(KeyValueStore<String, QueryWindow> store, int most, int mostSamples) {
    this.store = store;
    this.most = most;
    this.mostSamples = mostSamples;
    try (KeyValueIterator<String, QueryWindow> all = store.all()) {
      all.forEachRemaining(entry -> remember(entry.key, end(entry.value)));
    }
  }

  void add(QueryWindow window) {
    String key = window.key();
    if (remember(key, end(window))) {
      store.put(key, window);
    } else {
      store.put(key, WindowMerge.add(store.get(key), window));
    }
  }

  /** Takes those whose end is that far behind; oldest first. */
  List<QueryWindow> takeEnded(Instant eventTime, Duration grace) {
    return take(byEnd.headMap(eventTime.minus(grace), true));
  }

  /** Takes the oldest while there are more than memory is meant for. */
  List<QueryWindow> takeOverflow() {
    List<QueryWindow> taken = new ArrayList<>();
    while (size > most) {
      taken.addAll(take(byEnd.headMap(byEnd.firstKey(), true)));
    }
    return taken;
  }

  List<QueryWindow> takeAll() {
    return take(byEnd);
  }

  private List<QueryWindow> take(NavigableMap<Instant, Set<String>> due) {
    List<QueryWindow> taken = new ArrayList<>();
    due.values()
        .forEach(
            keys -> {
              keys.forEach(key -> taken.add(WindowMerge.finish(store.delete(key), mostSamples)));
              size -= keys.size();
            });
    due.clear();
    return taken;
  }

  /** True when the key is new. */
  private boolean remember(String key, Instant end) {
    boolean added = byEnd.computeIfAbsent(end, first -> new LinkedHashSet<>()).add(key);
    size += added ? 1 : 0;
    return added;
  }

  private static Instant end(QueryWindow window) {
    return window.windowStart().plus(window.windowSize());
  }
}
