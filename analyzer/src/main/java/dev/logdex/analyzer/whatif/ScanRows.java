package dev.logdex.analyzer.whatif;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingDouble;

import dev.logdex.analyzer.catalog.RelationName;
import dev.logdex.analyzer.whatif.ScanRow.Performance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Collects the rows of one table's matrix. */
final class ScanRows {
  private final RelationName table;
  private final Map<String, List<Performance>> byScan = new TreeMap<>();

  private ScanRows(RelationName table) {
    this.table = table;
  }

  /** The scans of the table, those that cost most a minute first. */
  static List<ScanRow> of(RelationName table, List<PlannedStatement> statements) {
    ScanRows rows = new ScanRows(table);
    for (PlannedStatement statement : statements) {
      ActualRuns runs = ActualRuns.of(statement);
      statement.parts().forEach(part -> rows.add(statement, part, runs));
    }
    return rows.byScan.entrySet().stream()
        .map(entry -> new ScanRow(entry.getKey(), entry.getValue()))
        .sorted(
            comparingDouble(ScanRow::weightedCost).reversed().thenComparing(comparing(ScanRow::id)))
        .toList();
  }

  private void add(PlannedStatement statement, PlannedPart part, ActualRuns runs) {
    for (int position = 0; position < part.scans().size(); position++) {
      if (part.scans().get(position).table().equals(table)) {
        byScan
            .computeIfAbsent(ScanIds.of(part.scans().get(position)), id -> new ArrayList<>())
            .add(performance(statement, part, position, runs));
      }
    }
  }

  private static Performance performance(
      PlannedStatement statement, PlannedPart part, int position, ActualRuns runs) {
    double cost = 0;
    double loops = 0;
    Map<String, Double> indexes = new TreeMap<>();
    for (PlannedSample sample : part.samples()) {
      List<SourceCost> sources =
          Attribution.of(part.scans(), sample.today().sources()).get(position);
      cost += sample.weight() * Sources.cost(sources);
      loops += sample.weight() * Sources.loops(sources);
      sources.stream()
          .flatMap(source -> source.indexes().stream())
          .distinct()
          .forEach(index -> indexes.merge(index, sample.weight(), Double::sum));
    }
    Optional<ActualRuns.OfScan> run = runs.of(part.scans().get(position));
    return new Performance(
        statement,
        part,
        position,
        cost,
        run.map(ActualRuns.OfScan::loops).orElse(loops),
        run.map(ActualRuns.OfScan::rows).orElse(null),
        indexes);
  }
}
