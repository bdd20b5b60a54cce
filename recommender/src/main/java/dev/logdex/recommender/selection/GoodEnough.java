package dev.logdex.recommender.selection;

import dev.logdex.recommender.selection.Matrix.Cell;
import dev.logdex.recommender.selection.Matrix.Offer;
import dev.logdex.recommender.selection.Selection.Pick;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The baseline algorithm: cells below half of their scan's best are out, then a greedy set cover
 * takes the index that has cells for the most scans still uncovered, of equals the one with the
 * lower write overhead, and of those the first by id.
 *
 * <p>What it guarantees: every scan that has a cell is covered by an index that improves it by at
 * least half of what the best index does; every pick covers at least one scan that no earlier pick
 * has. What it does not: that the set is the smallest, or that calls per minute count.
 */
public final class GoodEnough implements Selector {
  static final double SHARE_OF_BEST = 0.5;

  @Override
  public Selection select(Matrix matrix) {
    List<Pick> picks = cover(matrix);
    Set<String> covered = new HashSet<>();
    picks.forEach(pick -> covered.addAll(pick.scans()));
    List<String> rest = matrix.scans().stream().filter(scan -> !covered.contains(scan)).toList();
    return new Selection(
        picks,
        rest.stream().filter(matrix.servedToday()::contains).toList(),
        rest.stream().filter(scan -> !matrix.servedToday().contains(scan)).toList(),
        List.of(),
        0);
  }

  /** The scans that each index is good enough for. */
  static Map<String, Set<String>> goodEnoughScans(Matrix matrix) {
    Map<String, Double> best = new HashMap<>();
    matrix.cells().forEach(cell -> best.merge(cell.scan(), cell.improvement(), Math::max));
    Map<String, Set<String>> scans = new HashMap<>();
    for (Cell cell : matrix.cells()) {
      if (cell.improvement() >= SHARE_OF_BEST * best.getOrDefault(cell.scan(), 0.0)) {
        scans.computeIfAbsent(cell.index(), index -> new HashSet<>()).add(cell.scan());
      }
    }
    return scans;
  }

  private static List<Pick> cover(Matrix matrix) {
    Map<String, Set<String>> uncovered = goodEnoughScans(matrix);
    List<Pick> picks = new ArrayList<>();
    List<Offer> open = new ArrayList<>(matrix.offers());
    Comparator<Offer> order =
        Comparator.comparingInt((Offer offer) -> -scans(uncovered, offer).size())
            .thenComparingDouble(Offer::writeOverhead)
            .thenComparing(Offer::index);
    while (true) {
      open.removeIf(offer -> scans(uncovered, offer).isEmpty());
      if (open.isEmpty()) {
        return picks;
      }
      Offer next = open.stream().min(order).orElseThrow();
      List<String> scans =
          matrix.scans().stream().filter(scans(uncovered, next)::contains).toList();
      picks.add(new Pick(next.index(), next.writeOverhead(), scans));
      uncovered.values().forEach(left -> scans.forEach(left::remove));
    }
  }

  private static Set<String> scans(Map<String, Set<String>> scansOfIndex, Offer offer) {
    return scansOfIndex.getOrDefault(offer.index(), Set.of());
  }
}
