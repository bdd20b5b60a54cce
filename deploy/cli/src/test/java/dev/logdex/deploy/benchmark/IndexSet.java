package dev.logdex.deploy.benchmark;

import java.util.List;

/** Indexes that are there together. */
record IndexSet(String name, List<PlannedIndex> indexes) {
  static final IndexSet NONE = new IndexSet("none", List.of());

  IndexSet {
    indexes = List.copyOf(indexes);
  }

  /** Expected, of all together. */
  long sizeBytes() {
    return indexes.stream().mapToLong(PlannedIndex::sizeBytes).sum();
  }
}
