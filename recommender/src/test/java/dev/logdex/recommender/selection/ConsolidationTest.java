package dev.logdex.recommender.selection;

import static dev.logdex.recommender.AnalysisBuilder.btree;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.recommender.selection.Matrix.Cell;
import dev.logdex.recommender.selection.Matrix.Offer;
import dev.logdex.recommender.selection.Selection.Pick;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConsolidationTest {
  @Test
  void whatTheGreedyCoverLeavesBehindIsDropped() {
    Matrix matrix =
        Matrix.unweighted(
            List.of("S1", "S2", "S3", "S4", "S5", "S6"),
            List.of(new Offer("middle", 0.1), new Offer("left", 0.2), new Offer("right", 0.2)),
            List.of(
                new Cell("S2", "middle", 10),
                new Cell("S3", "middle", 10),
                new Cell("S4", "middle", 10),
                new Cell("S5", "middle", 10),
                new Cell("S1", "left", 10),
                new Cell("S2", "left", 10),
                new Cell("S3", "left", 8),
                new Cell("S4", "right", 10),
                new Cell("S5", "right", 10),
                new Cell("S6", "right", 10)),
            Set.of());

    assertThat(consolidated(matrix))
        .containsExactly(
            new Pick("left", 0.2, List.of("S1", "S2", "S3")),
            new Pick("right", 0.2, List.of("S6", "S4", "S5")));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noIndexIsLeftThatTheOthersMakeNeedless(int seed) {
    Matrix matrix = RandomMatrix.of(seed);
    Map<String, Set<String>> goodEnough = GoodEnough.goodEnoughScans(matrix);

    List<Pick> picks = consolidated(matrix);

    for (Pick pick : picks) {
      Set<String> others = new HashSet<>();
      picks.stream()
          .filter(other -> !other.equals(pick))
          .forEach(other -> others.addAll(goodEnough.get(other.index())));
      assertThat(others.containsAll(pick.scans())).as("%s of %s", pick, picks).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyCoveredScanStaysCoveredOnceAndGoodEnough(int seed) {
    Matrix matrix = RandomMatrix.of(seed);
    Map<String, Set<String>> goodEnough = GoodEnough.goodEnoughScans(matrix);
    List<String> before =
        new GoodEnough()
            .select(matrix).picks().stream().flatMap(pick -> pick.scans().stream()).toList();

    List<Pick> picks = consolidated(matrix);

    assertThat(picks.stream().flatMap(pick -> pick.scans().stream()).toList())
        .containsExactlyInAnyOrderElementsOf(before);
    assertThat(picks)
        .allSatisfy(pick -> assertThat(goodEnough.get(pick.index())).containsAll(pick.scans()));
  }

  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  /** Every index has a column of its own, so none leads another. */
  private static List<Pick> consolidated(Matrix matrix) {
    Map<String, IndexDefinition> definitions =
        new HashMap<>(
            matrix.offers().stream()
                .map(Offer::index)
                .collect(toMap(identity(), index -> btree(index))));
    return new Consolidation(matrix, definitions)
        .consolidate(new GoodEnough().select(matrix).picks());
  }
}
