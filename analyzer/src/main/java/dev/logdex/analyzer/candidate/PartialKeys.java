package dev.logdex.analyzer.candidate;

import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.IndexElement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a partial index could be on: what the scan wants beside what the predicate settles. */
final class PartialKeys {
  private PartialKeys() {}

  /**
   * Partial b-trees for a scan, best guess first.
   *
   * @param predicate SQL
   * @param settled expressions that the predicate leaves one value of, so that they need be no keys
   * @param otherwise keys to have when the scan wants nothing else; empty for no index then
   */
  static Stream<Proposal> under(
      Wants wants,
      String predicate,
      Set<String> settled,
      List<IndexElement> otherwise,
      String reason) {
    List<IndexElement> equalities = open(Elements.of(wants.equalities()), settled);
    List<IndexElement> joins = open(Elements.of(wants.joins()), settled);
    List<IndexElement> ranges = open(Elements.of(wants.ranges()), settled);
    List<IndexElement> order = open(wants.order(), settled);
    Set<List<IndexElement>> keys = new LinkedHashSet<>();
    keys.add(Elements.concat(equalities, ranges.stream().limit(1).toList()));
    keys.add(Elements.concat(equalities, order));
    joins.forEach(join -> keys.add(Elements.concat(List.of(join), equalities)));
    ranges.forEach(range -> keys.add(List.of(range)));
    keys.add(Elements.concat(order));
    if (keys.stream().allMatch(List::isEmpty)) {
      keys.add(otherwise);
    }
    return keys.stream()
        .filter(elements -> !elements.isEmpty())
        .map(elements -> new IndexDefinition("btree", elements, List.of(), predicate))
        .map(definition -> new Proposal(definition, reason));
  }

  private static List<IndexElement> open(List<IndexElement> elements, Set<String> settled) {
    return elements.stream().filter(each -> !settled.contains(each.expression())).toList();
  }
}
