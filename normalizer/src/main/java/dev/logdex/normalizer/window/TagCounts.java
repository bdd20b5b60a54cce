package dev.logdex.normalizer.window;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Calls by the tags in their comments, for a bounded number of keys and of values of each; which of
 * too many stay is decided as in {@link BoundedCounts}.
 */
final class TagCounts {
  /** They name one call, not what calls have in common, and would crowd out what does. */
  private static final Set<String> NAMES_OF_CALLS = Set.of("traceparent", "tracestate");

  private static final int MOST_KEYS = 8;
  private static final int MOST_VALUES = 8;
  private static final int LONGEST_KEY = 50;
  private static final int LONGEST_VALUE = 100;

  private final BoundedCounts keys = new BoundedCounts(MOST_KEYS, LONGEST_KEY);
  private final Map<String, BoundedCounts> values = new HashMap<>();
  private long droppedBefore;

  /** Adds the tags of one call; tells whether the names that are kept have changed. */
  boolean add(Map<String, String> tags) {
    boolean changed = false;
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      changed |= add(tag.getKey(), tag.getValue(), 1);
    }
    return changed;
  }

  void addAll(Map<String, Map<String, Long>> tags) {
    tags.forEach((key, counts) -> counts.forEach((value, count) -> add(key, value, count)));
  }

  boolean add(String key, String value, long count) {
    if (NAMES_OF_CALLS.contains(key)) {
      return false;
    }
    boolean changed = keys.add(key, count);
    if (changed) {
      dropPutOut();
    }
    return keys.indexOf(key) >= 0 ? valuesOf(key).add(value, count) || changed : changed;
  }

  boolean isEmpty() {
    return keys.size() == 0;
  }

  /** Tags of calls that found no room. */
  long dropped() {
    long dropped = droppedBefore + keys.folded();
    for (BoundedCounts counts : values.values()) {
      dropped += counts.folded();
    }
    return dropped;
  }

  long weight() {
    long weight = keys.weight();
    for (BoundedCounts counts : values.values()) {
      weight += counts.weight();
    }
    return weight;
  }

  Map<String, Map<String, Long>> toMap() {
    Map<String, Map<String, Long>> map = new TreeMap<>();
    for (int i = 0; i < keys.size(); i++) {
      map.put(keys.name(i), valuesOf(keys.name(i)).toMap());
    }
    return map;
  }

  void writeNames(ByteWriter out) {
    out.writeNumber(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      out.writeText(keys.name(i));
      BoundedCounts counts = valuesOf(keys.name(i));
      out.writeNumber(counts.size());
      counts.forEach((value, count) -> out.writeText(value));
    }
  }

  void writeCounts(ByteWriter out) {
    for (int i = 0; i < keys.size(); i++) {
      out.writeNumber(keys.count(i));
      valuesOf(keys.name(i)).forEach((value, count) -> out.writeNumber(count));
    }
  }

  /** Reads names and leaves their counts at nothing. */
  void readNames(ByteReader in) {
    for (int key = in.readCount(); key > 0; key--) {
      String name = in.readText();
      keys.add(name, 0);
      BoundedCounts counts = valuesOf(name);
      for (int value = in.readCount(); value > 0; value--) {
        counts.add(in.readText(), 0);
      }
    }
  }

  void readCounts(ByteReader in) {
    for (int i = 0; i < keys.size(); i++) {
      keys.addAt(i, in.readNumber());
      BoundedCounts counts = valuesOf(keys.name(i));
      for (int value = 0; value < counts.size(); value++) {
        counts.addAt(value, in.readNumber());
      }
    }
  }

  private BoundedCounts valuesOf(String key) {
    return values.computeIfAbsent(key, any -> new BoundedCounts(MOST_VALUES, LONGEST_VALUE));
  }

  private void dropPutOut() {
    List<String> out = new ArrayList<>();
    for (String key : values.keySet()) {
      if (keys.indexOf(key) < 0) {
        out.add(key);
      }
    }
    for (String key : out) {
      BoundedCounts counts = values.remove(key);
      droppedBefore += counts == null ? 0 : counts.folded();
    }
  }
}
