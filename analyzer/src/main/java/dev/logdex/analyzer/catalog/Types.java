package dev.logdex.analyzer.catalog;

import static java.util.Comparator.comparing;

import dev.logdex.analyzer.catalog.OperatorClass.Operator;
import dev.logdex.analyzer.catalog.OperatorClass.Use;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which operators an index serves, by type: the lookups of GetDefaultOpClass (indexcmds.c) and
 * match_opclause_to_indexcol (indxpath.c) on a copy of the catalog.
 */
public final class Types {
  private static final long TEXT = 25;

  /** Default classes first. */
  private static final Comparator<Service> BY_NAME =
      comparing(Service::method)
          .thenComparing(service -> service.operatorClass() != null)
          .thenComparing(service -> String.valueOf(service.operatorClass()));

  private final Map<Long, Type> types;
  private final Map<Long, Set<Long>> binaryCasts;
  private final Map<Long, List<OperatorClass>> classes = new HashMap<>();
  private final Map<String, Long> byName = new HashMap<>();
  private final Map<String, String> commutators;

  /**
   * A copy of the catalog.
   *
   * @param types by oid
   * @param binaryCasts from a type to those that it can be used as without a conversion
   * @param commutators what operators become when their operands change sides, by name
   */
  public Types(
      Map<Long, Type> types,
      Map<Long, Set<Long>> binaryCasts,
      List<OperatorClass> classes,
      Map<String, String> commutators) {
    this.types = Map.copyOf(types);
    this.binaryCasts = Map.copyOf(binaryCasts);
    this.commutators = Map.copyOf(commutators);
    types.forEach((oid, type) -> byName.put(type.name, oid));
    for (OperatorClass each : classes) {
      this.classes.computeIfAbsent(each.inputType(), type -> new ArrayList<>()).add(each);
    }
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

  /** What operators become when their operands change sides, by name. */
  public Map<String, String> commutators() {
    return commutators;
  }

  /** The type that Postgres prints so; 0 when there is none. */
  public long named(@Nullable String name) {
    return name == null ? 0 : byName.getOrDefault(name, 0L);
  }

  /** The type's name as format_type prints it; its oid when the catalog has forgotten it. */
  public String name(long type) {
    Type row = types.get(type);
    return row == null ? Long.toString(type) : row.name;
  }

  /** The b-tree operator class that an index on the type has unless another is named. */
  public Optional<OperatorClass> defaultClass(long type) {
    return defaultClass(type, "btree");
  }

  /** The operator class that an index on the type has unless another is named. */
  public Optional<OperatorClass> defaultClass(long type, String method) {
    return inputTypes(type).stream()
        .flatMap(input -> classesOf(input, method))
        .filter(OperatorClass::byDefault)
        .findFirst();
  }

  /**
   * The access methods and operator classes that serve {@code operand operator value}: the default
   * class of a method before named ones, and those of the type's own before those of types that it
   * can be used as.
   *
   * @param type of the operand, without the cast
   * @param castTo the type that the operand is cast to in the condition; null when it is not
   * @param valueType of the other side; 0 when not known
   */
  public List<Service> services(
      long type, @Nullable String castTo, String operator, long valueType) {
    if (castTo != null && !isRelabel(type, castTo)) {
      return List.of();
    }
    Set<Service> services = new LinkedHashSet<>();
    Set<String> defaults = new LinkedHashSet<>();
    for (long input : inputTypes(type)) {
      for (OperatorClass each : classes.getOrDefault(input, List.of())) {
        // of several types that it could be used as, the first one with a default gives it
        boolean byDefault = each.byDefault() && defaults.add(each.method());
        matching(each, operator, valueType)
            .map(match -> service(each, byDefault, match))
            .filter(service -> byDefault || !each.byDefault())
            .ifPresent(services::add);
      }
    }
    // stable: classes of the type's own stay before those of types that it can be used as
    return services.stream()
        .sorted(
            comparing(Service::method).thenComparing(service -> service.operatorClass() != null))
        .toList();
  }

  /**
   * What serves an operator that takes a value of the type on its right, for operands whose own
   * type is not known. Only what is neither equality nor a range, which types share the names of.
   */
  public List<Service> servicesByValue(String operator, long valueType) {
    List<Long> values = inputTypes(valueType);
    return classes.values().stream()
        .flatMap(List::stream)
        .flatMap(
            each ->
                each.operators().stream()
                    .filter(of -> of.name().equals(operator) && values.contains(of.rightType()))
                    .limit(1)
                    .map(of -> service(each, each.byDefault(), of)))
        .filter(service -> service.use() == Use.OTHER || service.use() == Use.ORDERING)
        .sorted(BY_NAME)
        .toList();
  }

  private static Service service(OperatorClass of, boolean byDefault, Operator operator) {
    return new Service(
        of.method(), byDefault ? null : of.name(), operator.strategy(), operator.use());
  }

  /** One that takes the value's type before one that takes another. */
  private Optional<Operator> matching(OperatorClass of, String operator, long valueType) {
    return of.operators().stream()
        .filter(each -> each.name().equals(operator))
        .min(comparing(each -> each.rightType() != base(valueType)));
  }

  /**
   * What an ordinary b-tree on an operand does for {@code operand operator value}.
   *
   * @return empty when such an index cannot serve the operator
   */
  public Optional<Use> use(long type, @Nullable String castTo, String operator) {
    return services(type, castTo, operator, 0).stream()
        .filter(Service::isDefaultBtree)
        .map(Service::use)
        .findFirst();
  }

  /** Whether the cast leaves the value as it is, so that an index on the column still serves. */
  public boolean isRelabel(long type, String castTo) {
    long base = base(type);
    return isNamed(type, castTo)
        || isNamed(base, castTo)
        || binaryCasts.getOrDefault(base, Set.of()).stream().anyMatch(to -> isNamed(to, castTo));
  }

  private boolean isNamed(long type, String name) {
    Type row = types.get(type);
    return row != null && row.name.equals(name);
  }

  private Stream<OperatorClass> classesOf(long input, String method) {
    return classes.getOrDefault(input, List.of()).stream()
        .filter(each -> each.method().equals(method));
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

  /**
   * The types whose operator classes fit: its own, the pseudo-type of its sort, and those that it
   * can be used as; text, the preferred one of strings, before others.
   */
  private List<Long> inputTypes(long type) {
    long base = base(type);
    List<Long> inputs = new ArrayList<>();
    inputs.add(base);
    Type row = types.get(base);
    if (row != null && row.polymorphic != 0) {
      inputs.add(row.polymorphic);
    }
    binaryCasts.getOrDefault(base, Set.of()).stream()
        .sorted(comparing((Long to) -> to != TEXT).thenComparing(to -> to))
        .forEach(inputs::add);
    return inputs;
  }
}
