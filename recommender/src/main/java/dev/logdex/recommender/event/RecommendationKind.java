package dev.logdex.recommender.event;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What is advised. The words are JSON: they are never renamed. */
public enum RecommendationKind {
  CREATE_INDEX,
  /**
   * An index that nothing reads, that another one makes needless, that is broken or that misleads.
   */
  DROP_INDEX,
  /** An index that has grown far beyond what its entries need. */
  REINDEX,
  /** The visibility map is too poor for index-only scans. */
  VACUUM,
  /** Estimates are far off, or rest on old statistics or on none. */
  ANALYZE,
  /** Estimates are far off since columns depend on each other. */
  CREATE_STATISTICS;

  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
