package dev.logdex.ingest.outlet;

import java.util.concurrent.CompletableFuture;

/** The way out: takes parcels and tells when they are safe. For use by any thread. */
public interface LogOutlet {
  /**
   * Takes a parcel, never waiting. Parcels of one source reach the topic in the order in which they
   * were taken.
   *
   * @return completed when the parcel is safe: when Kafka has acknowledged it, or it lies in a
   *     spool on disk, if there is one; failed with {@link OutletRefusedException} when there is no
   *     room or Kafka did not take it, so that the sender can be told to send it again
   */
  CompletableFuture<Void> send(Parcel parcel);
}
