package dev.logdex.analyzer.candidate;

import static java.util.Locale.ROOT;

import dev.logdex.analyzer.catalog.Column.Statistics;
import dev.logdex.analyzer.catalog.OperatorClass.Use;
import dev.logdex.analyzer.catalog.Service;
import dev.logdex.analyzer.scan.Clause;
import java.util.List;

/** Which share of a table's rows fulfils a clause, as far as statistics tell. */
final class Selectivity {
  /** What the planner assumes of a condition with {@code <} or {@code >} (selfuncs.h). */
  private static final double RANGE = 1.0 / 3;

  /** What the planner assumes of an operator that it knows nothing of (contsel). */
  private static final double OTHER = 0.001;

  /** What the planner assumes of an array whose length it does not know. */
  private static final double LIST_LENGTH = 10;

  private Selectivity() {}

  static double of(Clause clause, Statistics statistics, List<Service> services) {
    return switch (clause.form()) {
      case IS_NULL -> statistics.nullFraction();
      case NOT_NULL -> 1 - statistics.nullFraction();
      case ANY -> Math.min(1, LIST_LENGTH * statistics.equalitySelectivity());
      case BOOLEAN -> statistics.equalitySelectivity(isFalse(clause) ? "f" : "t");
      case COMPARISON, ROW, ALL, OR, OTHER -> comparison(clause, statistics, services);
    };
  }

  /** Whether a boolean has to be false. */
  static boolean isFalse(Clause clause) {
    return clause.text().startsWith("(NOT ") || clause.text().toUpperCase(ROOT).endsWith(" FALSE)");
  }

  private static double comparison(Clause clause, Statistics statistics, List<Service> services) {
    if (services.stream().anyMatch(service -> service.use() == Use.EQUALITY)) {
      return clause
          .value()
          .text()
          .map(statistics::equalitySelectivity)
          .orElse(statistics.equalitySelectivity());
    }
    return services.stream().anyMatch(service -> service.use() == Use.RANGE) ? RANGE : OTHER;
  }
}
