package dev.logdex.recommender.usage;

import java.util.List;

/** Somewhere that production servers can be asked how they use their indexes. */
public interface UsageSource {
  /**
   * Asks every node. Never throws for a node that does not answer: it is in the result, without a
   * reading, since what it does is then not known.
   */
  List<NodeUsage> read();
}
