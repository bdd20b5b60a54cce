package dev.logdex.analyzer.candidate;

import dev.logdex.analyzer.candidate.Wants.Element;
import dev.logdex.analyzer.event.IndexElement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Fires when strings are searched by a pattern with a fixed beginning, such as {@code LIKE 'x%'}: a
 * b-tree finds them as a range, where the collation does not sort by bytes only with the operator
 * class for patterns.
 */
final class PrefixRule implements CandidateRule {
  @Override
  public Stream<Proposal> propose(Wants wants) {
    return wants.prefixes().stream().flatMap(prefix -> proposals(prefix, wants));
  }

  private static Stream<Proposal> proposals(Element prefix, Wants wants) {
    Optional<IndexElement> element = prefix.services("btree").findFirst().map(prefix::indexElement);
    String reason = "Strings are searched by how " + prefix.expression() + " begins";
    Stream<Proposal> alone =
        element.stream().map(each -> Proposal.btree(List.of(each), reason + "."));
    Stream<Proposal> after =
        element.stream()
            .flatMap(
                each ->
                    Elements.beginnings(wants.equalities(), Elements.MOST_COLUMNS - 1)
                        .map(Elements::of)
                        .map(
                            first ->
                                Proposal.btree(
                                    Elements.concat(first, List.of(each)),
                                    reason + " within " + Elements.names(first) + ".")));
    return Stream.concat(alone, after);
  }
}
