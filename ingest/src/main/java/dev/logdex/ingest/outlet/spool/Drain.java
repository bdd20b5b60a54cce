package dev.logdex.ingest.outlet.spool;

import dev.logdex.ingest.outlet.LogOutlet;
import dev.logdex.ingest.outlet.OutletRefusedException;
import dev.logdex.ingest.outlet.Parcel;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Brings what lies in a spool to Kafka, some bytes at once, and lets go of what Kafka has
 * acknowledged. For use by the spool's thread.
 */
final class Drain {
  /**
   * Parcels of one source that are on their way at once: those come twice when the process is
   * killed, and their reader must know them again.
   */
  static final int MOST = 128;

  private final Spool spool;
  private final LogOutlet kafka;
  private final SpoolCounts counts;
  private final long windowBytes;
  private final Deque<Leaving> leaving = new ArrayDeque<>();
  private final SourceCounts sources = new SourceCounts();
  private long leavingBytes;
  private @Nullable Parcel waiting;
  private boolean mayHaveMore = true;

  private record Leaving(
      Parcel parcel, SpoolPosition end, CompletableFuture<Void> sent, long sinceNanos) {
    int size() {
      return parcel.lines().length;
    }
  }

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

  /**
   * Whether Kafka was given all that was written, none of it longer ago than that without an
   * answer: whatever is sent to it now comes behind.
   */
  boolean hasSentAll(Duration longest) {
    return !mayHaveMore
        && (leaving.isEmpty()
            || System.nanoTime() - leaving.element().sinceNanos() < longest.toNanos());
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
      waiting = parcel;
      if (!send(parcel)) {
        return;
      }
      waiting = null;
    }
  }

  /** False when there is no room for it now. */
  private boolean send(Parcel parcel) {
    if (sources.of(parcel.source()) >= MOST) {
      return false;
    }
    CompletableFuture<Void> sent = kafka.send(parcel);
    if (OutletRefusedException.isLackOfRoom(sent)) {
      return false;
    }
    leaving.add(new Leaving(parcel, spool.position(), sent, System.nanoTime()));
    leavingBytes += parcel.lines().length;
    sources.add(parcel.source());
    return true;
  }

  private void release() throws IOException {
    SpoolPosition end = null;
    while (!leaving.isEmpty() && leaving.element().sent().isDone()) {
      Leaving left = leaving.remove();
      leavingBytes -= left.size();
      sources.remove(left.parcel().source());
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
