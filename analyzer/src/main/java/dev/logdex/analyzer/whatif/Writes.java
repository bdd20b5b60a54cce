package dev.logdex.analyzer.whatif;

import dev.logdex.analyzer.catalog.RelationName;
import dev.logdex.analyzer.event.ColumnUpdates;
import dev.logdex.analyzer.event.RowRates;
import dev.logdex.analyzer.event.WriteRates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** Adds up what all statements of a workload write to one table. */
final class Writes {
  private final List<Rate> rates = new ArrayList<>();

  /**
   * One statement's writes.
   *
   * @param rowsPerMinute as auto_explain saw them, else as the planner expects them
   */
  private record Rate(Write write, double perMinute, double rowsPerMinute) {}

  private Writes(RelationName table, List<PlannedStatement> statements) {
    for (PlannedStatement statement : statements) {
      double perMinute = statement.statement().callsPerMinute();
      List<Write> writes =
          statement.writes().stream().filter(write -> write.table().equals(table)).toList();
      if (!writes.isEmpty()) {
        ActualRuns runs = ActualRuns.of(statement);
        writes.forEach(
            write ->
                rates.add(
                    new Rate(
                        write,
                        perMinute,
                        perMinute * runs.rowsChanged(write.operation()).orElse(write.rows()))));
      }
    }
  }

  static WriteRates to(RelationName table, List<PlannedStatement> statements) {
    Writes writes = new Writes(table, statements);
    return new WriteRates(
        writes.sum("Insert", Rate::perMinute),
        writes.sum("Update", Rate::perMinute),
        writes.sum("Delete", Rate::perMinute),
        writes.sum("Merge", Rate::perMinute),
        writes.sum("Copy", Rate::perMinute),
        new RowRates(
            writes.sum("Insert", Rate::rowsPerMinute),
            writes.sum("Update", Rate::rowsPerMinute),
            writes.sum("Delete", Rate::rowsPerMinute),
            writes.sum("Merge", Rate::rowsPerMinute)),
        writes.columns());
  }

  private double sum(String operation, ToDoubleFunction<Rate> figure) {
    return Figures.rate(
        rates.stream()
            .filter(rate -> rate.write.operation().equals(operation))
            .mapToDouble(figure)
            .sum());
  }

  private List<ColumnUpdates> columns() {
    Map<String, List<Rate>> byColumn = new TreeMap<>();
    for (Rate rate : rates) {
      rate.write
          .columns()
          .forEach(
              column -> byColumn.computeIfAbsent(column, unseen -> new ArrayList<>()).add(rate));
    }
    List<ColumnUpdates> updates = new ArrayList<>();
    byColumn.forEach(
        (column, of) ->
            updates.add(
                new ColumnUpdates(
                    column,
                    Figures.rate(of.stream().mapToDouble(Rate::perMinute).sum()),
                    Figures.rate(of.stream().mapToDouble(Rate::rowsPerMinute).sum()))));
    return updates;
  }
}
