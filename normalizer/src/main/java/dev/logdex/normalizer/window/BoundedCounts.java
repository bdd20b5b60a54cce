package dev.logdex.normalizer.window;

import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

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

  /** Hashes of the names; none before there are too many names. */
  private long @Nullable [] ranks;

  private int size;

  /** Where the name stands that was looked for last: most often it is the same again. */
  private int last;

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
    if (last < size && names[last].equals(name)) {
      return last;
    }
    for (int i = 0; i < size; i++) {
      if (names[i].equals(name)) {
        last = i;
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
    if (size == most) {
      return keepInsteadOfAnother(name, count);
    }
    if (size == names.length) {
      int room = Math.min(most, 2 * size);
      names = Arrays.copyOf(names, room);
      counts = Arrays.copyOf(counts, room);
    }
    names[size] = name;
    counts[size] = count;
    last = size;
    size++;
    length += name.length();
    return true;
  }

  private boolean keepInsteadOfAnother(String name, long count) {
    if (ranks == null) {
      ranks = new long[most];
      for (int i = 0; i < size; i++) {
        ranks[i] = rank(names[i]);
      }
    }
    long rank = rank(name);
    int highest = highest(ranks);
    if (Long.compareUnsigned(rank, ranks[highest]) >= 0) {
      folded += count;
      return false;
    }
    folded += counts[highest];
    length += name.length() - names[highest].length();
    names[highest] = name;
    counts[highest] = count;
    ranks[highest] = rank;
    last = highest;
    return true;
  }

  private static int highest(long[] ranks) {
    int highest = 0;
    for (int i = 1; i < ranks.length; i++) {
      if (Long.compareUnsigned(ranks[i], ranks[highest]) > 0) {
        highest = i;
      }
    }
    return highest;
  }

  private static long rank(String name) {
    return Hashing.xxh3_64().hashCharsToLong(name);
  }
}
