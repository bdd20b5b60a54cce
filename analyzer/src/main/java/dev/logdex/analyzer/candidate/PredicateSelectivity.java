package dev.logdex.analyzer.candidate;

import dev.logdex.analyzer.catalog.Column.Statistics;
import dev.logdex.analyzer.catalog.Table;
import dev.logdex.analyzer.catalog.Types;
import dev.logdex.analyzer.scan.Clause;
import dev.logdex.analyzer.scan.Predicates;

/** Which share of a table's rows a partial index has. */
final class PredicateSelectivity {
  private static final double UNKNOWN = 0.1;
  private static final double RANGE = 1.0 / 3;

  private final Table table;
  private final OperandReader operands;

  PredicateSelectivity(Table table, Types types) {
    this.table = table;
    this.operands = new OperandReader(table, types);
  }

  /** Conditions count as independent of each other, as they do for the planner. */
  double of(String where) {
    return Predicates.read(where, name -> table.column(name).isPresent()).stream()
        .mapToDouble(this::of)
        .reduce(1, (one, other) -> one * other);
  }

  private double of(Clause clause) {
    if (clause.operands().isEmpty()) {
      return UNKNOWN;
    }
    return operands
        .find(clause.operands().get(0), clause.value().type())
        .map(found -> of(clause, found.column().statistics()))
        .orElse(UNKNOWN);
  }

  private static double of(Clause clause, Statistics statistics) {
    return switch (clause.form()) {
      case IS_NULL -> statistics.nullFraction();
      case NOT_NULL -> 1 - statistics.nullFraction();
      case BOOLEAN -> statistics.equalitySelectivity(Selectivity.isFalse(clause) ? "f" : "t");
      case COMPARISON -> comparison(clause, statistics);
      case ANY -> values(clause, statistics);
      case ALL -> Math.max(0, 1 - statistics.nullFraction() - values(clause, statistics));
      case ROW, OR, OTHER -> UNKNOWN;
    };
  }

  private static double comparison(Clause clause, Statistics statistics) {
    String value = clause.value().text().orElse("");
    return switch (clause.operator()) {
      case "=" -> statistics.equalitySelectivity(value);
      case "<>" ->
          Math.max(0, 1 - statistics.nullFraction() - statistics.equalitySelectivity(value));
      default -> RANGE;
    };
  }

  private static double values(Clause clause, Statistics statistics) {
    return clause.value().elements().stream().mapToDouble(statistics::equalitySelectivity).sum();
  }
}
