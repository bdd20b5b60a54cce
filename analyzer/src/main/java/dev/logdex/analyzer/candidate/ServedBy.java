package dev.logdex.analyzer.candidate;

import static java.util.stream.Collectors.toSet;

import dev.logdex.analyzer.event.ExistingIndex;
import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.IndexElement;
import java.util.List;
import java.util.Set;

/**
 * Whether an index that is there already does what a candidate could do: it starts as the candidate
 * does, so that the candidate would give nothing but a smaller file; or it is unique on the columns
 * that the candidate starts with, so that what follows them has nothing left to choose from.
 */
final class ServedBy {
  private ServedBy() {}

  static boolean existing(ExistingIndex index, IndexDefinition candidate) {
    IndexDefinition definition = index.definition();
    return index.valid()
        && definition.method().equals("btree")
        && definition.where() == null
        && (startsWith(definition.elements(), candidate.elements())
            || (index.unique() && isKey(definition.elements(), candidate.elements())));
  }

  /** Whether the candidate's first elements are the unique ones, in whatever order. */
  private static boolean isKey(List<IndexElement> unique, List<IndexElement> candidate) {
    return candidate.size() >= unique.size()
        && names(candidate.subList(0, unique.size())).equals(names(unique));
  }

  private static Set<String> names(List<IndexElement> elements) {
    return elements.stream().map(IndexElement::expression).collect(toSet());
  }

  /** The same elements in the same order, all read forwards or all read backwards. */
  private static boolean startsWith(List<IndexElement> index, List<IndexElement> candidate) {
    if (index.size() < candidate.size()) {
      return false;
    }
    List<IndexElement> start = index.subList(0, candidate.size());
    return start.equals(candidate)
        || start.equals(candidate.stream().map(ServedBy::backwards).toList());
  }

  private static IndexElement backwards(IndexElement element) {
    return new IndexElement(
        element.expression(),
        element.operatorClass(),
        !element.descending(),
        !element.nullsFirst());
  }
}
