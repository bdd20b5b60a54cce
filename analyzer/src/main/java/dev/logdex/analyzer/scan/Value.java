package dev.logdex.analyzer.scan;

import dev.logdex.sql.TokenKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a clause compares its operand with.
 *
 * @param type as Postgres prints it after {@code ::}; null when the text does not tell
 * @param constant SQL, private data; null when it is no constant, or not the same in all samples
 * @param anchored whether it is a pattern of which the beginning is fixed, such as {@code 'x%'}
 */
public record Value(@Nullable String type, @Nullable String constant, boolean anchored) {
  public static final Value NONE = new Value(null, null, false);

  private static final Set<String> LIKE = Set.of("~~", "!~~");
  private static final Set<String> LIKE_ANY_CASE = Set.of("~~*", "!~~*");

  /** What stands on the other side of the operator. */
  static Value of(Expression value, String operator) {
    Expression stripped = value.stripped();
    String constant =
        Rendering.isLiteral(stripped) ? Rendering.sql(stripped, Set.of()).orElse(null) : null;
    return new Value(typeOf(stripped), constant, constant != null && anchored(stripped, operator));
  }

  Value withoutConstant() {
    return new Value(type, null, anchored);
  }

  /** The constant's text as a catalog prints a value of its type. */
  public Optional<String> text() {
    return Optional.ofNullable(constant)
        .map(Expression::parse)
        .map(Expression::items)
        .filter(items -> !items.isEmpty() && items.get(0) instanceof Expression.Token)
        .map(items -> ((Expression.Token) items.get(0)).name());
  }

  private static @Nullable String typeOf(Expression value) {
    if (value.isEmpty()) {
      return null;
    }
    for (int i = value.size() - 1; i > 0; i--) {
      if (value.tokenAt(i, TokenKind.TYPECAST)) {
        Expression type = value.from(i + 1);
        return Operand.typeLength(type) == type.size() && !type.isEmpty()
            ? Operand.typeName(type)
            : null;
      }
    }
    return value.size() == 1 && value.items().get(0) instanceof Expression.Token token
        ? bareType(token)
        : null;
  }

  /** Postgres leaves out the type of integers, of decimals and of booleans (get_const_expr). */
  private static @Nullable String bareType(Expression.Token token) {
    if (token.is(TokenKind.NUMBER)) {
      return token.text().chars().allMatch(Character::isDigit) ? "integer" : "numeric";
    }
    return token.isWord("true") || token.isWord("false") ? "boolean" : null;
  }

  private static boolean anchored(Expression value, String operator) {
    if (!(value.items().get(0) instanceof Expression.Token token)) {
      return false;
    }
    String pattern = token.name();
    if (LIKE.contains(operator)) {
      return !pattern.isEmpty() && "%_".indexOf(pattern.charAt(0)) < 0;
    }
    if (LIKE_ANY_CASE.contains(operator)) {
      return !pattern.isEmpty()
          && "%_\\".indexOf(pattern.charAt(0)) < 0
          && !Character.isLetter(pattern.charAt(0));
    }
    return operator.equals("~")
        ? pattern.length() > 1 && pattern.charAt(0) == '^' && isPlain(pattern)
        : operator.equals("^@") && !pattern.isEmpty();
  }

  /** Whether a regular expression's first character after the anchor stands for itself. */
  private static boolean isPlain(String pattern) {
    boolean optional = pattern.length() > 2 && "*?{".indexOf(pattern.charAt(2)) >= 0;
    boolean alternatives = pattern.indexOf('|') >= 0;
    return !optional && !alternatives && Character.isLetterOrDigit(pattern.charAt(1));
  }

  /** The values of a list of constants, {@code '{a,b}'::text[]}; empty when it is none. */
  public List<String> elements() {
    return text()
        .filter(text -> text.startsWith("{") && text.endsWith("}"))
        .map(ArrayLiteral::elements)
        .orElse(List.of());
  }
}
