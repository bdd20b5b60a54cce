package dev.logdex.analyzer.candidate;

import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.IndexElement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes one index of several that begin alike and differ in what they carry, which nobody wants
 * beside each other (index merging: Chaudhuri and Narasayya, ICDE 1999): the longest keys, and in
 * INCLUDE whatever else one of them has.
 */
final class Merging {
  private static final int MOST_INCLUDED = 5;
  private static final double MOST_BYTES = 40;

  /** Of those that share their keys: the ones made of few come first. */
  private static final int MOST_OF_KEYS = 12;

  private final ToDoubleFunction<String> width;

  /**
   * @param width average bytes of a column, as an index spells it
   */
  Merging(ToDoubleFunction<String> width) {
    this.width = width;
  }

  /**
   * What can be made of some indexes.
   *
   * @param definitions those that matter most first
   * @return each once and none that was given
   */
  List<IndexDefinition> of(List<IndexDefinition> definitions) {
    Map<Keys, List<IndexDefinition>> byKeys = new LinkedHashMap<>();
    definitions.stream()
        .filter(each -> each.method().equals("btree"))
        .forEach(
            each -> byKeys.computeIfAbsent(Keys.of(each), keys -> new ArrayList<>()).add(each));
    Set<IndexDefinition> all = new LinkedHashSet<>();
    byKeys.forEach(
        (keys, bases) -> {
          List<IndexDefinition> others =
              byKeys.keySet().stream()
                  .filter(each -> each.leads(keys))
                  .flatMap(each -> byKeys.getOrDefault(each, List.of()).stream())
                  .filter(each -> !each.include().isEmpty())
                  .toList();
          all.addAll(unions(bases, others));
        });
    definitions.forEach(all::remove);
    return List.copyOf(all);
  }

  /** What an index finds, and in which rows. */
  private record Keys(List<IndexElement> elements, @Nullable String where) {
    static Keys of(IndexDefinition definition) {
      return new Keys(definition.elements(), definition.where());
    }

    boolean leads(Keys longer) {
      int size = elements.size();
      return Objects.equals(where, longer.where)
          && size <= longer.elements.size()
          && elements.equals(longer.elements.subList(0, size));
    }
  }

  /** All in one, and then breadth first, so that pairs come before what is made of more. */
  private Set<IndexDefinition> unions(List<IndexDefinition> bases, List<IndexDefinition> others) {
    IndexDefinition whole = bases.get(0);
    for (IndexDefinition other : others) {
      whole = union(whole, other).orElse(whole);
    }
    Set<IndexDefinition> made = new LinkedHashSet<>(List.of(whole));
    List<IndexDefinition> open = new ArrayList<>(bases);
    for (int i = 0; i < open.size() && made.size() < MOST_OF_KEYS; i++) {
      IndexDefinition base = open.get(i);
      others.stream()
          .flatMap(other -> union(base, other).stream())
          .filter(union -> !bases.contains(union))
          .limit(MOST_OF_KEYS - made.size())
          .filter(made::add)
          .forEach(open::add);
    }
    return made;
  }

  private Optional<IndexDefinition> union(IndexDefinition base, IndexDefinition other) {
    Set<String> include = new LinkedHashSet<>(base.include());
    include.addAll(other.include());
    base.elements().stream().map(IndexElement::expression).forEach(include::remove);
    double bytes = include.stream().mapToDouble(width).sum();
    return include.size() > MOST_INCLUDED || bytes > MOST_BYTES
        ? Optional.empty()
        : Optional.of(
            new IndexDefinition(
                base.method(), base.elements(), include.stream().sorted().toList(), base.where()));
  }
}
