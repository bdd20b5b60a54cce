package dev.logdex.analyzer.scan;

import dev.logdex.sql.TokenKind;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One side of a comparison that is nothing but a column, possibly cast: {@code t.a} or {@code
 * (t.a)::text}.
 *
 * @param castTo the type's name as Postgres prints it; null without a cast
 */
record Operand(String alias, String column, @Nullable String castTo) {
  /** The words that can follow the first one in a type's name. */
  private static final Set<String> TYPE_WORDS =
      Set.of("precision", "varying", "with", "without", "time", "zone");

  /** The column that the expression is; empty when it is anything else. */
  static Optional<Operand> of(Expression expression) {
    Expression stripped = expression.stripped();
    if (stripped.size() == 3 && stripped.isColumnAt(0)) {
      return Optional.of(new Operand(stripped.columnAt(0).alias(), name(stripped), null));
    }
    if (stripped.size() > 2
        && stripped.items().get(0) instanceof Expression.Group group
        && stripped.tokenAt(1, TokenKind.TYPECAST)) {
      return of(group.inner())
          .filter(column -> column.castTo == null)
          .flatMap(column -> castTo(stripped.from(2)).map(column::as));
    }
    return Optional.empty();
  }

  private static String name(Expression column) {
    return column.columnAt(0).column();
  }

  private Operand as(String type) {
    return new Operand(alias, column, type);
  }

  /**
   * The type's name when the expression is a type and nothing follows it. A type with a modifier,
   * such as {@code character varying(10)}, changes the value: that is no mere column.
   */
  private static Optional<String> castTo(Expression type) {
    boolean modified =
        type.items().stream()
            .anyMatch(item -> item instanceof Expression.Group group && !group.brackets());
    return !modified && typeLength(type) == type.size()
        ? Optional.of(typeName(type))
        : Optional.empty();
  }

  /** How many items from the beginning make a type's name, with modifier and brackets. */
  static int typeLength(Expression type) {
    int i = type.tokenAt(1, TokenKind.DOT) ? 3 : 1;
    while (i < type.size() && continuesType(type.items().get(i))) {
      i++;
    }
    return Math.min(i, type.size());
  }

  private static boolean continuesType(Expression.Item item) {
    return item instanceof Expression.Group
        || (item instanceof Expression.Token token
            && token.is(TokenKind.IDENTIFIER)
            && TYPE_WORDS.contains(token.name()));
  }

  private static String typeName(Expression type) {
    StringBuilder name = new StringBuilder();
    for (Expression.Item item : type.items()) {
      if (item instanceof Expression.Token token) {
        boolean joined = name.isEmpty() || token.is(TokenKind.DOT) || name.toString().endsWith(".");
        name.append(joined ? "" : " ").append(token.text());
      } else {
        name.append("[]");
      }
    }
    return name.toString();
  }
}
