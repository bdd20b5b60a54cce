package dev.logdex.analyzer.candidate;

import dev.logdex.analyzer.event.IndexElement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Fires when a scan looks rows up by several columns at once: together, most selective first. */
final class EqualityColumnsRule implements CandidateRule {
  @Override
  public Stream<Proposal> propose(Wants wants) {
    List<IndexElement> columns =
        Elements.of(wants.equalities()).stream().limit(Elements.MOST_COLUMNS).toList();
    if (columns.size() < 2) {
      return Stream.empty();
    }
    return Stream.concat(Stream.of(columns), pairs(columns).stream())
        .distinct()
        .map(
            elements ->
                Proposal.btree(
                    elements,
                    "Rows are looked up by "
                        + Elements.names(elements)
                        + " at once, the most selective column first."));
  }

  /** Pairs can serve other scans too, which the whole set may not. */
  private static List<List<IndexElement>> pairs(List<IndexElement> columns) {
    List<List<IndexElement>> pairs = new ArrayList<>();
    for (int first = 0; first < columns.size(); first++) {
      for (int second = first + 1; second < columns.size(); second++) {
        pairs.add(List.of(columns.get(first), columns.get(second)));
      }
    }
    return pairs;
  }
}
