package dev.logdex.recommender.selection;

import dev.logdex.recommender.selection.Frontier.Point;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Divides the storage that a database's new indexes may take among its tables: a multiple-choice
 * knapsack, one point of each table's frontier, the largest total value within the budget. Solved
 * by dynamic programming over rounded sizes, rounded up so that the budget holds, and what rounding
 * left over is given out by value.
 */
public final class StorageBudget {
  /** Parts that the budget is divided into; more are more exact and slower. */
  private static final int UNITS = 8192;

  /** Steps of dynamic programming that a division may take, about a second. */
  private static final long WORK = 400_000_000L;

  private static final double FAR_TOO_MANY = 1e9;

  private final long bytes;

  /**
   * A budget.
   *
   * @param bytes for all tables of a database; {@link Long#MAX_VALUE} for no bound
   */
  public StorageBudget(long bytes) {
    this.bytes = bytes;
  }

  /** Whether it bounds anything. */
  public boolean isBound() {
    return bytes != Long.MAX_VALUE;
  }

  /** For all tables of a database; {@link Long#MAX_VALUE} for no bound. */
  public long bytes() {
    return bytes;
  }

  /**
   * What each table may take.
   *
   * @param frontiers by table
   * @return bytes by table; {@link Long#MAX_VALUE} for every table when all fits
   */
  public Map<String, Long> shares(Map<String, Frontier> frontiers) {
    long all = frontiers.values().stream().mapToLong(Frontier::mostBytes).sum();
    if (all <= bytes) {
      Map<String, Long> unbounded = new HashMap<>();
      frontiers.keySet().forEach(table -> unbounded.put(table, Long.MAX_VALUE));
      return unbounded;
    }
    // by name, so that the order in which tables came does not matter
    List<Map.Entry<String, Frontier>> tables = new ArrayList<>(new TreeMap<>(frontiers).entrySet());
    List<List<Point>> points = tables.stream().map(table -> table.getValue().points()).toList();
    List<Point> chosen = filled(points, best(points));
    Map<String, Long> shares = new HashMap<>();
    for (int i = 0; i < tables.size(); i++) {
      shares.put(tables.get(i).getKey(), chosen.get(i).bytes());
    }
    return shares;
  }

  private List<Point> best(List<List<Point>> tables) {
    long choices = tables.stream().mapToLong(List::size).sum();
    long parts = WORK / Math.max(1L, choices);
    long affordable = Math.max(64L, Math.min(UNITS, parts));
    int units = Math.toIntExact(Math.min(affordable, bytes));
    double unit = Math.max(1, (double) bytes / Math.max(1, units));
    double[] value = new double[units + 1];
    byte[][] picked = new byte[tables.size()][units + 1];
    for (int table = 0; table < tables.size(); table++) {
      value = withTable(tables.get(table), value, picked[table], unit);
    }
    List<Point> chosen = new ArrayList<>();
    int left = units;
    for (int table = tables.size() - 1; table >= 0; table--) {
      Point point = tables.get(table).get(picked[table][left]);
      chosen.add(0, point);
      left -= units(point, unit);
    }
    return chosen;
  }

  private static double[] withTable(
      List<Point> points, double[] before, byte[] picked, double unit) {
    double[] after = new double[before.length];
    for (int room = 0; room < before.length; room++) {
      double best = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < points.size(); i++) {
        int size = units(points.get(i), unit);
        if (size <= room && before[room - size] + points.get(i).value() > best) {
          best = before[room - size] + points.get(i).value();
          picked[room] = (byte) i;
        }
      }
      after[room] = best;
    }
    return after;
  }

  private static int units(Point point, double unit) {
    return (int) Math.min(FAR_TOO_MANY, Math.ceil(point.bytes() / unit));
  }

  /** Gives what is left to the table that makes most of it, as long as one can use it. */
  private List<Point> filled(List<List<Point>> tables, List<Point> chosen) {
    List<Point> filled = new ArrayList<>(chosen);
    long left = bytes - chosen.stream().mapToLong(Point::bytes).sum();
    while (true) {
      int best = -1;
      Point bestPoint = Point.NOTHING;
      double bestGain = 0;
      for (int table = 0; table < tables.size(); table++) {
        Point now = filled.get(table);
        long room = now.bytes() + left;
        Point larger =
            tables.get(table).stream()
                .filter(point -> point.bytes() <= room)
                .max(Comparator.comparingDouble(Point::value))
                .orElse(now);
        if (larger.value() - now.value() > bestGain) {
          bestGain = larger.value() - now.value();
          best = table;
          bestPoint = larger;
        }
      }
      if (best < 0) {
        return filled;
      }
      left -= bestPoint.bytes() - filled.get(best).bytes();
      filled.set(best, bestPoint);
    }
  }
}
