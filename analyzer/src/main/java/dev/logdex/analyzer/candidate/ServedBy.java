package dev.logdex.analyzer.candidate;

import dev.logdex.analyzer.event.ExistingIndex;
import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.IndexElement;
import java.util.List;

/**
 * Whether an index that is there already starts as a candidate does, so that the candidate would
 * give nothing but a smaller file.
 */
final class ServedBy {
  private ServedBy() {}

  static boolean existing(ExistingIndex index, IndexDefinition candidate) {
    IndexDefinition definition = index.definition();
    return index.valid()
        && definition.method().equals("btree")
        && definition.where() == null
        && definition.elements().size() >= candidate.elements().size()
        && startsWith(definition.elements(), candidate.elements());
  }

  /** The same elements in the same order, all read forwards or all read backwards. */
  private static boolean startsWith(List<IndexElement> index, List<IndexElement> candidate) {
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
