package dev.logdex.analyzer.scan;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One condition on a table, seen from that table: {@code operand operator something}.
 *
 * @param text without alias and without a literal: those are {@code $n}
 * @param columns those of the table that the condition is on: one, or several of a row comparison;
 *     none when the form is {@link Form#OTHER}
 * @param castTo the type that the column stands in, as Postgres prints it; null when it stands
 *     there as it is
 * @param operator with the column on its left; empty for forms that have none
 * @param joins whether the other side comes from another table
 */
public record Clause(
    Form form,
    String text,
    List<String> columns,
    @Nullable String castTo,
    String operator,
    boolean joins)
    implements Comparable<Clause> {
  public Clause {
    requireNonNull(form, "form");
    requireNonNull(text, "text");
    columns = List.copyOf(columns);
    requireNonNull(operator, "operator");
  }

  /** What a condition looks like. */
  public enum Form {
    /** {@code a = 1}. */
    COMPARISON,
    /** {@code a = ANY (array)}, which an IN list becomes. */
    ANY,
    /** {@code (a, b) > (1, 2)}. */
    ROW,
    IS_NULL,
    NOT_NULL,
    /** {@code a} or {@code NOT a} of a boolean column. */
    BOOLEAN,
    /** Anything else: no plain index could serve it. */
    OTHER
  }

  @Override
  public int compareTo(Clause other) {
    return text.compareTo(other.text);
  }
}
