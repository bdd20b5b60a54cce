package dev.logdex.recommender.selection;

import dev.logdex.recommender.selection.Matrix.Cell;
import dev.logdex.recommender.selection.Matrix.HotUpdate;
import dev.logdex.recommender.selection.Matrix.Offer;
import dev.logdex.recommender.selection.Matrix.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A matrix in numbers, for the optimiser: scans, offers and updates by their position, offers by
 * name, so that the order of the input does not matter. What an index saves and what it costs are
 * planner units a minute.
 */
final class Instance {
  private static final double LEAST_REMAINING = 0.01;

  private final Goals goals;
  final List<Offer> offers;
  final Bounds bounds;

  /** Scans that each offer has a cell for. */
  final int[][] scans;

  /** What each of those cells saves. */
  final double[][] savings;

  /** What having the offer costs, whatever it saves. */
  final double[] price;

  /** Updates that each offer ends. */
  final int[][] hotUpdates;

  /** What each group of updates costs once it is ended. */
  final double[] hotPrice;

  /** Rows a minute of each group of updates. */
  final double[] hotRate;

  /** Offers that may not stand beside each offer. */
  final int[][] conflicts;

  /** Offers that share a scan, an update or a conflict with each offer. */
  final int[][] neighbours;

  final int scanCount;

  /** Ids of the scans. */
  final String[] names;

  Instance(Matrix matrix, Goals goals, Bounds bounds) {
    this.goals = goals;
    this.bounds = bounds;
    offers = matrix.offers().stream().sorted(Comparator.comparing(Offer::index)).toList();
    scanCount = matrix.rows().size();
    Map<String, Integer> offerAt = new HashMap<>();
    for (Offer offer : offers) {
      offerAt.putIfAbsent(offer.index(), offerAt.size());
    }
    double[] perMinute = new double[scanCount];
    names = new String[scanCount];
    double[] baseline = new double[scanCount];
    Map<String, Integer> scanAt = scans(matrix, perMinute, baseline, names);
    double[] best = best(matrix, scanAt);
    List<List<Cell>> cells = new ArrayList<>();
    offers.forEach(offer -> cells.add(new ArrayList<>()));
    matrix.cells().stream()
        .sorted(Comparator.comparing(Cell::scan))
        .forEach(cell -> cells.get(at(offerAt, cell.index())).add(cell));
    scans = new int[offers.size()][];
    savings = new double[offers.size()][];
    for (int offer = 0; offer < offers.size(); offer++) {
      scans[offer] = cells.get(offer).stream().mapToInt(cell -> at(scanAt, cell.scan())).toArray();
      savings[offer] =
          cells.get(offer).stream()
              .mapToDouble(
                  cell -> {
                    int scan = at(scanAt, cell.scan());
                    double improvement = rounded(cell.improvement(), best[scan], baseline[scan]);
                    return weighed(improvement, baseline[scan], perMinute[scan]);
                  })
              .toArray();
    }
    double keep = goals.keepShare() * remainingCost(baseline, best, perMinute);
    price =
        offers.stream()
            .mapToDouble(
                offer ->
                    keep + goals.bytePrice() * offer.writtenPerMinute() + offer.riskPerMinute())
            .toArray();
    Map<String, Integer> updateAt = new HashMap<>();
    for (HotUpdate update : matrix.hotUpdates()) {
      updateAt.putIfAbsent(update.id(), updateAt.size());
    }
    hotRate = matrix.hotUpdates().stream().mapToDouble(HotUpdate::perMinute).toArray();
    hotPrice =
        matrix.hotUpdates().stream()
            .mapToDouble(update -> goals.bytePrice() * update.perMinute() * update.bytesEach())
            .toArray();
    hotUpdates = new int[offers.size()][];
    conflicts = new int[offers.size()][];
    for (int offer = 0; offer < offers.size(); offer++) {
      hotUpdates[offer] = positions(offers.get(offer).endsHot(), updateAt);
    }
    for (int offer = 0; offer < offers.size(); offer++) {
      conflicts[offer] = positions(excluded(offer), offerAt);
    }
    neighbours = neighbours();
  }

  /** Either of two may say that they exclude each other. */
  private Set<String> excluded(int offer) {
    String index = offers.get(offer).index();
    Set<String> excluded = new HashSet<>(offers.get(offer).excludes());
    offers.stream()
        .filter(other -> other.excludes().contains(index))
        .forEach(other -> excluded.add(other.index()));
    return excluded;
  }

  /** What an improvement saves a minute, by what the goals make of it. */
  private double weighed(double improvement, double baseline, double perMinute) {
    double before = Math.max(baseline, improvement) * perMinute;
    return goals.weight(before) - goals.weight(before - improvement * perMinute);
  }

  /** An improvement within the tolerance of the best is as good as that. */
  private double rounded(double improvement, double best, double baseline) {
    double allowed = (1 + goals.scanTolerance()) * Math.max(0, baseline - best);
    return baseline - improvement <= allowed ? best : improvement;
  }

  /** The largest improvement of each scan. */
  private static double[] best(Matrix matrix, Map<String, Integer> scanAt) {
    double[] best = new double[scanAt.size()];
    for (Cell cell : matrix.cells()) {
      int scan = at(scanAt, cell.scan());
      best[scan] = Math.max(best[scan], cell.improvement());
    }
    return best;
  }

  private static Map<String, Integer> scans(
      Matrix matrix, double[] perMinute, double[] baseline, String[] names) {
    Map<String, Integer> scanAt = new HashMap<>();
    matrix.rows().stream()
        .sorted(Comparator.comparing(Row::scan))
        .forEach(
            row -> {
              perMinute[scanAt.size()] = row.perMinute();
              baseline[scanAt.size()] = row.baselineCost();
              names[scanAt.size()] = row.scan();
              scanAt.put(row.scan(), scanAt.size());
            });
    return scanAt;
  }

  /**
   * What all scans would cost a minute if every index were there, at least a hundredth of what they
   * cost today: what an index saves is held against that, since beside one scan that costs far more
   * than all others today nothing else would ever be worth an index.
   */
  private static double remainingCost(double[] baseline, double[] best, double[] perMinute) {
    double today = 0;
    double remaining = 0;
    for (int scan = 0; scan < baseline.length; scan++) {
      double cost = Math.max(baseline[scan], best[scan]);
      today += cost * perMinute[scan];
      remaining += (cost - best[scan]) * perMinute[scan];
    }
    return Math.max(remaining, LEAST_REMAINING * today);
  }

  private static int at(Map<String, Integer> positions, String name) {
    return positions.getOrDefault(name, -1);
  }

  private static int[] positions(Iterable<String> names, Map<String, Integer> positions) {
    List<Integer> found = new ArrayList<>();
    for (String name : names) {
      Integer at = positions.get(name);
      if (at != null) {
        found.add(at);
      }
    }
    return found.stream().mapToInt(i -> i).sorted().toArray();
  }

  private int[][] neighbours() {
    List<List<Integer>> byScan = byTarget(scans, scanCount);
    List<List<Integer>> byUpdate = byTarget(hotUpdates, hotRate.length);
    int[][] all = new int[offers.size()][];
    boolean[] seen = new boolean[offers.size()];
    for (int offer = 0; offer < all.length; offer++) {
      List<Integer> near = new ArrayList<>();
      for (int scan : scans[offer]) {
        addNew(byScan.get(scan), seen, near);
      }
      for (int update : hotUpdates[offer]) {
        addNew(byUpdate.get(update), seen, near);
      }
      all[offer] = near.stream().mapToInt(i -> i).sorted().toArray();
      near.forEach(i -> seen[i] = false);
    }
    return all;
  }

  private static void addNew(List<Integer> offers, boolean[] seen, List<Integer> near) {
    for (int offer : offers) {
      if (!seen[offer]) {
        seen[offer] = true;
        near.add(offer);
      }
    }
  }

  private static List<List<Integer>> byTarget(int[][] targets, int count) {
    List<List<Integer>> by = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      by.add(new ArrayList<>());
    }
    for (int offer = 0; offer < targets.length; offer++) {
      for (int target : targets[offer]) {
        by.get(target).add(offer);
      }
    }
    return by;
  }

  int size() {
    return offers.size();
  }
}
