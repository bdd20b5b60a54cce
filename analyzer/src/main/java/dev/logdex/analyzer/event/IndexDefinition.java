package dev.logdex.analyzer.event;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an index is, apart from its name and table.
 *
 * @param method access method, such as {@code btree}
 * @param elements keys in order; at least one
 * @param include payload columns, quoted where needed
 * @param where predicate of a partial index; null for a whole one
 */
public record IndexDefinition(
    String method, List<IndexElement> elements, List<String> include, @Nullable String where) {
  public IndexDefinition {
    requireNonNull(method, "method");
    elements = List.copyOf(elements);
    include = List.copyOf(include);
    if (elements.isEmpty()) {
      throw new IllegalArgumentException("an index has at least one element");
    }
  }

  /**
   * What follows the table's name in CREATE INDEX: {@code USING btree (a, b DESC) INCLUDE (c) WHERE
   * d}.
   */
  public String sql() {
    return "USING "
        + method
        + elements.stream().map(IndexElement::sql).collect(joining(", ", " (", ")"))
        + (include.isEmpty() ? "" : include.stream().collect(joining(", ", " INCLUDE (", ")")))
        + (where == null ? "" : " WHERE " + where);
  }
}
