package dev.logdex.analyzer.candidate;

import dev.logdex.analyzer.event.IndexElement;
import java.util.List;
import java.util.stream.Stream;

/**
 * Fires when rows are wanted in the order of several columns: an index in that order saves the
 * sort.
 */
final class OrderRule implements CandidateRule {
  @Override
  public Stream<Proposal> propose(Wants wants) {
    List<IndexElement> order = Elements.concat(wants.order());
    return order.size() < 2
        ? Stream.empty()
        : Stream.of(
            Proposal.btree(
                order, "Rows are wanted in the order of " + Elements.names(order) + "."));
  }
}
