package dev.logdex.recommender.selection;

import java.util.List;

/**
 * What a table's indexes can be worth for how much storage: each point is the best set that takes
 * no more.
 *
 * @param points largest first; the last one is that of no index at all
 */
public record Frontier(List<Point> points) {
  /** Points of a table that are looked at; the ones with the most storage are looked at first. */
  static final int MOST_POINTS = 32;

  public Frontier {
    points = List.copyOf(points);
    if (points.isEmpty() || points.get(points.size() - 1).bytes() != 0) {
      throw new IllegalArgumentException("a frontier ends at no storage");
    }
  }

  /**
   * A set of indexes.
   *
   * @param bytes that it takes together
   * @param value planner units a minute that it saves, less what it costs
   */
  public record Point(long bytes, double value) {
    static final Point NOTHING = new Point(0, 0);
  }

  /** What the table takes when nothing bounds it. */
  long mostBytes() {
    return points.get(0).bytes();
  }
}
