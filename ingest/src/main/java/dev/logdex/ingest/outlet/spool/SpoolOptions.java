package dev.logdex.ingest.outlet.spool;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where parcels are kept while Kafka is away.
 *
 * @param folder of one process at a time; made when it is not there
 * @param bytesMax on disk
 * @param after how long Kafka may leave a parcel unacknowledged until it counts as being away
 */
public record SpoolOptions(Path folder, long bytesMax, Duration after) {
  public SpoolOptions {
    requireNonNull(folder, "folder");
    requireNonNull(after, "after");
  }
}
