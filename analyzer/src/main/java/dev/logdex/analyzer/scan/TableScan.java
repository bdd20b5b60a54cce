package dev.logdex.analyzer.scan;

import static java.util.Objects.requireNonNull;

import dev.logdex.analyzer.catalog.RelationName;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How one statement reads one table, whatever indexes there are. Partitions are read as their
 * parent.
 *
 * @param aliases all names that the statement's plans have for the table's rows: several when it
 *     has partitions
 * @param where conditions on this table alone, sorted by their text
 * @param joins conditions that compare a column of it with another table, sorted by their text
 * @param order the keys by which its rows are wanted in order, as far as they are its own
 * @param limited whether only the first rows are wanted
 * @param needed columns that the statement reads from it at all, sorted; it may name some that are
 *     none
 * @param rows that fulfil the conditions, estimated
 */
public record TableScan(
    RelationName table,
    Set<String> aliases,
    List<Clause> where,
    List<Clause> joins,
    List<SortKey> order,
    boolean limited,
    List<String> needed,
    double rows) {
  public TableScan {
    requireNonNull(table, "table");
    aliases = Set.copyOf(aliases);
    where = List.copyOf(where);
    joins = List.copyOf(joins);
    order = List.copyOf(order);
    needed = List.copyOf(needed);
  }

  /**
   * The same scan, with the constants in which another sample of the statement agrees.
   *
   * @param other null when the other sample's plan has no such scan
   */
  public TableScan agreeingWith(@Nullable TableScan other) {
    return new TableScan(
        table,
        aliases,
        where.stream().map(clause -> agreed(clause, other == null ? null : other.where)).toList(),
        joins.stream().map(clause -> agreed(clause, other == null ? null : other.joins)).toList(),
        other != null && other.order.equals(order)
            ? order
            : order.stream().map(SortKey::withoutConstants).toList(),
        limited,
        needed,
        rows);
  }

  /** Whether anything is left in which another sample could disagree. */
  public boolean hasConstants() {
    return Stream.concat(where.stream(), joins.stream()).anyMatch(Clause::hasConstants)
        || order.stream().anyMatch(SortKey::hasConstants);
  }

  /** A scan that has these conditions and no others, joins left out. */
  public TableScan with(List<Clause> conditions) {
    return new TableScan(
        table,
        aliases,
        conditions.stream().filter(clause -> !clause.joins()).toList(),
        List.of(),
        List.of(),
        false,
        needed,
        rows);
  }

  private static Clause agreed(Clause clause, @Nullable List<Clause> others) {
    return others == null || !others.contains(clause)
        ? clause.withoutConstants()
        : clause.agreeingWith(others.get(others.indexOf(clause)));
  }
}
