package dev.logdex.analyzer.scan;

import java.util.Map;
import java.util.Optional;

/**
 * What an operator becomes when its operands change sides.
 *
 * @param names by name, as pg_operator has them
 */
public record Commutators(Map<String, String> names) {
  /** Those of the operators that every type has. */
  public static final Commutators COMPARISONS =
      new Commutators(Map.of("=", "=", "<>", "<>", "<", ">", ">", "<", "<=", ">=", ">=", "<="));

  public Commutators {
    names = Map.copyOf(names);
  }

  Optional<String> of(String operator) {
    return Optional.ofNullable(names.get(operator));
  }
}
