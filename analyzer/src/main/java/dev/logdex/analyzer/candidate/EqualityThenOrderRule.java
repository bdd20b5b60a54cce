package dev.logdex.analyzer.candidate;

import dev.logdex.analyzer.event.IndexElement;
import java.util.List;
import java.util.stream.Stream;

/**
 * Fires when rows are looked up by some columns and wanted in the order of others: after columns
 * with one value each, the index gives the order within what was looked up, so that a LIMIT reads
 * no row too many.
 */
final class EqualityThenOrderRule implements CandidateRule {
  @Override
  public Stream<Proposal> propose(Wants wants) {
    if (wants.order().isEmpty()) {
      return Stream.empty();
    }
    List<Wants.Element> equalities = wants.oneValueEqualities();
    Stream<List<Wants.Element>> first =
        Stream.concat(
            Elements.beginnings(equalities, Elements.MOST_COLUMNS - 1),
            wants.joins().stream().map(List::of));
    return first.map(Elements::of).map(columns -> proposal(columns, wants.order()));
  }

  private static Proposal proposal(List<IndexElement> first, List<IndexElement> order) {
    return Proposal.btree(
        Elements.concat(first, order),
        "Rows are looked up by "
            + Elements.names(first)
            + " and wanted in the order of "
            + Elements.names(order)
            + ".");
  }
}
