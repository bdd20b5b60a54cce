package dev.logdex.analyzer.catalog;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A row of pg_opclass with the operators that take its type on the left.
 *
 * @param method access method, such as {@code gin}
 * @param name as SQL wants it: with its schema when that is not on the search path
 * @param inputType oid of the type that it indexes; may be a pseudo-type such as anyarray
 * @param byDefault whether an index on the type has it unless another is named
 * @param deduplicates of a b-tree: whether equal values are equal in their bytes, so that an index
 *     keeps them once (support function 4, from Postgres 13)
 */
public record OperatorClass(
    String method,
    String name,
    long inputType,
    boolean byDefault,
    boolean deduplicates,
    List<Operator> operators) {
  public OperatorClass {
    requireNonNull(method, "method");
    requireNonNull(name, "name");
    operators = List.copyOf(operators);
  }

  /**
   * An operator that the class serves.
   *
   * @param rightType oid
   * @param strategy number within the access method
   * @param use what an index can do with it
   */
  public record Operator(String name, long rightType, int strategy, Use use) {}

  /** What an index can do with an operator. */
  public enum Use {
    /** It finds the rows with one value. */
    EQUALITY,
    /** It finds rows below or above a value. */
    RANGE,
    /** It finds rows by anything else, such as {@code @>}. */
    OTHER,
    /** It gives rows in the order of the operator's result, such as {@code <->}. */
    ORDERING
  }
}
