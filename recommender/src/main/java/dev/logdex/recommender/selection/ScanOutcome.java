package dev.logdex.recommender.selection;

/** What selection found for a scan. */
public enum ScanOutcome {
  /** A chosen index covers it. */
  COVERED,
  /** The table is too small for any index. */
  SMALL_TABLE,
  /** An index that is there serves it, and none on offer is enough better. */
  ALREADY_INDEXED,
  /** Nothing in it that any index on offer could work with. */
  NO_INDEXABLE_CLAUSE,
  /** An index would save enough, but what it costs elsewhere or a bound speaks against it. */
  DECLINED,
  /** Indexes were tried, and none saves enough. */
  IMPROVEMENT_TOO_SMALL
}
