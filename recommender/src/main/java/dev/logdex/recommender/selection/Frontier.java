package dev.logdex.recommender.selection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.LongFunction;

/**
 * What a table's indexes can be worth for how much storage: each point is the best set that takes
 * no more.
 *
 * @param points largest first; the last one is that of no index at all
 */
public record Frontier(List<Point> points) {
  /** Selections that tracing a frontier may take. */
  private static final int MOST_LOOKS = 32;

  /** Of the larger set's storage: nearer than this two sets are not told apart. */
  private static final int PARTS = 16;

  /** Of the whole value: a step between two sets that is smaller is not looked into. */
  private static final double LEAST_STEP = 1e-4;

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

  /**
   * Storage between two sets of which nothing is known yet.
   *
   * @param from bytes; what fits into less is worth as much as {@code low}
   * @param to bytes
   */
  private record Gap(Point low, Point high, long from, long to) {
    private double step() {
      return high.value - low.value;
    }

    private boolean isNarrow() {
      return to < from || to - from < high.bytes / PARTS;
    }
  }

  /**
   * Traces it from no index to the set that takes most, always where a step between two neighbours
   * is worth most.
   *
   * @param budget bytes; between that and the set that takes most nothing is looked for
   * @param within the best set found that takes no more than that many bytes
   */
  static Frontier trace(long budget, LongFunction<Point> within) {
    Point most = within.apply(Long.MAX_VALUE);
    Point top = most.bytes <= budget ? most : within.apply(budget);
    List<Point> found = new ArrayList<>(List.of(most, top));
    PriorityQueue<Gap> gaps = new PriorityQueue<>(Comparator.comparingDouble(Gap::step).reversed());
    gaps.add(new Gap(Point.NOTHING, top, 1, top.bytes - 1));
    for (int look = 0; look < MOST_LOOKS && !gaps.isEmpty(); ) {
      Gap gap = gaps.remove();
      if (gap.isNarrow() || gap.step() <= LEAST_STEP * top.value) {
        continue;
      }
      look++;
      long middle = gap.from + (gap.to - gap.from) / 2;
      Point between = within.apply(middle);
      if (between.bytes <= gap.low.bytes) {
        gaps.add(new Gap(gap.low, gap.high, middle + 1, gap.to));
      } else {
        found.add(between);
        gaps.add(new Gap(gap.low, between, gap.from, between.bytes - 1));
        gaps.add(new Gap(between, gap.high, middle + 1, gap.to));
      }
    }
    List<Point> points = rising(found);
    if (points.get(0).bytes < most.bytes) {
      // worth no more, but it is what is chosen when nothing is bounded
      points.add(0, most);
    }
    return new Frontier(points);
  }

  /** Largest first, without those that a smaller one is worth as much as. */
  private static List<Point> rising(List<Point> found) {
    List<Point> rising = new ArrayList<>(List.of(Point.NOTHING));
    found.stream()
        .sorted(Comparator.comparingLong(Point::bytes))
        .filter(point -> point.value > rising.get(0).value)
        .forEach(point -> rising.add(0, point));
    return rising;
  }

  /** What the table takes when nothing bounds it. */
  long mostBytes() {
    return points.get(0).bytes();
  }
}
