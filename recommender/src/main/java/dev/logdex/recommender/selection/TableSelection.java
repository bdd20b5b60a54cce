package dev.logdex.recommender.selection;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What selection found for a table.
 *
 * @param chosen in the order of choice
 * @param outcomes of every scan, by its id
 * @param declined indexes that would have helped and were not chosen, with what spoke against them
 * @param preset that the table got; null when the selector knows none
 * @param value planner units a minute that the chosen save, less what they cost; 0 where the
 *     selector does not weigh
 */
public record TableSelection(
    List<ChosenIndex> chosen,
    Map<String, ScanOutcome> outcomes,
    List<Declined> declined,
    @Nullable Preset preset,
    double value) {
  public TableSelection {
    chosen = List.copyOf(chosen);
    outcomes = Map.copyOf(outcomes);
    declined = List.copyOf(declined);
  }

  /** What the chosen indexes are expected to take together. */
  public long sizeBytes() {
    return chosen.stream().mapToLong(index -> index.candidate().sizeBytes()).sum();
  }

  /** The bounds that kept an index out which would have been worth its price, in words. */
  public List<String> limits() {
    return declined.stream()
        .map(Declined::why)
        .filter(Declined.Why::isBound)
        .distinct()
        .sorted()
        .map(Declined.Why::words)
        .toList();
  }
}
