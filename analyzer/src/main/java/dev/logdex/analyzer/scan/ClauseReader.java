package dev.logdex.analyzer.scan;

import dev.logdex.analyzer.scan.Clause.Form;
import dev.logdex.sql.TokenKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads conditions of a plan as clauses on one of its tables. */
final class ClauseReader {
  private final Set<String> aliases;
  private final Commutators commutators;

  /**
   * A reader for one table.
   *
   * @param aliases all names that the plan has for the table's rows
   */
  ClauseReader(Set<String> aliases, Commutators commutators) {
    this.aliases = Set.copyOf(aliases);
    this.commutators = commutators;
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
    return or(condition)
        .or(() -> nullTest(condition))
        .or(() -> booleanTest(condition))
        .or(() -> comparison(condition))
        .or(() -> bool(condition))
        .orElseGet(() -> plain(Form.OTHER, condition, List.of()));
  }

  private Clause plain(Form form, Expression condition, List<Operand> operands) {
    return new Clause(
        form,
        "(" + Rendering.of(condition, aliases) + ")",
        operands,
        "",
        Value.NONE,
        predicate(condition),
        concernsOthers(condition));
  }

  private @Nullable String predicate(Expression condition) {
    return Rendering.sql(condition, aliases).map(sql -> "(" + sql + ")").orElse(null);
  }

  private Optional<Clause> or(Expression condition) {
    List<Expression> parts = condition.splitAt("OR");
    if (parts.size() == 1 || condition.wordAt(0, "CASE")) {
      return Optional.empty();
    }
    List<List<Clause>> arms =
        parts.stream().map(arm -> conjuncts(arm).map(this::read).toList()).toList();
    return Optional.of(
        new Clause(
            Form.OR,
            "(" + Rendering.of(condition, aliases) + ")",
            List.of(),
            "",
            Value.NONE,
            predicate(condition),
            concernsOthers(condition),
            arms));
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
        .map(operand -> plain(not ? Form.NOT_NULL : Form.IS_NULL, condition, List.of(operand)));
  }

  /** {@code a IS TRUE} is what a b-tree serves, {@code a IS NOT TRUE} is not. */
  private Optional<Clause> booleanTest(Expression condition) {
    int last = condition.size() - 1;
    boolean test = condition.wordAt(last, "TRUE") || condition.wordAt(last, "FALSE");
    return test && condition.wordAt(last - 1, "IS")
        ? own(condition.part(0, last - 1))
            .map(operand -> plain(Form.BOOLEAN, condition, List.of(operand)))
        : Optional.empty();
  }

  private Optional<Clause> bool(Expression condition) {
    boolean not = condition.wordAt(0, "NOT");
    Expression stripped = (not ? condition.from(1) : condition).stripped();
    boolean simple = stripped.isCall() || (stripped.isColumnAt(0) && stripped.size() == 3);
    return own(stripped)
        .filter(operand -> simple)
        .map(operand -> plain(Form.BOOLEAN, condition, List.of(operand)));
  }

  private Optional<Clause> comparison(Expression condition) {
    Optional<Operator> found = Operator.in(condition);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Operator operator = found.get();
    Expression left = condition.part(0, operator.from());
    Expression right = condition.from(operator.to());
    if (!concerns(right)) {
      return oriented(condition, left, operator.name(), right);
    }
    return concerns(left)
        ? Optional.empty()
        : commutators
            .of(operator.name())
            .flatMap(commuted -> oriented(condition, right, commuted, left));
  }

  /** The comparison with this table's side first. */
  private Optional<Clause> oriented(
      Expression condition, Expression mine, String operator, Expression theirs) {
    if (mine.wordAt(0, "ROW")) {
      return row(mine, operator, theirs);
    }
    Form form =
        theirs.wordAt(0, "ANY") ? Form.ANY : theirs.wordAt(0, "ALL") ? Form.ALL : Form.COMPARISON;
    boolean list = form != Form.COMPARISON;
    boolean joins = concernsOthers(theirs);
    String shown = list ? form + " ($1)" : otherSide(mine, theirs, joins);
    return own(mine)
        .map(
            operand ->
                new Clause(
                    form,
                    "(" + Rendering.of(mine, aliases) + " " + operator + " " + shown + ")",
                    List.of(operand),
                    operator,
                    Value.of(list ? theirs.from(1) : theirs, operator),
                    predicate(condition),
                    joins));
  }

  private String otherSide(Expression mine, Expression theirs, boolean joins) {
    int constants = Rendering.constants(mine, aliases);
    return joins || Rendering.isConstant(theirs)
        ? "$" + (constants + 1)
        : Rendering.of(theirs, aliases, constants);
  }

  private Optional<Clause> row(Expression mine, String operator, Expression theirs) {
    if (mine.size() != 2 || !(mine.items().get(1) instanceof Expression.Group group)) {
      return Optional.empty();
    }
    List<Optional<Operand>> operands = commaSeparated(group.inner()).map(this::own).toList();
    if (operands.stream().anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    String text = "(" + Rendering.of(mine, aliases) + " " + operator + " $1)";
    return Optional.of(
        new Clause(
            Form.ROW,
            text,
            operands.stream().flatMap(Optional::stream).toList(),
            operator,
            Value.NONE,
            null,
            concernsOthers(theirs)));
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

  private Optional<Operand> own(Expression expression) {
    return Operand.of(expression, aliases);
  }
}
