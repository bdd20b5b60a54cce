package dev.logdex.recommender.usage;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a server says of one index. What is null is not known.
 *
 * @param scans since its counters began
 * @param lastScan from Postgres 16 on
 * @param noOlderThan a moment at which it was not there yet
 * @param sizeBytes of its file
 * @param entries in it, as VACUUM or ANALYZE last counted
 */
public record IndexFigures(
    Reading.Name name,
    long scans,
    @Nullable Instant lastScan,
    @Nullable Instant noOlderThan,
    @Nullable Long sizeBytes,
    @Nullable Double entries) {
  public IndexFigures {
    requireNonNull(name, "name");
  }

  /** The same, known not to have been there at that moment. */
  IndexFigures notThereAt(Instant moment) {
    return new IndexFigures(name, scans, lastScan, moment, sizeBytes, entries);
  }
}
