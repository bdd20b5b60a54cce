package dev.logdex.analyzer.event;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * One key of an index.
 *
 * @param expression SQL as it stands in CREATE INDEX: a quoted-where-needed column name, or an
 *     expression in parentheses
 * @param operatorClass null for the type's default
 * @param descending true for DESC
 * @param nullsFirst whether nulls come first; Postgres's default is false ascending and true
 *     descending
 */
public record IndexElement(
    String expression, @Nullable String operatorClass, boolean descending, boolean nullsFirst) {
  public IndexElement {
    requireNonNull(expression, "expression");
  }

  /** A column or expression with its type's default operator class, ascending. */
  public static IndexElement ascending(String expression) {
    return new IndexElement(expression, null, false, false);
  }

  /** The element as it stands in CREATE INDEX, defaults left out. */
  public String sql() {
    return expression
        + (operatorClass == null ? "" : " " + operatorClass)
        + (descending ? " DESC" : "")
        + (nullsFirst == descending ? "" : nullsFirst ? " NULLS FIRST" : " NULLS LAST");
  }
}
