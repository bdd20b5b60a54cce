package dev.logdex.analyzer.candidate;

import dev.logdex.analyzer.event.IndexElement;
import java.util.List;
import java.util.stream.Stream;

/**
 * Fires when a table is joined by a column and filtered by others, or joined by several: together,
 * and the join first as well as last, since which serves better depends on the other queries.
 */
final class JoinThenFilterRule implements CandidateRule {
  @Override
  public Stream<Proposal> propose(Wants wants) {
    List<IndexElement> joins = Elements.of(wants.joins());
    List<IndexElement> equalities = Elements.of(wants.equalities());
    Stream<Proposal> several =
        joins.size() < 2
            ? Stream.empty()
            : Stream.of(
                Proposal.btree(
                    Elements.concat(joins),
                    "The table is joined by " + Elements.names(joins) + " at once."));
    Stream<Proposal> filtered =
        joins.stream()
            .flatMap(
                join -> Stream.concat(withEqualities(join, equalities), withRange(join, wants)));
    return Stream.concat(several, filtered);
  }

  private static Stream<Proposal> withEqualities(IndexElement join, List<IndexElement> equalities) {
    return Elements.beginnings(equalities, Elements.MOST_COLUMNS - 1)
        .flatMap(
            filter ->
                Stream.of(
                    proposal(join, filter, Elements.concat(List.of(join), filter)),
                    proposal(join, filter, Elements.concat(filter, List.of(join)))));
  }

  private static Stream<Proposal> withRange(IndexElement join, Wants wants) {
    return Elements.of(wants.ranges()).stream()
        .map(range -> proposal(join, List.of(range), List.of(join, range)));
  }

  private static Proposal proposal(
      IndexElement join, List<IndexElement> filter, List<IndexElement> elements) {
    return Proposal.btree(
        elements,
        "The table is joined by "
            + join.expression()
            + " and filtered by "
            + Elements.names(filter)
            + ".");
  }
}
