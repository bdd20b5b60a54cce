package dev.logdex.analyzer.scan;

import dev.logdex.sql.TokenKind;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a condition or an order is on, and what an index could have as an element: a column,
 * possibly cast, or an expression over the table's columns.
 *
 * @param text without alias and constants: those are {@code $n}
 * @param column as the catalog spells it, when it is a column and nothing but a cast around it;
 *     else null
 * @param castTo the type that the column stands in, as Postgres prints it; null when it stands
 *     there as it is, and for expressions
 * @param key SQL of the whole as CREATE INDEX takes it, constants of its own included; null when it
 *     depends on a parameter, or on a constant that is not the same in all samples
 * @param columns all that it mentions, as the catalog spells them, in order and each once
 */
public record Operand(
    String text,
    @Nullable String column,
    @Nullable String castTo,
    @Nullable String key,
    List<String> columns) {
  /** The words that can follow the first one in a type's name. */
  private static final Set<String> TYPE_WORDS =
      Set.of("precision", "varying", "with", "without", "time", "zone");

  public Operand {
    Objects.requireNonNull(text, "text");
    columns = List.copyOf(columns);
  }

  /**
   * The operand that an expression is.
   *
   * @return empty when it mentions no column of the table, or anything that is not the table's own
   */
  static Optional<Operand> of(Expression expression, Set<String> aliases) {
    return column(expression)
        .filter(plain -> aliases.contains(plain.alias))
        .map(plain -> plain.operand(expression, aliases))
        .or(() -> expression(expression, aliases));
  }

  private static Optional<Operand> expression(Expression expression, Set<String> aliases) {
    List<String> columns =
        expression
            .columns()
            .filter(column -> aliases.contains(column.alias()))
            .map(Expression.ColumnReference::column)
            .distinct()
            .toList();
    boolean own =
        !columns.isEmpty()
            && !columns.contains("*")
            && expression.columns().allMatch(column -> aliases.contains(column.alias()));
    return own
        ? Optional.of(
            new Operand(
                Rendering.of(expression, aliases), null, null, key(expression, aliases), columns))
        : Optional.empty();
  }

  private static @Nullable String key(Expression expression, Set<String> aliases) {
    Expression stripped = expression.stripped();
    return Rendering.sql(stripped, aliases)
        .map(sql -> stripped.isCall() ? sql : "(" + sql + ")")
        .orElse(null);
  }

  /** Whether another operand of the same text may have another key. */
  boolean hasConstants() {
    return key != null && text.contains("$");
  }

  /** The same, but for what stood in a statement as a constant. */
  Operand withoutKey() {
    return column != null && castTo == null
        ? this
        : new Operand(text, column, castTo, null, columns);
  }

  /** A column and what it is cast to, before it is known whose it is. */
  private record Plain(String alias, String column, String quoted, @Nullable String castTo) {
    private Operand operand(Expression expression, Set<String> aliases) {
      return new Operand(
          Rendering.of(expression, aliases),
          column,
          castTo,
          castTo == null ? quoted : Operand.key(expression, aliases),
          List.of(column));
    }
  }

  private static Optional<Plain> column(Expression expression) {
    Expression stripped = expression.stripped();
    if (stripped.size() == 3 && stripped.isColumnAt(0)) {
      Expression.ColumnReference column = stripped.columnAt(0);
      String quoted = ((Expression.Token) stripped.items().get(2)).text();
      return column.column().equals("*")
          ? Optional.empty()
          : Optional.of(new Plain(column.alias(), column.column(), quoted, null));
    }
    if (stripped.size() > 2
        && stripped.items().get(0) instanceof Expression.Group group
        && stripped.tokenAt(1, TokenKind.TYPECAST)) {
      return column(group.inner())
          .filter(plain -> plain.castTo == null)
          .flatMap(
              plain ->
                  castTo(stripped.from(2))
                      .map(type -> new Plain(plain.alias, plain.column, plain.quoted, type)));
    }
    return Optional.empty();
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

  /** A type's name as Postgres prints it, without modifier. */
  static String typeName(Expression type) {
    StringBuilder name = new StringBuilder();
    for (Expression.Item item : type.items()) {
      if (item instanceof Expression.Token token) {
        boolean joined = name.isEmpty() || token.is(TokenKind.DOT) || name.toString().endsWith(".");
        name.append(joined ? "" : " ").append(token.text());
      } else if (item instanceof Expression.Group group && group.brackets()) {
        name.append("[]");
      }
    }
    return name.toString();
  }
}
