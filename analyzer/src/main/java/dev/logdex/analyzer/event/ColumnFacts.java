package dev.logdex.analyzer.event;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A column with what ANALYZE has found in it, which is no value of it.
 *
 * @param name as the catalog spells it
 * @param quoted as SQL wants it, quoted where needed
 * @param type as format_type prints it
 * @param averageWidth bytes of a value that is not null
 * @param distinctValues at least 1, estimated
 * @param nullFraction share of the rows that have null, 0 to 1
 * @param correlation of the values' order with the rows', -1 to 1; null when not known
 */
public record ColumnFacts(
    String name,
    String quoted,
    String type,
    double averageWidth,
    double distinctValues,
    double nullFraction,
    @Nullable Double correlation) {
  public ColumnFacts {
    requireNonNull(name, "name");
    requireNonNull(quoted, "quoted");
    requireNonNull(type, "type");
  }
}
