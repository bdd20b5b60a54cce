package dev.logdex.analyzer.catalog;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which operators a b-tree index with default operator classes serves, by type: the lookups of
 * GetDefaultOpClass (indexcmds.c) and match_opclause_to_indexcol (indxpath.c) on a copy of the
 * catalog.
 */
public final class Types {
  private static final long TEXT = 25;

  /** Strategy number of {@code =} in every b-tree operator family (stratnum.h). */
  private static final int EQUAL = 3;

  private final Map<Long, Type> types;
  private final Map<Long, Set<Long>> binaryCasts;
  private final Map<Long, OperatorClass> defaultClasses;

  /**
   * A copy of the catalog.
   *
   * @param types by oid
   * @param binaryCasts from a type to those that it can be used as without a conversion
   * @param defaultClasses of b-trees, by the type that they index
   */
  public Types(
      Map<Long, Type> types,
      Map<Long, Set<Long>> binaryCasts,
      Map<Long, OperatorClass> defaultClasses) {
    this.types = Map.copyOf(types);
    this.binaryCasts = Map.copyOf(binaryCasts);
    this.defaultClasses = Map.copyOf(defaultClasses);
  }

  /**
   * A row of pg_type.
   *
   * @param name as format_type prints it
   * @param base oid of the type that a domain is made of; 0 for others
   * @param polymorphic oid of the pseudo-type that stands for all of its sort, such as anyenum; 0
   *     when there is none
   */
  public record Type(String name, long base, long polymorphic) {}

  /**
   * A default b-tree operator class.
   *
   * @param strategies of the operators that take its type on the left, by name
   * @param deduplicates whether equal values are equal in their bytes, so that an index keeps them
   *     once (support function 4, from Postgres 13)
   */
  public record OperatorClass(Map<String, Integer> strategies, boolean deduplicates) {
    public OperatorClass {
      strategies = Map.copyOf(strategies);
    }
  }

  /** The type's name as format_type prints it; its oid when the catalog has forgotten it. */
  public String name(long type) {
    Type row = types.get(type);
    return row == null ? Long.toString(type) : row.name;
  }

  /** What an index on a column can do with an operator. */
  public enum Use {
    EQUALITY,
    RANGE
  }

  /** The operator class that an index on a column of the type has unless another is named. */
  public Optional<OperatorClass> defaultClass(long type) {
    long base = base(type);
    return Optional.ofNullable(defaultClasses.get(base))
        .or(() -> polymorphic(base))
        .or(() -> coerced(base));
  }

  /**
   * What an index on a column does for {@code column operator value}.
   *
   * @param castTo the type that the column is cast to in the condition; null when it is not
   * @return empty when such an index cannot serve the operator
   */
  public Optional<Use> use(long type, @Nullable String castTo, String operator) {
    if (castTo != null && !isRelabel(type, castTo)) {
      return Optional.empty();
    }
    return defaultClass(type)
        .map(operatorClass -> operatorClass.strategies.get(operator))
        .map(strategy -> strategy == EQUAL ? Use.EQUALITY : Use.RANGE);
  }

  /** Whether the cast leaves the value as it is, so that an index on the column still serves. */
  public boolean isRelabel(long type, String castTo) {
    long base = base(type);
    return isNamed(base, castTo)
        || binaryCasts.getOrDefault(base, Set.of()).stream().anyMatch(to -> isNamed(to, castTo));
  }

  private boolean isNamed(long type, String name) {
    Type row = types.get(type);
    return row != null && row.name.equals(name);
  }

  private long base(long type) {
    long base = type;
    Type row = types.get(base);
    while (row != null && row.base != 0) {
      base = row.base;
      row = types.get(base);
    }
    return base;
  }

  private Optional<OperatorClass> polymorphic(long type) {
    return Optional.ofNullable(types.get(type)).map(row -> defaultClasses.get(row.polymorphic));
  }

  /** By a type that it can be used as; text, the preferred one of strings, before others. */
  private Optional<OperatorClass> coerced(long type) {
    return binaryCasts.getOrDefault(type, Set.of()).stream()
        .filter(defaultClasses::containsKey)
        .min(Comparator.comparing((Long to) -> to != TEXT).thenComparing(to -> to))
        .map(defaultClasses::get);
  }
}
