package dev.logdex.ingest.outlet.spool;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What happened to a spool since it was opened. For use by any thread. */
public final class SpoolCounts {
  final AtomicLong bytes = new AtomicLong();
  final LongAdder written = new LongAdder();
  final LongAdder drained = new LongAdder();
  final LongAdder lost = new LongAdder();
  final LongAdder damagedSegments = new LongAdder();
  final LongAdder damagedBytes = new LongAdder();
  final LongAdder refused = new LongAdder();
  final LongAdder failedWrites = new LongAdder();

  SpoolCounts() {}

  /** Bytes on disk now. */
  public long bytes() {
    return bytes.get();
  }

  /** Parcels that were written to disk. */
  public long written() {
    return written.sum();
  }

  /** Parcels from disk that Kafka has acknowledged. */
  public long drained() {
    return drained.sum();
  }

  /** Parcels from disk that Kafka refused for good. */
  public long lost() {
    return lost.sum();
  }

  /** Segments of which the rest could not be read. */
  public long damagedSegments() {
    return damagedSegments.sum();
  }

  /** Bytes in those. */
  public long damagedBytes() {
    return damagedBytes.sum();
  }

  /** Times that a parcel found the spool full; one that waits finds it so again and again. */
  public long refused() {
    return refused.sum();
  }

  /** Times that the disk did not take what was to be written. */
  public long failedWrites() {
    return failedWrites.sum();
  }
}
