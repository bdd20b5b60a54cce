package dev.logdex.analyzer.candidate;

import static dev.logdex.analyzer.event.IndexElement.ascending;

import java.util.List;
import java.util.stream.Stream;

/** Fires for every column that a scan looks up, compares, joins by, or wants an order of. */
final class SingleColumnRule implements CandidateRule {
  @Override
  public Stream<Proposal> propose(Wants wants) {
    Stream<Proposal> equalities =
        wants.equalities().stream()
            .map(
                each ->
                    proposal(
                        each.expression(), "Rows are looked up by " + each.expression() + "."));
    Stream<Proposal> joins =
        wants.joins().stream()
            .map(
                each ->
                    proposal(
                        each.expression(), "The table is joined by " + each.expression() + "."));
    Stream<Proposal> ranges =
        wants.ranges().stream()
            .map(
                each ->
                    proposal(each.expression(), "A range of " + each.expression() + " is read."));
    Stream<Proposal> order =
        wants.order().stream()
            .limit(1)
            .map(
                each ->
                    Proposal.btree(
                        List.of(each),
                        "Rows are wanted in the order of " + each.expression() + "."));
    return Stream.of(equalities, joins, ranges, order).flatMap(each -> each);
  }

  private static Proposal proposal(String column, String reason) {
    return Proposal.btree(List.of(ascending(column)), reason);
  }
}
