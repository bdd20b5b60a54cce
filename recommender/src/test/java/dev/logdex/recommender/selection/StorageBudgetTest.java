package dev.logdex.recommender.selection;

import static dev.logdex.recommender.AnalysisBuilder.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.recommender.selection.Frontier.Point;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorageBudgetTest {
  @Test
  void whatFitsIsNotBounded() {
    Map<String, Long> shares =
        new StorageBudget(30)
            .shares(Map.of("a", frontier(new Point(10, 5)), "b", frontier(new Point(20, 1))));

    assertThat(shares.values()).containsOnly(Long.MAX_VALUE);
  }

  @Test
  void theTableThatSavesMoreGetsTheStorage() {
    Map<String, Long> shares =
        new StorageBudget(25)
            .shares(
                Map.of(
                    "a", frontier(new Point(10, 50)),
                    "b", frontier(new Point(20, 100), new Point(12, 90))));

    assertThat(shares).containsEntry("a", 10L).containsEntry("b", 12L);
  }

  @Test
  void noStorageIsNoIndex() {
    assertThat(new StorageBudget(0).shares(Map.of("a", frontier(new Point(10, 5)))))
        .containsEntry("a", 0L);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void theDivisionIsWithinAHundredthOfTheBestAndWithinTheBudget(int seed) {
    Random random = new Random(seed);
    Map<String, Frontier> tables = new TreeMap<>();
    for (int i = 0; i < 2 + random.nextInt(5); i++) {
      tables.put("t" + i, random(random));
    }
    long all = tables.values().stream().mapToLong(Frontier::mostBytes).sum();
    long budget = (long) (all * (0.1 + 0.8 * random.nextDouble()));

    Map<String, Long> shares = new StorageBudget(budget).shares(tables);

    assertThat(shares.values().stream().mapToLong(bytes -> bytes).sum())
        .isLessThanOrEqualTo(budget);
    assertThat(value(tables, shares))
        .isGreaterThanOrEqualTo(0.99 * best(new ArrayList<>(tables.values()), 0, budget));
  }

  @Test
  void theOrderOfTablesDoesNotMatter() {
    Random random = new Random(7);
    List<String> names = new ArrayList<>();
    Map<String, Frontier> tables = new LinkedHashMap<>();
    for (int i = 0; i < 50; i++) {
      names.add("t" + i);
      tables.put("t" + i, random(random));
    }
    Map<String, Long> shares = new StorageBudget(500_000_000).shares(tables);

    Collections.shuffle(names, random);
    Map<String, Frontier> shuffled = new LinkedHashMap<>();
    names.forEach(name -> shuffled.put(name, tables.get(name)));

    assertThat(new StorageBudget(500_000_000).shares(shuffled)).isEqualTo(shares);
  }

  @Test
  void aFrontierFallsToNothingAndEachPointIsWhatSelectionGives() {
    TableAnalysis analysis =
        table("orders")
            .query("q", "a = $1", 100, 1000)
            .query("r", "b = $1", 10, 1000)
            .candidate("a")
            .candidate("b")
            .cell("q", "a", 8)
            .cell("r", "b", 8)
            .build();
    TableSelector selector = new TableSelector(Policy.DEFAULT, Thresholds.DEFAULT);

    Frontier frontier = selector.frontier(analysis, Long.MAX_VALUE);

    assertThat(frontier.points())
        .extracting(Point::bytes)
        .containsExactly(45_000_000L, 22_500_000L, 0L);
    assertThat(frontier.points().get(0).value()).isGreaterThan(frontier.points().get(1).value());
    assertThat(selector.select(analysis, 22_500_000).chosen())
        .extracting(index -> index.candidate().id())
        .containsExactly("a");
    assertThat(selector.select(analysis, 22_500_000).limits())
        .containsExactly("storage of recommended indexes");
  }

  private static double best(List<Frontier> tables, int from, long budget) {
    if (from == tables.size()) {
      return 0;
    }
    return tables.get(from).points().stream()
        .filter(point -> point.bytes() <= budget)
        .mapToDouble(point -> point.value() + best(tables, from + 1, budget - point.bytes()))
        .max()
        .orElseThrow();
  }

  private static double value(Map<String, Frontier> tables, Map<String, Long> shares) {
    return tables.entrySet().stream()
        .mapToDouble(
            table ->
                table.getValue().points().stream()
                    .filter(point -> point.bytes() <= shares.get(table.getKey()))
                    .mapToDouble(Point::value)
                    .max()
                    .orElseThrow())
        .sum();
  }

  private static Frontier random(Random random) {
    List<Point> points = new ArrayList<>();
    long bytes = 0;
    double value = 0;
    points.add(Point.NOTHING);
    for (int i = 0; i < 1 + random.nextInt(5); i++) {
      bytes += 1 + random.nextInt(50_000_000);
      value += random.nextDouble() * 1000;
      points.add(0, new Point(bytes, value));
    }
    return new Frontier(points);
  }

  private static Frontier frontier(Point... points) {
    List<Point> all = new ArrayList<>(List.of(points));
    all.add(Point.NOTHING);
    return new Frontier(all);
  }
}
