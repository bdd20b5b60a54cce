package dev.logdex.normalizer.logentry;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts by the constants of an enum; cheap enough to be added to for every line. */
final class Tallies<E extends Enum<E>> {
  private static final class Count {
    private long value;
  }

  private final Class<E> type;
  private final Map<E, Count> counts;

  Tallies(Class<E> type) {
    this.type = type;
    this.counts = new EnumMap<>(type);
  }

  void add(E constant) {
    of(constant).value++;
  }

  private Count of(E constant) {
    Count count = counts.get(constant);
    if (count == null) {
      count = new Count();
      counts.put(constant, count);
    }
    return count;
  }

  long sum() {
    return counts.values().stream().mapToLong(count -> count.value).sum();
  }

  /** The constant counted most often, the first of several; null when nothing was counted. */
  @Nullable E most() {
    E most = null;
    long highest = 0;
    for (Map.Entry<E, Count> one : counts.entrySet()) {
      if (one.getValue().value > highest) {
        highest = one.getValue().value;
        most = one.getKey();
      }
    }
    return most;
  }

  /** Those that were counted at all. */
  Map<E, Long> toMap() {
    Map<E, Long> map = new EnumMap<>(type);
    counts.forEach((constant, count) -> map.put(constant, count.value));
    return map;
  }

  void write(DataOutputStream out) throws IOException {
    Map<E, Long> map = toMap();
    out.writeInt(map.size());
    for (Map.Entry<E, Long> one : map.entrySet()) {
      out.writeUTF(one.getKey().name());
      out.writeLong(one.getValue());
    }
  }

  void read(DataInputStream in) throws IOException {
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      String name = in.readUTF();
      of(Enum.valueOf(type, name)).value = in.readLong();
    }
  }
}
