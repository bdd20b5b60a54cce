package dev.logdex.ingest.outlet;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How lines are packed into parcels.
 *
 * @param blockBytes a parcel is sent before it grows beyond this; a longer line travels alone
 * @param time how long a line waits for others of its source
 * @param bytesMax of all sources together: lines that are not safe yet
 */
public record PackLimits(int blockBytes, Duration time, long bytesMax) {
  public PackLimits {
    requireNonNull(time, "time");
    if (blockBytes < 1 || bytesMax < 1 || time.isNegative()) {
      throw new IllegalArgumentException(
          "no packing within " + blockBytes + " bytes, " + time + " and " + bytesMax + " bytes");
    }
  }
}
