package dev.logdex.normalizer.kafka;

import dev.logdex.normalizer.event.QueryWindow;
import dev.logdex.normalizer.window.WindowSum;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The windows that one task is still adding to. They leave when event time has passed them, or when
 * there are too many; one that comes again after it has left is simply another part of the sum.
 *
 * <p>They are added up in memory and written to the store, which is read only at a restart.
 */
final class PartialWindows {
  private final KeyValueStore<String, QueryWindow> store;
  private final int most;
  private final long mostBytes;
  private final int mostSamples;

  /** By their end, so that finding what is due is cheap; then by key. */
  private final NavigableMap<Instant, Map<String, WindowSum>> byEnd = new TreeMap<>();

  private int size;
  private long weight;

  PartialWindows(KeyValueStore<String, QueryWindow> store, FlowSettings settings) {
    this.store = store;
    this.most = settings.mostPartials();
    this.mostBytes = settings.mostPartialBytes();
    this.mostSamples = settings.samples();
    try (KeyValueIterator<String, QueryWindow> all = store.all()) {
      all.forEachRemaining(entry -> keep(entry.key, WindowSum.of(entry.value)));
    }
  }

  void add(QueryWindow window) {
    String key = window.key();
    WindowSum sum = byEnd.getOrDefault(end(window), Map.of()).get(key);
    if (sum == null) {
      keep(key, WindowSum.of(window));
      store.put(key, window);
    } else {
      weight -= sum.weight();
      sum.add(window);
      weight += sum.weight();
      store.put(key, sum.soFar());
    }
  }

  /** Takes those whose end is that far behind; oldest first. */
  List<QueryWindow> takeEnded(Instant eventTime, Duration grace) {
    return take(byEnd.headMap(eventTime.minus(grace), true));
  }

  /** Takes the oldest while there are more than memory is meant for. */
  List<QueryWindow> takeOverflow() {
    List<QueryWindow> taken = new ArrayList<>();
    while (size > most || weight > mostBytes) {
      taken.addAll(take(byEnd.headMap(byEnd.firstKey(), true)));
    }
    return taken;
  }

  List<QueryWindow> takeAll() {
    return take(byEnd);
  }

  private void keep(String key, WindowSum sum) {
    byEnd.computeIfAbsent(sum.end(), first -> new LinkedHashMap<>()).put(key, sum);
    size++;
    weight += sum.weight();
  }

  private List<QueryWindow> take(NavigableMap<Instant, Map<String, WindowSum>> due) {
    List<QueryWindow> taken = new ArrayList<>();
    due.values()
        .forEach(
            sums ->
                sums.forEach(
                    (key, sum) -> {
                      taken.add(sum.finished(mostSamples));
                      store.delete(key);
                      size--;
                      weight -= sum.weight();
                    }));
    due.clear();
    return taken;
  }

  private static Instant end(QueryWindow window) {
    return window.windowStart().plus(window.windowSize());
  }
}
