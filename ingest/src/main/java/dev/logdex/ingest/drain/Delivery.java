package dev.logdex.ingest.drain;

import dev.logdex.ingest.outlet.Parcel;
import java.util.List;

/**
 * What a request's body held.
 *
 * @param parcels to be sent in this order
 * @param messages lines, frames or documents in them
 * @param recognisable whether the sender named the delivery, so that a repetition is not counted
 */
public record Delivery(List<Parcel> parcels, long messages, boolean recognisable) {
  public Delivery {
    parcels = List.copyOf(parcels);
  }
}
