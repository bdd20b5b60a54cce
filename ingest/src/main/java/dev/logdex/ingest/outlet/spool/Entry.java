package dev.logdex.ingest.outlet.spool;

import dev.logdex.ingest.outlet.Parcel;
import java.util.concurrent.CompletableFuture;

/**
 * A parcel that is not safe yet.
 *
 * @param safe completed when it is
 */
record Entry(Parcel parcel, CompletableFuture<Void> safe) {
  Entry(Parcel parcel) {
    this(parcel, new CompletableFuture<>());
  }
}
