package dev.logdex.analyzer.scan;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One condition on a table, seen from that table: {@code operand operator value}. Two clauses are
 * equal when their texts are: constants do not count.
 *
 * @param text without alias and without a literal: those are {@code $n}
 * @param operands what of the table the condition is on: one, or several of a row comparison; none
 *     when the form is {@link Form#OTHER} or {@link Form#OR}
 * @param operator with the operand on its left; empty for forms that have none
 * @param value the other side; {@link Value#NONE} for forms that have none
 * @param predicate SQL of the whole as CREATE INDEX takes it after WHERE, constants included, so
 *     private data; null when it depends on anything but the table's row, or on a constant that is
 *     not the same in all samples
 * @param joins whether the other side comes from another table
 * @param arms of an OR: for each, the conditions that have to hold together
 */
public record Clause(
    Form form,
    String text,
    List<Operand> operands,
    String operator,
    Value value,
    @Nullable String predicate,
    boolean joins,
    List<List<Clause>> arms)
    implements Comparable<Clause> {
  public Clause {
    requireNonNull(form, "form");
    requireNonNull(text, "text");
    operands = List.copyOf(operands);
    requireNonNull(operator, "operator");
    requireNonNull(value, "value");
    arms = List.copyOf(arms);
  }

  /** A clause that is no OR. */
  public Clause(
      Form form,
      String text,
      List<Operand> operands,
      String operator,
      Value value,
      @Nullable String predicate,
      boolean joins) {
    this(form, text, operands, operator, value, predicate, joins, List.of());
  }

  /** What a condition looks like. */
  public enum Form {
    /** {@code a = 1}, with any operator. */
    COMPARISON,
    /** {@code a = ANY (array)}, which an IN list becomes. */
    ANY,
    /** {@code a <> ALL (array)}, which a NOT IN list becomes. */
    ALL,
    /** {@code (a, b) > (1, 2)}. */
    ROW,
    IS_NULL,
    NOT_NULL,
    /** {@code a}, {@code NOT a}, {@code a IS TRUE} or {@code a IS FALSE} of a boolean. */
    BOOLEAN,
    /** {@code a OR b}: each arm may have an index of its own. */
    OR,
    /** Anything else: no index element could serve it, but a partial index may have it. */
    OTHER
  }

  /** All columns of the table that the condition mentions and that an index could be on. */
  public List<String> columns() {
    return Stream.concat(
            operands.stream().flatMap(operand -> operand.columns().stream()),
            arms.stream().flatMap(List::stream).flatMap(clause -> clause.columns().stream()))
        .distinct()
        .toList();
  }

  /** Whether it has anything in which a clause of the same text may differ. */
  boolean hasConstants() {
    return (predicate != null && text.contains("$"))
        || value.constant() != null
        || value.anchored()
        || operands.stream().anyMatch(Operand::hasConstants)
        || arms.stream().flatMap(List::stream).anyMatch(Clause::hasConstants);
  }

  /** The same, without what may stand in an index only when all samples agree on it. */
  Clause withoutConstants() {
    return new Clause(
        form,
        text,
        operands.stream().map(Operand::withoutKey).toList(),
        operator,
        value.withoutConstant(),
        null,
        joins,
        arms.stream().map(arm -> arm.stream().map(Clause::withoutConstants).toList()).toList());
  }

  /** The same, with the constants in which another sample's clause agrees. */
  Clause agreeingWith(Clause other) {
    if (other.form != form || other.operands.size() != operands.size()) {
      return withoutConstants();
    }
    boolean sameOperands = other.operands.equals(operands);
    boolean sameValue = other.value.equals(value);
    boolean samePredicate = Objects.equals(other.predicate, predicate);
    Value agreed =
        new Value(
            value.type(),
            sameValue ? value.constant() : null,
            value.anchored() && other.value.anchored());
    return new Clause(
        form,
        text,
        sameOperands ? operands : operands.stream().map(Operand::withoutKey).toList(),
        operator,
        agreed,
        samePredicate ? predicate : null,
        joins,
        samePredicate ? arms : withoutConstants().arms);
  }

  @Override
  public int compareTo(Clause other) {
    return text.compareTo(other.text);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Clause clause && text.equals(clause.text) && joins == clause.joins;
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** Without constants, since those are private. */
  @Override
  public String toString() {
    return text;
  }
}
