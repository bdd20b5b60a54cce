package dev.logdex.analyzer.catalog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What partitioning, VACUUM, ANALYZE and updates have made of a table. What is null is not known.
 *
 * @param partitioned whether it is the parent of partitions
 * @param partitions relations that hold rows of it, itself not counted; 0 when it has none
 * @param allVisibleFraction share of its pages that the visibility map has; null when it had no
 *     page when it was last vacuumed or analysed
 * @param analysedAt the oldest time of all its partitions that have rows; null when there is none,
 *     be it that the counters were lost, as in a fresh copy
 * @param hotUpdateShare of its updates that touched no index; null when the counters know of none
 * @param movedShare rows deleted, or updated and not in place, for each one inserted; null when the
 *     counters know of none inserted
 */
public record Upkeep(
    boolean partitioned,
    int partitions,
    @Nullable Double allVisibleFraction,
    @Nullable Instant analysedAt,
    @Nullable Double hotUpdateShare,
    @Nullable Double movedShare) {
  /** Of a plain table that nothing is known of. */
  public static final Upkeep UNKNOWN = new Upkeep(false, 0, null, null, null, null);
}
