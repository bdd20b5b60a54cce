package dev.logdex.analyzer.whatif;

import static java.util.Objects.requireNonNull;

import dev.logdex.analyzer.catalog.RelationName;
import java.util.List;

/**
 * What one call of a statement does to a table.
 *
 * @param operation as EXPLAIN says it: {@code Insert}, {@code Update}, {@code Delete} or {@code
 *     Merge}; or {@code Copy}
 * @param rows that it touches, estimated; 0 when nobody can tell, as for COPY
 * @param columns of the table that get a new value in existing rows, sorted
 */
public record Write(RelationName table, String operation, double rows, List<String> columns) {
  public Write {
    requireNonNull(table, "table");
    requireNonNull(operation, "operation");
    columns = List.copyOf(columns);
  }
}
