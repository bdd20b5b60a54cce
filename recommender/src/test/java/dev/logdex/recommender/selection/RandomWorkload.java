package dev.logdex.recommender.selection;

import dev.logdex.recommender.selection.Matrix.Cell;
import dev.logdex.recommender.selection.Matrix.HotUpdate;
import dev.logdex.recommender.selection.Matrix.Offer;
import dev.logdex.recommender.selection.Matrix.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Weighted matrices with goals and bounds, made from a seed; small enough to try every set. */
record RandomWorkload(Matrix matrix, Goals goals, Bounds bounds) {
  static RandomWorkload of(int seed) {
    Random random = new Random(seed);
    Matrix matrix = matrix(random, 1 + random.nextInt(15), 1 + random.nextInt(12), 3);
    long size = matrix.offers().stream().mapToLong(Offer::sizeBytes).sum();
    Bounds bounds =
        new Bounds(
            random.nextInt(3) == 0 ? 3 : Integer.MAX_VALUE,
            random.nextInt(2) == 0 ? size / (2 + random.nextInt(4)) : Long.MAX_VALUE,
            random.nextInt(4) == 0 ? 0.5 : Double.MAX_VALUE,
            random.nextInt(4) == 0 ? 40 : Double.MAX_VALUE);
    List<Goals> presets = List.of(Goals.READ_OPTIMISED, Goals.BALANCED, Goals.WRITE_OPTIMISED);
    return new RandomWorkload(matrix, presets.get(random.nextInt(3)), bounds);
  }

  static Matrix large(int seed, int scans, int offers) {
    return matrix(new Random(seed), scans, offers, 10);
  }

  private static Matrix matrix(Random random, int scanCount, int offerCount, int oneIn) {
    List<Row> rows =
        IntStream.range(0, scanCount)
            .mapToObj(
                i ->
                    new Row(
                        "S" + i,
                        Math.exp(random.nextDouble() * 6),
                        1000 + random.nextInt(100_000),
                        false))
            .toList();
    List<HotUpdate> updates =
        IntStream.range(0, random.nextInt(4))
            .mapToObj(i -> new HotUpdate("U" + i, 10 + random.nextInt(50), 200))
            .toList();
    List<Offer> offers = new ArrayList<>();
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < offerCount; i++) {
      offers.add(
          new Offer(
              "I" + i,
              (1 + random.nextInt(5)) / 20.0,
              1_000_000L * (1 + random.nextInt(50)),
              random.nextInt(5_000_000),
              updates.isEmpty() || random.nextBoolean()
                  ? Set.of()
                  : Set.of("U" + random.nextInt(updates.size())),
              i > 0 && random.nextInt(6) == 0 ? Set.of("I" + (i - 1)) : Set.of(),
              0));
      for (Row row : rows) {
        if (random.nextInt(oneIn) == 0) {
          cells.add(
              new Cell(
                  row.scan(), "I" + i, row.baselineCost() * (0.2 + 0.79 * random.nextDouble())));
        }
      }
    }
    return new Matrix(rows, offers, cells, updates);
  }
}
