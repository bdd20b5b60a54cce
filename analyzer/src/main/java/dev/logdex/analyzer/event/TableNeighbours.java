package dev.logdex.analyzer.event;

import java.util.List;

/**
 * The relations that a new index of a table has to do with.
 *
 * @param partitions at every depth, parents before their partitions; the first 500
 * @param partitionsLeftOut how many more there are
 * @param takenNames sorted names, in the schemas of the table and of the partitions, that a new
 *     index might otherwise be given: those that begin like an index of ours on the table or on one
 *     of the partitions; the first 1,000
 */
public record TableNeighbours(
    List<Partition> partitions, int partitionsLeftOut, List<String> takenNames) {
  /** Of a table that stands alone. */
  public static final TableNeighbours NONE = new TableNeighbours(List.of(), 0, List.of());

  public TableNeighbours {
    partitions = List.copyOf(partitions);
    takenNames = List.copyOf(takenNames);
  }
}
