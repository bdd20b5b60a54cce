package dev.logdex.recommender.selection;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The indexes chosen together, in the order of choice.
 *
 * @param alreadyServed scans that no offer improves and an existing index serves
 * @param unserved scans that no offer improves and no existing index serves
 * @param declined indexes on offer that were not chosen, each with what spoke against it; empty
 *     where the selector does not say
 * @param value planner units a minute that the set saves, less what it costs; 0 where the selector
 *     does not weigh
 */
public record Selection(
    List<Pick> picks,
    List<String> alreadyServed,
    List<String> unserved,
    List<Declined> declined,
    double value) {
  public Selection {
    picks = List.copyOf(picks);
    alreadyServed = List.copyOf(alreadyServed);
    unserved = List.copyOf(unserved);
    declined = List.copyOf(declined);
  }

  public double totalWriteOverhead() {
    return picks.stream().mapToDouble(Pick::writeOverhead).sum();
  }

  /**
   * A chosen index.
   *
   * @param scans that it was chosen for; no other pick has them
   */
  public record Pick(String index, double writeOverhead, List<String> scans) {
    public Pick {
      requireNonNull(index, "index");
      scans = List.copyOf(scans);
    }
  }
}
