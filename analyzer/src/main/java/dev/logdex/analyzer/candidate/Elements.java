package dev.logdex.analyzer.candidate;

import static java.util.stream.Collectors.joining;

import dev.logdex.analyzer.event.IndexElement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Puts index elements of a scan together. */
final class Elements {
  /** Columns of the widest index that is proposed. */
  static final int MOST_COLUMNS = 3;

  private Elements() {}

  static List<IndexElement> of(List<Wants.Element> elements) {
    return elements.stream().map(Wants.Element::indexElement).toList();
  }

  /** One after the other, each column once, as many as fit. */
  @SafeVarargs
  static List<IndexElement> concat(List<IndexElement>... parts) {
    List<IndexElement> all = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (List<IndexElement> part : parts) {
      for (IndexElement element : part) {
        if (all.size() < MOST_COLUMNS && seen.add(element.expression())) {
          all.add(element);
        }
      }
    }
    return List.copyOf(all);
  }

  /** The beginnings of a list: with its first element, its first two, and so on. */
  static <T> Stream<List<T>> beginnings(List<T> list, int longest) {
    return Stream.iterate(1, length -> length + 1)
        .limit(Math.min(longest, list.size()))
        .map(length -> list.subList(0, length));
  }

  /** Columns as a person names them: {@code a, b and c}. */
  static String names(List<IndexElement> elements) {
    List<String> names = elements.stream().map(IndexElement::expression).toList();
    int last = names.size() - 1;
    return last < 1
        ? String.join("", names)
        : names.stream().limit(last).collect(joining(", ")) + " and " + names.get(last);
  }
}
