package dev.logdex.analyzer.scan;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something by which rows are wanted in order.
 *
 * @param collation quoted where needed, when the order has another one than the operand; else null
 * @param nullsFirst whether nulls come first; Postgres's default is false ascending and true
 *     descending
 * @param distance when the order is by an operator's result, such as {@code place <-> $1}: the
 *     operator as a clause; else null
 */
public record SortKey(
    Operand operand,
    @Nullable String collation,
    boolean descending,
    boolean nullsFirst,
    @Nullable Clause distance) {
  public SortKey {
    requireNonNull(operand, "operand");
  }

  static SortKey ascending(Operand operand) {
    return new SortKey(operand, null, false, false, null);
  }

  /**
   * Reads a sort key of a plan.
   *
   * @return empty when it is not of the aliases alone, or has an operator of its own
   */
  static Optional<SortKey> parse(String key, Set<String> aliases, Commutators commutators) {
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
    int collate = wordIndex(rest, "COLLATE");
    String collation =
        collate < 0 ? null : Rendering.sql(rest.from(collate + 1), Set.of()).orElse(null);
    if (wordIndex(rest, "USING") >= 0) {
      return Optional.empty();
    }
    Expression ordered = collate < 0 ? rest : rest.part(0, collate);
    Clause distance = distance(ordered, new ClauseReader(aliases, commutators));
    return Operand.of(ordered, aliases)
        .map(operand -> new SortKey(operand, collation, descending, first, distance));
  }

  private static @Nullable Clause distance(Expression ordered, ClauseReader reader) {
    Clause clause = reader.read(ordered.stripped());
    return clause.form() == Clause.Form.COMPARISON && !clause.joins() ? clause : null;
  }

  private static int wordIndex(Expression key, String word) {
    for (int i = 0; i < key.size(); i++) {
      if (key.wordAt(i, word)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean endsWith(Expression key, String word, String last) {
    return key.wordAt(key.size() - 2, word) && key.wordAt(key.size() - 1, last);
  }

  boolean hasConstants() {
    return operand.hasConstants() || (distance != null && distance.hasConstants());
  }

  SortKey withoutConstants() {
    return new SortKey(
        operand.withoutKey(),
        collation,
        descending,
        nullsFirst,
        distance == null ? null : distance.withoutConstants());
  }

  /** As it stands in ORDER BY, defaults left out and without constants. */
  public String text() {
    return (operand.column() == null ? operand.text() : operand.column())
        + (collation == null ? "" : " COLLATE " + collation)
        + (descending ? " DESC" : "")
        + (nullsFirst == descending ? "" : nullsFirst ? " NULLS FIRST" : " NULLS LAST");
  }
}
