package dev.logdex.recommender.selection;

import java.util.List;
import java.util.Map;

/**
 * What selection found for a table.
 *
 * @param chosen in the order of choice
 * @param outcomes of every scan, by its id
 */
public record TableSelection(List<ChosenIndex> chosen, Map<String, ScanOutcome> outcomes) {
  public TableSelection {
    chosen = List.copyOf(chosen);
    outcomes = Map.copyOf(outcomes);
  }
}
