package dev.logdex.analyzer.scan;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Reads what stands in an index's definition, which names columns without their table. */
public final class Predicates {
  private static final String ALIAS = "t";

  private Predicates() {}

  /**
   * The conditions of a partial index that all have to hold.
   *
   * @param isColumn whether the table has a column of the name
   */
  public static List<Clause> read(String predicate, Predicate<String> isColumn) {
    ClauseReader reader = new ClauseReader(Set.of(ALIAS), Commutators.COMPARISONS);
    return ClauseReader.conjuncts(predicate).stream()
        .map(condition -> reader.read(condition.qualified(ALIAS, isColumn)))
        .toList();
  }
}
