package dev.logdex.normalizer.source;

import com.dynatrace.hash4j.hashing.Hashing;
import dev.logdex.ingest.event.LogHeader;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries of one source met last, by the hash of the id that the sender gave them: a sender
 * that got no answer sends the same again, soon.
 */
final class Deliveries {
  /** How many are remembered; a sender repeats what it sent seconds ago. */
  static final int MOST = LogHeader.DELIVERIES_REMEMBERED;

  private static final long[] NONE = {};

  /** A ring; the oldest stands at {@link #next} when it is full. */
  private long[] hashes = NONE;

  private int size;
  private int next;

  Deliveries() {}

  /** Goes on from what {@link #toBytes} gave; from nothing when it is null. */
  static Deliveries of(byte @Nullable [] bytes) {
    Deliveries deliveries = new Deliveries();
    if (bytes != null) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.remaining() >= Long.BYTES) {
        deliveries.add(buffer.getLong());
      }
    }
    return deliveries;
  }

  /** Whether a delivery is met for the first time; it is remembered then. */
  boolean isNew(byte[] id) {
    long hash = Hashing.xxh3_64().hashBytesToLong(id);
    for (int i = 0; i < size; i++) {
      if (hashes[i] == hash) {
        return false;
      }
    }
    add(hash);
    return true;
  }

  /** Oldest first. */
  byte[] toBytes() {
    ByteBuffer buffer = ByteBuffer.allocate(size * Long.BYTES);
    int oldest = size < MOST ? 0 : next;
    for (int i = 0; i < size; i++) {
      buffer.putLong(hashes[(oldest + i) % MOST]);
    }
    return buffer.array();
  }

  private void add(long hash) {
    if (hashes.length < MOST) {
      hashes = Arrays.copyOf(hashes, MOST);
    }
    hashes[next] = hash;
    next = (next + 1) % MOST;
    size = Math.min(MOST, size + 1);
  }
}
