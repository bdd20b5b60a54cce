package dev.logdex.recommender.recommendation;

import dev.logdex.analyzer.event.Candidate;
import dev.logdex.analyzer.event.TableFacts;
import dev.logdex.recommender.event.BuildEstimate;

/**
 * Roughly how long an index takes to build. CREATE INDEX CONCURRENTLY reads the table twice (manual
 * of CREATE INDEX, "Building Indexes Concurrently"), sorts or inserts an entry a row and writes the
 * index. The rates are of one core and one ordinary disk; a busy server takes longer.
 */
final class BuildTime {
  private static final double READ_BYTES_PER_SECOND = 400e6;
  private static final double WRITE_BYTES_PER_SECOND = 150e6;

  /** To sort an entry of a b-tree or to hash one. */
  private static final double SECONDS_PER_ENTRY = 0.6e-6;

  /** GIN and GiST place every key by itself. */
  private static final double SECONDS_PER_PLACED_ENTRY = 8e-6;

  private static final String LOCK =
      "SHARE UPDATE EXCLUSIVE on the table: reads and writes go on; other DDL, VACUUM and ANALYZE"
          + " wait, and it waits for transactions older than itself";

  private BuildTime() {}

  static BuildEstimate of(Candidate candidate, TableFacts facts) {
    double entries = facts.rows() * candidate.partialSelectivity();
    return new BuildEstimate(
        2.0 * facts.sizeBytes() / READ_BYTES_PER_SECOND
            + entries * perEntry(candidate.definition().method())
            + candidate.sizeBytes() / WRITE_BYTES_PER_SECOND,
        LOCK);
  }

  private static double perEntry(String method) {
    return switch (method) {
      case "gin", "gist", "spgist" -> SECONDS_PER_PLACED_ENTRY;
      case "brin" -> 0;
      default -> SECONDS_PER_ENTRY;
    };
  }
}
