package dev.logdex.analyzer.scan;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.Set;

/**
 * A column by which rows are wanted in order.
 *
 * @param column as the catalog spells it
 * @param nullsFirst whether nulls come first; Postgres's default is false ascending and true
 *     descending
 */
public record SortKey(String column, boolean descending, boolean nullsFirst) {
  public SortKey {
    requireNonNull(column, "column");
  }

  static SortKey ascending(String column) {
    return new SortKey(column, false, false);
  }

  /**
   * Reads a sort key of a plan.
   *
   * @return empty when it is no plain column of the aliases: an expression, another table's, or one
   *     with a collation or operator of its own
   */
  static Optional<SortKey> parse(String key, Set<String> aliases) {
    Expression rest = Expression.parse(key);
    boolean nullsFirst = endsWith(rest, "NULLS", "FIRST");
    boolean nullsLast = endsWith(rest, "NULLS", "LAST");
    if (nullsFirst || nullsLast) {
      rest = rest.part(0, rest.size() - 2);
    }
    boolean descending = rest.wordAt(rest.size() - 1, "DESC");
    if (descending) {
      rest = rest.part(0, rest.size() - 1);
    }
    boolean first = nullsFirst || (descending && !nullsLast);
    return Operand.of(rest)
        .filter(operand -> aliases.contains(operand.alias()))
        .map(operand -> new SortKey(operand.column(), descending, first));
  }

  private static boolean endsWith(Expression key, String word, String last) {
    return key.wordAt(key.size() - 2, word) && key.wordAt(key.size() - 1, last);
  }

  /** As it stands in ORDER BY, defaults left out. */
  public String text() {
    return column
        + (descending ? " DESC" : "")
        + (nullsFirst == descending ? "" : nullsFirst ? " NULLS FIRST" : " NULLS LAST");
  }
}
