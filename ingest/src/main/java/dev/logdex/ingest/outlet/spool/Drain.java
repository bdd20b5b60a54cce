package dev.logdex.ingest.outlet.spool;

import dev.logdex.ingest.outlet.LogOutlet;
import dev.logdex.ingest.outlet.OutletRefusedException;
import dev.logdex.ingest.outlet.Parcel;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Brings what lies in a spool to Kafka, some bytes at once, and lets go of what Kafka has
 * acknowledged. For use by the spool's thread.
 */
final class Drain {
  private final Spool spool;
  private final LogOutlet kafka;
  private final SpoolCounts counts;
  private final long windowBytes;
  private final Deque<Leaving> leaving = new ArrayDeque<>();
  private long leavingBytes;
  private @Nullable Parcel waiting;
  private boolean mayHaveMore = true;

  private record Leaving(SpoolPosition end, int size, CompletableFuture<Void> sent) {}

  Drain(Spool spool, LogOutlet kafka, SpoolCounts counts, long windowBytes) {
    this.spool = spool;
    this.kafka = kafka;
    this.counts = counts;
    this.windowBytes = windowBytes;
  }

  /** Something was written. */
  void more() {
    mayHaveMore = true;
  }

  /** Whether Kafka has acknowledged all that was written. */
  boolean isIdle() {
    return !mayHaveMore && leaving.isEmpty();
  }

  /** Does what can be done without waiting. */
  void run() throws IOException {
    send();
    release();
  }

  private void send() throws IOException {
    while (leavingBytes < windowBytes && mayHaveMore) {
      Parcel parcel = waiting == null ? spool.read() : waiting;
      if (parcel == null) {
        mayHaveMore = false;
        return;
      }
      CompletableFuture<Void> sent = kafka.send(parcel);
      if (OutletRefusedException.isLackOfRoom(sent)) {
        waiting = parcel;
        return;
      }
      waiting = null;
      leaving.add(new Leaving(spool.position(), parcel.lines().length, sent));
      leavingBytes += parcel.lines().length;
    }
  }

  private void release() throws IOException {
    SpoolPosition end = null;
    while (!leaving.isEmpty() && leaving.element().sent().isDone()) {
      Leaving left = leaving.remove();
      leavingBytes -= left.size();
      end = left.end();
      if (left.sent().isCompletedExceptionally()) {
        counts.lost.increment();
      } else {
        counts.drained.increment();
      }
    }
    if (end != null) {
      spool.release(end);
    }
  }
}
