package dev.logdex.analyzer.scan;

import dev.logdex.sql.TokenKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Prints expressions as events show them: constants and parameters as {@code $1…} without their
 * type, the table's own columns without alias, and those of other tables as constants, since for
 * one execution of a scan they are.
 */
final class Rendering {
  /** Words that are no function's name. */
  static final Set<String> BEFORE_PARENTHESES =
      Set.of(
          "and", "or", "not", "any", "all", "when", "then", "else", "case", "in", "from", "is",
          "zone");

  private final Set<String> ownAliases;
  private final boolean literals;
  private final StringBuilder out = new StringBuilder();
  private int constants;

  /** Whether what was printed last is a name that parentheses would make a call. */
  private boolean call;

  private Rendering(Set<String> ownAliases, boolean literals) {
    this.ownAliases = ownAliases;
    this.literals = literals;
  }

  static String of(Expression expression, Set<String> ownAliases) {
    return of(expression, ownAliases, 0);
  }

  /**
   * The expression, as a later part of a text.
   *
   * @param before how many constants there were already
   */
  static String of(Expression expression, Set<String> ownAliases, int before) {
    Rendering rendering = new Rendering(ownAliases, false);
    rendering.constants = before;
    rendering.print(expression);
    return rendering.out.toString();
  }

  /** How many {@code $n} the expression has when it is printed. */
  static int constants(Expression expression, Set<String> ownAliases) {
    Rendering rendering = new Rendering(ownAliases, false);
    rendering.print(expression);
    return rendering.constants;
  }

  /**
   * The expression as SQL that stands in an index of the table, constants included.
   *
   * @return empty when it depends on anything but constants and the table's own row
   */
  static Optional<String> sql(Expression expression, Set<String> ownAliases) {
    if (!standsAlone(expression, ownAliases)) {
      return Optional.empty();
    }
    Rendering rendering = new Rendering(ownAliases, true);
    rendering.print(expression);
    return Optional.of(rendering.out.toString());
  }

  private static boolean standsAlone(Expression expression, Set<String> ownAliases) {
    return expression
            .columns()
            .allMatch(column -> ownAliases.contains(column.alias()) && !column.column().equals("*"))
        && expression.tokens().noneMatch(Rendering::comesFromElsewhere);
  }

  private static boolean comesFromElsewhere(Expression.Token token) {
    return token.is(TokenKind.PARAMETER) || token.isWord("SubPlan") || token.isWord("InitPlan");
  }

  /** Whether the expression is a constant of the statement, possibly cast. */
  static boolean isLiteral(Expression expression) {
    return isConstant(expression) && expression.tokens().noneMatch(Rendering::comesFromElsewhere);
  }

  /** Whether the expression is a constant or a parameter, possibly cast: the same for all rows. */
  static boolean isConstant(Expression expression) {
    Expression stripped = expression.stripped();
    return !stripped.isEmpty()
        && constantLength(stripped, 0) > 0
        && constantLength(stripped, 0) == stripped.size();
  }

  private void print(Expression expression) {
    List<Expression.Item> items = expression.items();
    int i = 0;
    while (i < items.size()) {
      int constant = literals ? 0 : constantLength(expression, i);
      if (constant > 0) {
        append("$" + ++constants);
        i += constant;
      } else if (expression.isColumnAt(i)) {
        column(expression.columnAt(i), expression.items().get(i + 2));
        i += 3;
      } else {
        item(items.get(i));
        i++;
      }
    }
  }

  private void column(Expression.ColumnReference column, Expression.Item printed) {
    if (ownAliases.contains(column.alias())) {
      append(((Expression.Token) printed).text());
    } else {
      append("$" + ++constants);
    }
  }

  private void item(Expression.Item item) {
    if (item instanceof Expression.Token token) {
      append(token.text());
      call = token.isName() && !BEFORE_PARENTHESES.contains(token.name());
    } else if (item instanceof Expression.Group group) {
      group(group);
    }
  }

  private void group(Expression.Group group) {
    if (call || group.brackets()) {
      out.append(group.brackets() ? '[' : '(');
    } else {
      append("(");
    }
    call = false;
    print(group.inner());
    out.append(group.brackets() ? ']' : ')');
    call = false;
  }

  private void append(String text) {
    if (!out.isEmpty() && needsBlank(text)) {
      out.append(' ');
    }
    out.append(text);
  }

  private boolean needsBlank(String text) {
    char last = lastCharacter();
    return last != '('
        && last != '['
        && last != '.'
        && last != ':'
        && !text.equals(",")
        && !text.equals(".")
        && !text.equals("::");
  }

  private char lastCharacter() {
    return out.charAt(out.length() - 1);
  }

  /** How many items from the index on are one constant with its cast; 0 when there is none. */
  private static int constantLength(Expression expression, int i) {
    int length = bareConstantLength(expression, i);
    if (length > 0 && expression.tokenAt(i + length, TokenKind.TYPECAST)) {
      length += 1 + Operand.typeLength(expression.from(i + length + 1));
    }
    return length;
  }

  private static int bareConstantLength(Expression expression, int i) {
    Expression.Item item = expression.items().get(i);
    if (item instanceof Expression.Group group) {
      // ($1)::text, and from 17 on (InitPlan 1).col1
      boolean cast = expression.tokenAt(i + 1, TokenKind.TYPECAST);
      if (cast && isConstant(group.inner())) {
        return 1;
      }
      boolean rowType = group.inner().wordAt(0, "InitPlan") || group.inner().wordAt(0, "SubPlan");
      return rowType && expression.tokenAt(i + 1, TokenKind.DOT) ? 3 : 0;
    }
    Expression.Token token = (Expression.Token) item;
    boolean subplanNumber =
        expression.wordAt(i - 1, "SubPlan") || expression.wordAt(i - 1, "InitPlan");
    boolean constant =
        token.kind().isString()
            || token.is(TokenKind.PARAMETER)
            || (token.is(TokenKind.NUMBER) && !subplanNumber)
            || token.isWord("true")
            || token.isWord("false");
    return constant && !expression.tokenAt(i - 1, TokenKind.TYPECAST) ? 1 : 0;
  }
}
