package dev.logdex.analyzer.candidate;

import dev.logdex.analyzer.event.ExistingIndex;
import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.IndexElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Fires when an index that is there begins with what a scan wants and lacks the rest: the same
 * index with more columns, which would take the old one's place. Unique indexes stay as they are,
 * since they keep a promise.
 */
final class ExtendIndexRule implements CandidateRule {
  @Override
  public Stream<Proposal> propose(Wants wants) {
    List<IndexElement> wanted = new ArrayList<>();
    wanted.addAll(Elements.of(wants.joins()));
    wanted.addAll(Elements.of(wants.equalities()));
    wanted.addAll(wants.order().isEmpty() ? Elements.of(wants.ranges()) : wants.order());
    Set<String> names = wanted.stream().map(IndexElement::expression).collect(Collectors.toSet());
    return wants.table().indexes().stream()
        .filter(index -> canGrow(index, names))
        .flatMap(index -> extended(index, wanted));
  }

  private static boolean canGrow(ExistingIndex index, Set<String> wanted) {
    IndexDefinition definition = index.definition();
    return index.valid()
        && !index.unique()
        && definition.method().equals("btree")
        && definition.where() == null
        && definition.elements().size() < Elements.MOST_COLUMNS
        && definition.elements().stream().allMatch(each -> wanted.contains(each.expression()));
  }

  private static Stream<Proposal> extended(ExistingIndex index, List<IndexElement> wanted) {
    List<IndexElement> grown = Elements.concat(index.definition().elements(), wanted);
    return grown.size() == index.definition().elements().size()
        ? Stream.empty()
        : Stream.of(
            new Proposal(
                new IndexDefinition("btree", grown, index.definition().include(), null),
                "It begins as " + index.name() + " does, and would take its place."));
  }
}
