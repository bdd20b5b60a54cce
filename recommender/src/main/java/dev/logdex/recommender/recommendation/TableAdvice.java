package dev.logdex.recommender.recommendation;

import static java.util.Objects.requireNonNull;

import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.selection.TableSelection;
import java.util.List;
import java.util.Set;

/**
 * What is to be advised for a table now, whatever was advised before.
 *
 * @param recommendations all in state proposed, in the order of choice
 * @param gaining fingerprints of all statements that gain, also of those that no list has room for
 */
public record TableAdvice(
    TableSelection selection, List<Recommendation> recommendations, Set<String> gaining) {
  public TableAdvice {
    requireNonNull(selection, "selection");
    recommendations = List.copyOf(recommendations);
    gaining = Set.copyOf(gaining);
  }
}
