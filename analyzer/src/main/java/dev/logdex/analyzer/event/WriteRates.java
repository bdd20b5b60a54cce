package dev.logdex.analyzer.event;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;

/**
 * Writes that the log shows on a table.
 *
 * @param insertsPerMinute statements, also those with ON CONFLICT
 * @param updatesPerMinute statements; in version 1 with the MERGE ones
 * @param deletesPerMinute statements
 * @param mergesPerMinute statements
 * @param copiesPerMinute COPY … FROM statements
 * @param rows rows a minute
 * @param columns those that statements set in existing rows, by name: UPDATE, ON CONFLICT DO
 *     UPDATE, MERGE
 */
public record WriteRates(
    double insertsPerMinute,
    double updatesPerMinute,
    double deletesPerMinute,
    @JsonSetter(nulls = Nulls.AS_EMPTY) double mergesPerMinute,
    @JsonSetter(nulls = Nulls.AS_EMPTY) double copiesPerMinute,
    RowRates rows,
    List<ColumnUpdates> columns) {
  public static final WriteRates NONE = new WriteRates(0, 0, 0);

  @JsonCreator
  public WriteRates {
    rows = requireNonNullElse(rows, RowRates.NONE); // version 1 has none
    columns = List.copyOf(requireNonNullElse(columns, List.of()));
  }

  /** Statements of which no more is known. */
  public WriteRates(double insertsPerMinute, double updatesPerMinute, double deletesPerMinute) {
    this(insertsPerMinute, updatesPerMinute, deletesPerMinute, 0, 0, RowRates.NONE, List.of());
  }
}
