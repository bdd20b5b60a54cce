package dev.logdex.analyzer.scan;

import dev.logdex.analyzer.scan.Clause.Form;
import dev.logdex.sql.TokenKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads conditions of a plan as clauses on one of its tables. */
final class ClauseReader {
  /** What an operator becomes when its operands change sides. */
  private static final Map<String, String> COMMUTED =
      Map.of("=", "=", "<>", "<>", "<", ">", ">", "<", "<=", ">=", ">=", "<=");

  private final Set<String> aliases;

  /**
   * A reader for one table.
   *
   * @param aliases all names that the plan has for the table's rows
   */
  ClauseReader(Set<String> aliases) {
    this.aliases = Set.copyOf(aliases);
  }

  /** The parts of a condition that all have to hold. */
  static List<Expression> conjuncts(String condition) {
    return conjuncts(Expression.parse(condition)).toList();
  }

  private static Stream<Expression> conjuncts(Expression condition) {
    Expression stripped = condition.stripped();
    List<Expression> parts = stripped.splitAt("AND");
    return parts.size() == 1
        ? Stream.of(stripped)
        : parts.stream().flatMap(ClauseReader::conjuncts);
  }

  /** Whether a column of this table is in it. */
  boolean concerns(Expression condition) {
    return condition.columns().anyMatch(column -> aliases.contains(column.alias()));
  }

  private boolean concernsOthers(Expression condition) {
    return condition.columns().anyMatch(column -> !aliases.contains(column.alias()));
  }

  /** One condition, of any form. */
  Clause read(Expression condition) {
    return nullTest(condition)
        .or(() -> bool(condition))
        .or(() -> comparison(condition))
        .orElseGet(() -> other(condition));
  }

  private Clause other(Expression condition) {
    return new Clause(
        Form.OTHER,
        "(" + Rendering.of(condition, aliases) + ")",
        List.of(),
        null,
        "",
        concernsOthers(condition));
  }

  private Optional<Clause> nullTest(Expression condition) {
    int last = condition.size() - 1;
    if (!condition.wordAt(last, "NULL")) {
      return Optional.empty();
    }
    boolean not = condition.wordAt(last - 1, "NOT") && condition.wordAt(last - 2, "IS");
    if (!not && !condition.wordAt(last - 1, "IS")) {
      return Optional.empty();
    }
    return own(condition.part(0, not ? last - 2 : last - 1))
        .map(operand -> clause(not ? Form.NOT_NULL : Form.IS_NULL, condition, operand, "", false));
  }

  private Optional<Clause> bool(Expression condition) {
    boolean not = condition.wordAt(0, "NOT");
    return own(not ? condition.from(1) : condition)
        .filter(operand -> operand.castTo() == null)
        .map(operand -> clause(Form.BOOLEAN, condition, operand, "", false));
  }

  private Optional<Clause> comparison(Expression condition) {
    int at = operatorAt(condition);
    if (at <= 0 || at == condition.size() - 1) {
      return Optional.empty();
    }
    Expression left = condition.part(0, at);
    Expression right = condition.from(at + 1);
    String operator = ((Expression.Token) condition.items().get(at)).text();
    if (!concerns(right)) {
      return oriented(left, operator, right);
    }
    String commuted = COMMUTED.get(operator);
    return commuted == null || concerns(left) ? Optional.empty() : oriented(right, commuted, left);
  }

  /** The comparison with this table's side first. */
  private Optional<Clause> oriented(Expression mine, String operator, Expression theirs) {
    boolean joins = concernsOthers(theirs);
    if (mine.wordAt(0, "ROW")) {
      return row(mine, operator, joins);
    }
    if (theirs.wordAt(0, "ALL")) {
      return Optional.empty();
    }
    boolean any = theirs.wordAt(0, "ANY");
    return own(mine)
        .map(
            operand ->
                new Clause(
                    any ? Form.ANY : Form.COMPARISON,
                    "("
                        + Rendering.of(mine, aliases)
                        + " "
                        + operator
                        + " "
                        + (any ? "ANY ($1)" : otherSide(theirs, joins))
                        + ")",
                    List.of(operand.column()),
                    operand.castTo(),
                    operator,
                    joins));
  }

  private String otherSide(Expression theirs, boolean joins) {
    return joins || Rendering.isConstant(theirs) ? "$1" : Rendering.of(theirs, aliases);
  }

  private Optional<Clause> row(Expression mine, String operator, boolean joins) {
    if (mine.size() != 2 || !(mine.items().get(1) instanceof Expression.Group group)) {
      return Optional.empty();
    }
    List<Optional<Operand>> operands = commaSeparated(group.inner()).map(this::own).toList();
    if (operands.stream().anyMatch(each -> each.isEmpty() || each.get().castTo() != null)) {
      return Optional.empty();
    }
    List<String> columns =
        operands.stream().flatMap(Optional::stream).map(Operand::column).toList();
    String text = "(" + Rendering.of(mine, aliases) + " " + operator + " $1)";
    return Optional.of(new Clause(Form.ROW, text, columns, null, operator, joins));
  }

  private static Stream<Expression> commaSeparated(Expression list) {
    Stream.Builder<Expression> parts = Stream.builder();
    int from = 0;
    for (int i = 0; i <= list.size(); i++) {
      if (i == list.size() || list.tokenAt(i, TokenKind.COMMA)) {
        parts.add(list.part(from, i));
        from = i + 1;
      }
    }
    return parts.build();
  }

  private Clause clause(
      Form form, Expression condition, Operand operand, String operator, boolean joins) {
    return new Clause(
        form,
        "(" + Rendering.of(condition, aliases) + ")",
        List.of(operand.column()),
        operand.castTo(),
        operator,
        joins);
  }

  private Optional<Operand> own(Expression expression) {
    return Operand.of(expression).filter(operand -> aliases.contains(operand.alias()));
  }

  /** Index of the operator on this level; -1 when there is none or more than one. */
  private static int operatorAt(Expression condition) {
    int found = -1;
    for (int i = 0; i < condition.size(); i++) {
      if (condition.tokenAt(i, TokenKind.OPERATOR)) {
        if (found >= 0) {
          return -1;
        }
        found = i;
      }
    }
    return found;
  }
}
