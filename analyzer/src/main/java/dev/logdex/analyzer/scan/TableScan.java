package dev.logdex.analyzer.scan;

import static java.util.Objects.requireNonNull;

import dev.logdex.analyzer.catalog.RelationName;
import java.util.List;
import java.util.Set;

/**
 * How one statement reads one table, whatever indexes there are. Partitions are read as their
 * parent.
 *
 * @param aliases all names that the statement's plans have for the table's rows: several when it
 *     has partitions
 * @param where conditions on this table alone, sorted by their text
 * @param joins conditions that compare a column of it with another table, sorted by their text
 * @param order the columns by which its rows are wanted in order, as far as they are its own
 * @param limited whether only the first rows are wanted
 * @param rows that fulfil the conditions, estimated
 */
public record TableScan(
    RelationName table,
    Set<String> aliases,
    List<Clause> where,
    List<Clause> joins,
    List<SortKey> order,
    boolean limited,
    double rows) {
  public TableScan {
    requireNonNull(table, "table");
    aliases = Set.copyOf(aliases);
    where = List.copyOf(where);
    joins = List.copyOf(joins);
    order = List.copyOf(order);
  }
}
