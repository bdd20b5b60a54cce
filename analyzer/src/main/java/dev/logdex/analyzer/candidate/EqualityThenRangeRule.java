package dev.logdex.analyzer.candidate;

import dev.logdex.analyzer.event.IndexElement;
import java.util.List;
import java.util.stream.Stream;

/**
 * Fires when a scan looks rows up by some columns and reads a range of another: the range last,
 * because what comes after it can no longer narrow the part of the index that is read.
 */
final class EqualityThenRangeRule implements CandidateRule {
  @Override
  public Stream<Proposal> propose(Wants wants) {
    List<IndexElement> equalities = Elements.of(wants.equalities());
    return Elements.of(wants.ranges()).stream()
        .flatMap(
            range ->
                Stream.concat(
                        Elements.beginnings(equalities, Elements.MOST_COLUMNS - 1),
                        equalities.stream().map(List::of))
                    .distinct()
                    .map(first -> proposal(first, range)));
  }

  private static Proposal proposal(List<IndexElement> first, IndexElement range) {
    return Proposal.btree(
        Elements.concat(first, List.of(range)),
        "Rows are looked up by "
            + Elements.names(first)
            + " and within them a range of "
            + range.expression()
            + " is read.");
  }
}
