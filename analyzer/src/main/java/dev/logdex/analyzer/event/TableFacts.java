package dev.logdex.analyzer.event;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the catalog and the counters of the analysis database say of a table. What is null is not
 * known, which is not 0. Version 1 has only the first three.
 *
 * @param rows estimated (pg_class.reltuples; counted from pages when never analysed)
 * @param sizeBytes of the heap
 * @param rowBytes 23 + 4 + the average width of all columns
 * @param partitioned whether it is the parent of partitions
 * @param partitions relations that hold rows of it: its partitions or heirs; 0 when it has none
 * @param allVisibleFraction share of its pages that the visibility map has, 0 to 1; null when it
 *     had no page when it was last vacuumed or analysed
 * @param analysedAt when its statistics were gathered, the oldest of its partitions'; null when
 *     never, or when the counters were lost, as in a fresh copy
 * @param hotUpdateShare of its updates that touched no index, 0 to 1; null when the counters know
 *     of no update
 * @param columns in the order of the table
 * @param neighbours partitions and names nearby; null when not known, as in older records
 */
public record TableFacts(
    long rows,
    long sizeBytes,
    double rowBytes,
    @JsonSetter(nulls = Nulls.AS_EMPTY) boolean partitioned,
    @JsonSetter(nulls = Nulls.AS_EMPTY) int partitions,
    @Nullable Double allVisibleFraction,
    @Nullable Instant analysedAt,
    @Nullable Double hotUpdateShare,
    List<ColumnFacts> columns,
    @Nullable TableNeighbours neighbours) {
  @JsonCreator
  public TableFacts {
    columns = List.copyOf(requireNonNullElse(columns, List.of())); // version 1 has none
  }

  /** Facts of a plain table of which no more is known. */
  public TableFacts(long rows, long sizeBytes, double rowBytes) {
    this(rows, sizeBytes, rowBytes, false, 0, null, null, null, List.of(), TableNeighbours.NONE);
  }
}
