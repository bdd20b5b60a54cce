package dev.logdex.recommender.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.recommender.selection.Frontier.Point;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrontierTest {
  private static final long MB = 1_000_000;

  @Test
  void thatOfNoIndexIsNothing() {
    assertThat(Frontier.trace(Long.MAX_VALUE, bytes -> Point.NOTHING).points())
        .containsExactly(Point.NOTHING);
  }

  @Test
  void theSmallSetThatIsWorthMostIsFoundBelowManyLargeOnes() {
    // one of 10 MB does nearly all; fifty of 10 MB more add a little each
    LongFunction<Point> within =
        bytes -> {
          long indexes = Math.min(51, bytes / (10 * MB));
          return new Point(10 * MB * indexes, indexes == 0 ? 0 : 1_000_000 + 1_000 * (indexes - 1));
        };

    assertThat(Frontier.trace(Long.MAX_VALUE, within).points())
        .contains(new Point(10 * MB, 1_000_000), new Point(510 * MB, 1_050_000));
  }

  @Test
  void beyondTheBudgetOnlyTheLargestIsKnown() {
    LongFunction<Point> within = bytes -> new Point(Math.min(bytes, 100 * MB), Math.min(bytes, MB));

    assertThat(Frontier.trace(2 * MB, within).points())
        .filteredOn(point -> point.bytes() > 2 * MB)
        .containsExactly(new Point(100 * MB, MB));
  }

  @Test
  void theLargestIsKeptThoughItIsWorthNoMore() {
    LongFunction<Point> within =
        bytes -> bytes == Long.MAX_VALUE ? new Point(90, 10) : new Point(Math.min(bytes, 50), 10);

    assertThat(Frontier.trace(60, within).mostBytes()).isEqualTo(90);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void anyBudgetGetsMostOfWhatItCouldAndLooksAreBounded(int seed) {
    Random random = new Random(seed);
    long[] bytes = random.longs(10, MB, 100 * MB).toArray();
    // a few do most, as in real workloads
    double[] values = random.doubles(10).map(share -> Math.pow(1000, share)).toArray();
    AtomicInteger looks = new AtomicInteger();
    Frontier frontier =
        Frontier.trace(
            Long.MAX_VALUE,
            room -> {
              looks.incrementAndGet();
              return best(bytes, values, room);
            });

    assertThat(looks.get()).isLessThanOrEqualTo(34);
    assertThat(frontier.points()).doesNotHaveDuplicates();
    List<Double> shares = new ArrayList<>();
    for (int percent = 5; percent <= 100; percent += 5) {
      long room = frontier.mostBytes() * percent / 100;
      double possible = best(bytes, values, room).value();
      double known =
          frontier.points().stream()
              .filter(point -> point.bytes() <= room)
              .mapToDouble(Point::value)
              .max()
              .orElseThrow();
      shares.add(possible == 0 ? 1 : known / possible);
    }
    assertThat(shares).allSatisfy(share -> assertThat(share).isGreaterThan(0.75));
    assertThat(shares.stream().mapToDouble(share -> share).average().orElseThrow())
        .isGreaterThan(0.96);
  }

  private static Point best(long[] bytes, double[] values, long room) {
    Point best = Point.NOTHING;
    for (long set = 0; set < 1L << bytes.length; set++) {
      BitSet indexes = BitSet.valueOf(new long[] {set});
      long size = indexes.stream().mapToLong(i -> bytes[i]).sum();
      double value = indexes.stream().mapToDouble(i -> values[i]).sum();
      if (size <= room && value > best.value()) {
        best = new Point(size, value);
      }
    }
    return best;
  }
}
