package dev.logdex.analyzer.scan;

import dev.logdex.analyzer.scan.Clause.Form;
import dev.logdex.sql.TokenKind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Questions about the conditions that an index scan of a plan checks. */
public final class ScanConditions {
  /** Array elements that the planner assumes when it does not know the array. */
  private static final double ASSUMED_LENGTH = 10;

  private ScanConditions() {}

  /**
   * How often one execution of an index scan goes down the tree: once for each value of a list.
   *
   * @param indexCondition null when there is none
   */
  public static double descents(@Nullable String indexCondition) {
    return indexCondition == null
        ? 1
        : ClauseReader.conjuncts(indexCondition).stream()
            .mapToDouble(ScanConditions::listLength)
            .reduce(1, (one, other) -> one * other);
  }

  /**
   * Whether an index condition narrows an index's element, which keeping out nulls does not.
   *
   * @param element SQL as it stands in CREATE INDEX
   */
  public static boolean narrows(@Nullable String indexCondition, String alias, String element) {
    String wanted = canonical(element);
    return clauses(indexCondition, alias).stream()
        .filter(clause -> clause.form() != Form.NOT_NULL)
        .flatMap(clause -> clause.operands().stream())
        .anyMatch(operand -> isOn(operand, wanted));
  }

  private static boolean isOn(Operand operand, String element) {
    String key = operand.key();
    String column = operand.column();
    return (key != null && canonical(key).equals(element))
        || (column != null && column.equals(canonicalName(element)));
  }

  private static String canonicalName(String element) {
    Expression name = Expression.parse(element);
    return name.size() == 1 && name.items().get(0) instanceof Expression.Token token
        ? token.name()
        : element;
  }

  /** SQL of an index's element or predicate, in the one form that equal ones have. */
  public static String canonical(String sql) {
    Expression stripped = Expression.parse(sql).stripped();
    return Rendering.sql(stripped, Set.of()).orElse(sql);
  }

  /** Whether an index condition narrows any column. */
  public static boolean narrowsAny(@Nullable String indexCondition, String alias) {
    return clauses(indexCondition, alias).stream()
        .anyMatch(clause -> clause.form() != Form.NOT_NULL);
  }

  /** Whether a filter has a condition that an index could have looked up. */
  public static boolean hasEquality(@Nullable String filter, String alias) {
    return clauses(filter, alias).stream().anyMatch(ScanConditions::isEquality);
  }

  private static boolean isEquality(Clause clause) {
    return switch (clause.form()) {
      case IS_NULL, BOOLEAN -> true;
      case COMPARISON, ANY -> clause.operator().equals("=");
      case OR -> clause.arms().stream().allMatch(ScanConditions::isLookUp);
      case ROW, ALL, NOT_NULL, OTHER -> false;
    };
  }

  private static boolean isLookUp(List<Clause> arm) {
    return arm.stream().anyMatch(ScanConditions::isEquality);
  }

  private static List<Clause> clauses(@Nullable String condition, String alias) {
    ClauseReader reader = new ClauseReader(Set.of(alias), Commutators.COMPARISONS);
    return condition == null
        ? List.of()
        : ClauseReader.conjuncts(condition).stream().map(reader::read).toList();
  }

  private static double listLength(Expression clause) {
    for (int i = 0; i + 1 < clause.size(); i++) {
      if (clause.wordAt(i, "ANY") && clause.items().get(i + 1) instanceof Expression.Group group) {
        return arrayLength(group.inner().stripped());
      }
    }
    return 1;
  }

  private static double arrayLength(Expression array) {
    if (array.wordAt(0, "ARRAY") && array.size() > 1) {
      return array.items().get(1) instanceof Expression.Group elements
          ? 1 + elements.inner().items().stream().filter(ScanConditions::isComma).count()
          : ASSUMED_LENGTH;
    }
    return !array.isEmpty()
            && array.items().get(0) instanceof Expression.Token token
            && token.kind().isString()
        ? ArrayLiteral.elements(token.name()).size()
        : ASSUMED_LENGTH;
  }

  private static boolean isComma(Expression.Item item) {
    return item instanceof Expression.Token token && token.is(TokenKind.COMMA);
  }
}
