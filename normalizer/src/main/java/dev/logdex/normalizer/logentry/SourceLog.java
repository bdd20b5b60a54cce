package dev.logdex.normalizer.logentry;

import java.time.Instant;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the raw records of one source in their order: unwraps, detects the format, joins lines, and
 * tells a {@link LogSink}. Not thread-safe. Knows no clock: time comes in with the records.
 */
public interface SourceLog {
  /**
   * Reads one raw record.
   *
   * @param value a line, several lines, or a shipper's envelope; the array is not kept
   * @param place what a dead letter calls this record, such as {@code partition:offset} or a file's
   *     name; a line number is added
   * @param arrivedAt used only where the log itself has no time
   */
  void accept(byte[] value, int offset, int length, String place, Instant arrivedAt);

  /** Nothing more comes for now: whatever is pending is taken as complete and told. */
  void flush();

  /**
   * Gives each piece of state that changed since the last call; a null piece is gone. Together the
   * pieces restore this object, so they can be kept in a store and a restart loses nothing.
   */
  void drainChanges(BiConsumer<String, byte @Nullable []> changes);
}
