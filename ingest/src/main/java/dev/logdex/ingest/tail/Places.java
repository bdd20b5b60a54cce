package dev.logdex.ingest.tail;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The places of files that are not followed just now: of former runs, and gone. */
final class Places {
  private static final int MOST = 1000;

  private final Map<String, Place> byKey = new LinkedHashMap<>();

  Places(List<Place> saved) {
    saved.forEach(this::put);
  }

  void put(Place place) {
    byKey.put(place.key(), place);
    if (byKey.size() > 2 * MOST) {
      forgetOldest();
    }
  }

  @Nullable Place ofKey(String key) {
    return byKey.get(key);
  }

  /** The one that has come farthest in what has this identity. */
  @Nullable Place ofContent(String source, String identity) {
    return byKey.values().stream()
        .filter(place -> place.source().equals(source) && identity.equals(place.identity()))
        .max(Comparator.comparingInt(Place::generation).thenComparingLong(Place::position))
        .orElse(null);
  }

  boolean knowsSource(String source) {
    return byKey.values().stream().anyMatch(place -> place.source().equals(source));
  }

  Collection<Place> all() {
    return byKey.values();
  }

  private void forgetOldest() {
    List<Place> newest = new ArrayList<>(byKey.values());
    newest.sort(Comparator.comparing(Place::modified).reversed());
    Set<String> kept = newest.stream().limit(MOST).map(Place::key).collect(Collectors.toSet());
    byKey.keySet().retainAll(kept);
  }
}
