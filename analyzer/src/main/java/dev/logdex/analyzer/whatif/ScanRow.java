package dev.logdex.analyzer.whatif;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingDouble;
import static java.util.Objects.requireNonNullElse;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingDouble;

import dev.logdex.analyzer.catalog.Table;
import dev.logdex.analyzer.event.Scan;
import dev.logdex.analyzer.scan.Clause;
import dev.logdex.analyzer.scan.SortKey;
import dev.logdex.analyzer.scan.TableScan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A row of the matrix: equal scans of different statements, or of one statement's parts, as one.
 *
 * @param performers at least one
 */
record ScanRow(String id, List<Performance> performers) {
  ScanRow {
    performers = List.copyOf(performers);
  }

  /**
   * One statement's way to the scan.
   *
   * @param position of the scan in the part
   * @param cost of one call's scans today, weighted over the samples
   * @param loops that one call performs: as it ran where auto_explain told, else estimated
   * @param actualRows that one scan really gave; null where nothing told
   * @param indexes existing ones that today's plans read, with the share of the calls
   */
  record Performance(
      PlannedStatement statement,
      PlannedPart part,
      int position,
      double cost,
      double loops,
      @Nullable Double actualRows,
      Map<String, Double> indexes) {
    TableScan scan() {
      return part.scans().get(position);
    }

    double callsPerMinute() {
      return statement.statement().callsPerMinute();
    }
  }

  TableScan scan() {
    return performers.get(0).scan();
  }

  /** A mean over the performers, each counting as often as it is called. */
  double mean(ToDoubleFunction<Performance> figure) {
    double calls = performers.stream().mapToDouble(Performance::callsPerMinute).sum();
    return calls > 0
        ? performers.stream().mapToDouble(p -> p.callsPerMinute() * figure.applyAsDouble(p)).sum()
            / calls
        : performers.stream().mapToDouble(figure).average().orElse(0);
  }

  double baselineCost() {
    return mean(Performance::cost);
  }

  double scansPerMinute() {
    return performers.stream().mapToDouble(p -> p.callsPerMinute() * p.loops).sum();
  }

  /** What matters most comes first: cost per minute. */
  double weightedCost() {
    return performers.stream().mapToDouble(p -> p.callsPerMinute() * p.cost).sum();
  }

  /** The existing index that most calls read. */
  Optional<String> indexUsed() {
    Map<String, Double> calls =
        performers.stream()
            .flatMap(
                p ->
                    p.indexes.entrySet().stream()
                        .map(e -> Map.entry(e.getKey(), e.getValue() * p.callsPerMinute())))
            .collect(
                groupingBy(Map.Entry::getKey, TreeMap::new, summingDouble(Map.Entry::getValue)));
    return calls.entrySet().stream()
        .max(
            comparingDouble((Map.Entry<String, Double> entry) -> entry.getValue())
                .thenComparing(comparing((Map.Entry<String, Double> e) -> e.getKey()).reversed()))
        .map(Map.Entry::getKey);
  }

  /** A mean over those performers of which it is known; null when it is of none. */
  private @Nullable Double actualRows() {
    List<Performance> known =
        performers.stream().filter(performance -> performance.actualRows != null).toList();
    return known.isEmpty()
        ? null
        : Figures.cost(
            new ScanRow(id, known).mean(each -> requireNonNullElse(each.actualRows(), 0.0)));
  }

  /** The row in the words of events; of what the statements need, only columns of the table. */
  Scan event(Table table) {
    return new Scan(
        id,
        scan().where().stream().map(Clause::text).toList(),
        scan().joins().stream().map(Clause::text).toList(),
        scan().order().stream().map(SortKey::text).toList(),
        scan().limited(),
        performers.stream()
            .flatMap(performance -> performance.scan().needed().stream())
            .filter(name -> table.column(name).isPresent())
            .distinct()
            .sorted()
            .toList(),
        Figures.rate(scansPerMinute()),
        Figures.rate(mean(Performance::loops)),
        Figures.cost(mean(performance -> performance.scan().rows())),
        actualRows(),
        Figures.cost(baselineCost()),
        indexUsed().orElse(null),
        performers.stream()
            .map(performance -> performance.statement.statement().fingerprint().toString())
            .distinct()
            .sorted()
            .toList());
  }
}
