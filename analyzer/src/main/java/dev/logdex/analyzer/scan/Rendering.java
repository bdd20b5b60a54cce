package dev.logdex.analyzer.scan;

import dev.logdex.sql.TokenKind;
import java.util.List;
import java.util.Set;

/**
 * Prints expressions as events show them: constants and parameters as {@code $1…} without their
 * type, the table's own columns without alias, and those of other tables as constants, since for
 * one execution of a scan they are.
 */
final class Rendering {
  /** Words that are no function's name. */
  private static final Set<String> BEFORE_PARENTHESES =
      Set.of("and", "or", "not", "any", "all", "when", "then", "else", "case", "in", "from", "is");

  private final Set<String> ownAliases;
  private final StringBuilder out = new StringBuilder();
  private int constants;

  /** Whether what was printed last is a name that parentheses would make a call. */
  private boolean call;

  private Rendering(Set<String> ownAliases) {
    this.ownAliases = ownAliases;
  }

  static String of(Expression expression, Set<String> ownAliases) {
    Rendering rendering = new Rendering(ownAliases);
    rendering.print(expression);
    return rendering.out.toString();
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
      int constant = constantLength(expression, i);
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
      return group.inner().wordAt(0, "InitPlan") && expression.tokenAt(i + 1, TokenKind.DOT)
          ? 3
          : 0;
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
