package dev.logdex.analyzer.candidate;

import static java.util.stream.Collectors.toSet;

import dev.logdex.analyzer.event.ExistingIndex;
import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.IndexElement;
import dev.logdex.analyzer.scan.ScanConditions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether an index that is there already does what a candidate could do: it starts as the candidate
 * does and has all its columns, so that the candidate would give nothing but a smaller file; or it
 * is unique on the columns that the candidate starts with, so that what follows them has nothing
 * left to choose from; a copy of it that carries more would only spare visits to its rows.
 */
final class ServedBy {
  private ServedBy() {}

  static boolean existing(ExistingIndex index, IndexDefinition candidate) {
    IndexDefinition there = index.definition();
    return index.valid()
        && hasItsRows(there, candidate)
        && there.method().equals(candidate.method())
        && (serves(there, candidate)
            || (index.unique() && isKey(there.elements(), candidate.elements())));
  }

  /**
   * Whether it has all rows that the candidate has, and no condition of the candidate that would
   * narrow a search in it: keeping out nulls of a key does not.
   */
  private static boolean hasItsRows(IndexDefinition there, IndexDefinition candidate) {
    String where = candidate.where();
    if (there.where() != null) {
      return where != null && canonical(there.where()).equals(canonical(where));
    }
    String notNull = candidate.elements().get(0).expression() + " IS NOT NULL";
    return where == null || canonical(where).equals(canonical(notNull));
  }

  private static boolean serves(IndexDefinition there, IndexDefinition candidate) {
    List<Key> has = keys(there);
    List<Key> wants = keys(candidate);
    boolean ordered = there.method().equals("btree");
    Set<String> payload = new HashSet<>(there.include());
    has.forEach(key -> payload.add(key.expression));
    return (ordered ? startsWith(has, wants) : Set.copyOf(has).containsAll(wants))
        && payload.containsAll(candidate.include());
  }

  /** An element in the one form that equal elements have. */
  private record Key(
      String expression, @Nullable String operatorClass, boolean descending, boolean nullsFirst) {
    private Key backwards() {
      return new Key(expression, operatorClass, !descending, !nullsFirst);
    }
  }

  private static List<Key> keys(IndexDefinition definition) {
    List<Key> keys = new ArrayList<>();
    for (IndexElement element : definition.elements()) {
      keys.add(
          new Key(
              canonical(element.expression()),
              element.operatorClass(),
              element.descending(),
              element.nullsFirst()));
    }
    return keys;
  }

  /** Whether the candidate's first elements are the unique ones, in whatever order. */
  private static boolean isKey(List<IndexElement> unique, List<IndexElement> candidate) {
    return candidate.size() >= unique.size()
        && names(candidate.subList(0, unique.size())).equals(names(unique));
  }

  private static Set<String> names(List<IndexElement> elements) {
    return elements.stream().map(element -> canonical(element.expression())).collect(toSet());
  }

  /** The same elements in the same order, all read forwards or all read backwards. */
  private static boolean startsWith(List<Key> index, List<Key> candidate) {
    if (index.size() < candidate.size()) {
      return false;
    }
    List<Key> start = index.subList(0, candidate.size());
    return start.equals(candidate) || start.equals(candidate.stream().map(Key::backwards).toList());
  }

  private static String canonical(String sql) {
    return ScanConditions.canonical(Objects.requireNonNull(sql));
  }
}
