package dev.logdex.recommender.selection;

import dev.logdex.recommender.selection.Matrix.Cell;
import dev.logdex.recommender.selection.Matrix.Offer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Matrices with many ties, made from a seed. */
final class RandomMatrix {
  private RandomMatrix() {}

  static Matrix of(int seed) {
    Random random = new Random(seed);
    List<String> scans = IntStream.range(0, 1 + random.nextInt(15)).mapToObj(i -> "S" + i).toList();
    List<Offer> offers =
        IntStream.range(0, 1 + random.nextInt(15))
            .mapToObj(i -> new Offer("I" + i, (1 + random.nextInt(5)) / 20.0))
            .toList();
    List<Cell> cells = new ArrayList<>();
    for (String scan : scans) {
      for (Offer offer : offers) {
        if (random.nextInt(3) == 0) {
          cells.add(new Cell(scan, offer.index(), 1 + random.nextInt(10)));
        }
      }
    }
    return Matrix.unweighted(scans, offers, cells, Set.of());
  }
}
