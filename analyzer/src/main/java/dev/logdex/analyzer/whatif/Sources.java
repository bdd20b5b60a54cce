package dev.logdex.analyzer.whatif;

import java.util.List;

/** Sums over the plan nodes that perform one scan: one, or one for each partition. */
final class Sources {
  private Sources() {}

  static double cost(List<SourceCost> sources) {
    return sources.stream().mapToDouble(SourceCost::cost).sum();
  }

  /** Partitions are read once for each scan of their parent. */
  static double loops(List<SourceCost> sources) {
    return sources.stream().mapToDouble(SourceCost::loops).max().orElse(0);
  }

  static boolean useCandidate(List<SourceCost> sources) {
    return sources.stream().anyMatch(SourceCost::usesCandidate);
  }

  static boolean abortEarly(List<SourceCost> sources) {
    return sources.stream().anyMatch(SourceCost::abortsEarly);
  }
}
