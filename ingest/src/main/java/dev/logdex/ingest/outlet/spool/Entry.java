package dev.logdex.ingest.outlet.spool;

import dev.logdex.ingest.outlet.Parcel;
import java.util.concurrent.CompletableFuture;

/** A parcel that is not safe yet, and who waits for it. */
final class Entry {
  private final Parcel parcel;
  private final CompletableFuture<Void> safe = new CompletableFuture<>();
  private final long since = System.nanoTime();

  Entry(Parcel parcel) {
    this.parcel = parcel;
  }

  Parcel parcel() {
    return parcel;
  }

  CompletableFuture<Void> safe() {
    return safe;
  }

  /** Whether it came longer ago than that. */
  boolean isOlderThan(long nanos) {
    return System.nanoTime() - since >= nanos;
  }
}
