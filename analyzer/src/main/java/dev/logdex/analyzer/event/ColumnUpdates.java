package dev.logdex.analyzer.event;

import static java.util.Objects.requireNonNull;

/**
 * How often existing rows get a new value in a column.
 *
 * @param column as the catalog spells it
 * @param statementsPerMinute that set it
 * @param rowsPerMinute counted or estimated, as in {@link RowRates}
 */
public record ColumnUpdates(String column, double statementsPerMinute, double rowsPerMinute) {
  public ColumnUpdates {
    requireNonNull(column, "column");
  }
}
