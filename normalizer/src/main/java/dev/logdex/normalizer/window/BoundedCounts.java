package dev.logdex.normalizer.window;

import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;

/**
 * Counts by name, for a bounded number of names. Of too many it keeps those with the lowest hash:
 * the counts of the kept ones are exact, and neither the order nor the way of adding up matters,
 * because a name that stays to the end was never out.
 */
final class BoundedCounts {
  /** What a name takes in memory beside its characters, about. */
  private static final int NAME_BYTES = 80;

  private final int most;
  private final int longest;
  private String[] names = new String[1];
  private long[] counts = new long[1];
  private long[] ranks = new long[1];
  private int size;
  private long length;
  private long folded;

  /**
   * Counts nothing yet.
   *
   * @param longest a longer name is never kept; characters
   */
  BoundedCounts(int most, int longest) {
    this.most = most;
    this.longest = longest;
  }

  /** Adds to the count of a name; tells whether the names that are kept have changed. */
  boolean add(String name, long count) {
    int index = indexOf(name);
    if (index >= 0) {
      counts[index] += count;
      return false;
    }
    if (name.length() > longest) {
      folded += count;
      return false;
    }
    return keep(name, count);
  }

  /** Adds to the count of a name by its number. */
  void addAt(int index, long count) {
    counts[index] += count;
  }

  /** The number of a name; -1 when it is not kept. Numbers hold until the names change. */
  int indexOf(String name) {
    for (int i = 0; i < size; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** Adds what belongs to names that are not kept. */
  void addFolded(long count) {
    folded += count;
  }

  int size() {
    return size;
  }

  String name(int index) {
    return names[index];
  }

  long count(int index) {
    return counts[index];
  }

  /** What belongs to names that are not kept. */
  long folded() {
    return folded;
  }

  /** About how many bytes of memory the names take. */
  long weight() {
    return length + (long) size * NAME_BYTES;
  }

  void forEach(ObjLongConsumer<String> action) {
    for (int i = 0; i < size; i++) {
      action.accept(names[i], counts[i]);
    }
  }

  Map<String, Long> toMap() {
    Map<String, Long> map = new TreeMap<>();
    forEach(map::put);
    return map;
  }

  private boolean keep(String name, long count) {
    long rank = Hashing.xxh3_64().hashCharsToLong(name);
    if (size == most) {
      int last = highest();
      if (Long.compareUnsigned(rank, ranks[last]) >= 0) {
        folded += count;
        return false;
      }
      folded += counts[last];
      remove(last);
    }
    if (size == names.length) {
      int room = Math.min(most, 2 * size);
      names = Arrays.copyOf(names, room);
      counts = Arrays.copyOf(counts, room);
      ranks = Arrays.copyOf(ranks, room);
    }
    names[size] = name;
    counts[size] = count;
    ranks[size] = rank;
    size++;
    length += name.length();
    return true;
  }

  private int highest() {
    int highest = 0;
    for (int i = 1; i < size; i++) {
      if (Long.compareUnsigned(ranks[i], ranks[highest]) > 0) {
        highest = i;
      }
    }
    return highest;
  }

  private void remove(int index) {
    length -= names[index].length();
    size--;
    names[index] = names[size];
    counts[index] = counts[size];
    ranks[index] = ranks[size];
  }
}
