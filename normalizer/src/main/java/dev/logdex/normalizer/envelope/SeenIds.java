package dev.logdex.normalizer.envelope;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The identities of the last lines of a source, because Pub/Sub and CloudWatch hand some of them
 * over again. Kept as 64-bit hashes in a ring; each place of the ring is a piece of state.
 */
final class SeenIds {
  private static final int PLACES = 4096;

  private final long[] ring = new long[PLACES];
  private final Set<Long> known = new HashSet<>();
  private final Map<Integer, Long> changed = new LinkedHashMap<>();
  private long count;

  /** Remembers the identity; false when it is among the last ones already. */
  boolean add(long id) {
    if (!known.add(id)) {
      return false;
    }
    int place = (int) (count % PLACES);
    if (count >= PLACES) {
      known.remove(ring[place]);
    }
    ring[place] = id;
    changed.put(place, count);
    count++;
    return true;
  }

  /** Gives the places that changed since the last call. */
  void drainChanges(BiConsumer<String, byte @Nullable []> taker) {
    changed.forEach(
        (place, number) ->
            taker.accept(
                Integer.toString(place),
                ByteBuffer.allocate(2 * Long.BYTES).putLong(number).putLong(ring[place]).array()));
    changed.clear();
  }

  void restore(Map<String, byte[]> places) {
    places.forEach(
        (place, piece) -> {
          ByteBuffer in = ByteBuffer.wrap(piece);
          long number = in.getLong();
          long id = in.getLong();
          ring[Integer.parseInt(place)] = id;
          known.add(id);
          count = Math.max(count, number + 1);
        });
  }
}
