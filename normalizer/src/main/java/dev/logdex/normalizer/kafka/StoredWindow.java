package dev.logdex.normalizer.kafka;

import dev.logdex.normalizer.event.QueryWindow;
import dev.logdex.normalizer.window.WindowCodec;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * A window as the merging of windows keeps it. The times stand before it, so that looking for
 * windows to forget does not read it.
 */
final class StoredWindow {
  private static final int TIMES_BYTES = 2 * Long.BYTES;

  private final long updatedAtMs;
  private final long endMs;
  private final byte[] window;

  private StoredWindow(long updatedAtMs, long endMs, byte[] window) {
    this.updatedAtMs = updatedAtMs;
    this.endMs = endMs;
    this.window = window;
  }

  static StoredWindow of(QueryWindow window, Instant updatedAt) {
    return new StoredWindow(
        updatedAt.toEpochMilli(),
        window.windowStart().plus(window.windowSize()).toEpochMilli(),
        WindowCodec.write(window));
  }

  /** When it was last added to, by the processor's clock. */
  Instant updatedAt() {
    return Instant.ofEpochMilli(updatedAtMs);
  }

  /** End of the window in event time. */
  Instant end() {
    return Instant.ofEpochMilli(endMs);
  }

  QueryWindow window() {
    return WindowCodec.read(window);
  }

  @SuppressWarnings("NullAway") // Kafka gives null for a deletion
  static Serde<StoredWindow> serde() {
    return Serdes.serdeFrom(
        (topic, stored) -> stored == null ? null : stored.toBytes(),
        (topic, bytes) -> bytes == null ? null : fromBytes(bytes));
  }

  private byte[] toBytes() {
    return ByteBuffer.allocate(TIMES_BYTES + window.length)
        .putLong(updatedAtMs)
        .putLong(endMs)
        .put(window)
        .array();
  }

  private static StoredWindow fromBytes(byte[] bytes) {
    ByteBuffer times = ByteBuffer.wrap(bytes);
    return new StoredWindow(
        times.getLong(), times.getLong(), Arrays.copyOfRange(bytes, TIMES_BYTES, bytes.length));
  }
}
