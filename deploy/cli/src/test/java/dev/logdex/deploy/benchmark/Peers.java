package dev.logdex.deploy.benchmark;

import dev.logdex.analyzer.event.AnalysedStatement;
import dev.logdex.analyzer.event.Candidate;
import dev.logdex.analyzer.event.Scan;
import dev.logdex.analyzer.event.ScanCost;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.recommender.selection.Costs;
import dev.logdex.recommender.selection.Definitions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Simple ways of choosing from the same matrices, to compare with. */
final class Peers {
  /** Share of a scan's cost that an index saves when it helps. */
  private static final double LEAST_SAVING = 0.2;

  private final List<Offer> offers = new ArrayList<>();

  Peers(List<TableAnalysis> tables) {
    tables.forEach(this::add);
  }

  /**
   * A candidate.
   *
   * @param savings planner units a minute by scan
   */
  private record Offer(PlannedIndex index, Map<String, Double> savings) {
    /** What it saves beside what is saved already. */
    double saving(Map<String, Double> saved) {
      return savings.entrySet().stream()
          .mapToDouble(
              each -> Math.max(0, each.getValue() - saved.getOrDefault(each.getKey(), 0.0)))
          .sum();
    }

    double perByte(Map<String, Double> saved) {
      return saving(saved) / Math.max(1, index.sizeBytes());
    }
  }

  private void add(TableAnalysis table) {
    Costs costs = new Costs(table);
    for (Candidate candidate : table.candidates()) {
      Map<String, Double> savings = savings(table, candidate, costs);
      if (!savings.isEmpty() && !isThere(candidate, table)) {
        offers.add(new Offer(PlannedIndex.of(table, candidate), savings));
      }
    }
  }

  private static boolean isThere(Candidate candidate, TableAnalysis table) {
    return table.existingIndexes().stream()
        .anyMatch(index -> Definitions.servesInPlaceOf(index.definition(), candidate.definition()));
  }

  private static Map<String, Double> savings(
      TableAnalysis table, Candidate candidate, Costs costs) {
    Map<String, Double> calls = new HashMap<>();
    for (AnalysedStatement statement : table.statements()) {
      calls.put(statement.fingerprint(), statement.callsPerMinute());
    }
    Map<String, Double> savings = new HashMap<>();
    for (Scan scan : table.scans()) {
      double cost =
          costs.scan(scan.id(), candidate.id()).map(ScanCost::cost).orElse(scan.baselineCost());
      if (Costs.share(scan.baselineCost(), cost) >= LEAST_SAVING) {
        double perMinute =
            scan.statements().stream().mapToDouble(each -> calls.getOrDefault(each, 0.0)).sum();
        savings.put(
            table.table().qualified() + scan.id(), perMinute * (scan.baselineCost() - cost));
      }
    }
    return savings;
  }

  /** Every candidate by which a scan gains. */
  List<PlannedIndex> everyHelping() {
    return offers.stream().map(Offer::index).distinct().toList();
  }

  /** Always the one that saves most for each byte beside those taken, as long as one fits. */
  List<PlannedIndex> greedyPerByte(long storageBytes) {
    List<PlannedIndex> taken = new ArrayList<>();
    Map<String, Double> saved = new HashMap<>();
    List<Offer> left = new ArrayList<>(offers);
    long room = storageBytes;
    while (true) {
      long fits = room;
      left.removeIf(each -> each.index().sizeBytes() > fits || each.saving(saved) <= 0);
      if (left.isEmpty()) {
        return taken;
      }
      Offer best =
          left.stream()
              .max(
                  Comparator.comparingDouble((Offer each) -> each.perByte(saved))
                      .thenComparing(each -> each.index().toString()))
              .orElseThrow();
      taken.add(best.index());
      room -= best.index().sizeBytes();
      best.savings().forEach((scan, saving) -> saved.merge(scan, saving, Math::max));
    }
  }
}
