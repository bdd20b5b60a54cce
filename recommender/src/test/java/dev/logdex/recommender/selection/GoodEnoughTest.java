package dev.logdex.recommender.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.logdex.recommender.selection.Matrix.Cell;
import dev.logdex.recommender.selection.Matrix.Offer;
import dev.logdex.recommender.selection.Selection.Pick;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoodEnoughTest {
  private static final GoodEnough GOOD_ENOUGH = new GoodEnough();

  @Test
  void thePublishedMatrixGivesThePublishedAnswer() {
    Selection selection = GOOD_ENOUGH.select(publishedMatrix());

    assertThat(selection.picks())
        .containsExactly(
            new Pick("I11", 0.08, List.of("S2", "S5", "S10", "S11", "S15")),
            new Pick("I9", 0.14, List.of("S6", "S12", "S14")),
            new Pick("I6", 0.09, List.of("S1")),
            new Pick("I2", 0.14, List.of("S8")));
    assertThat(selection.totalWriteOverhead()).isCloseTo(0.45, within(1e-9));
    assertThat(selection.alreadyServed()).containsExactly("S3", "S4", "S7", "S9", "S13");
    assertThat(selection.unserved()).isEmpty();
  }

  @Test
  void thePublishedAnswerDoesNotDependOnTheOrderOfTheInput() {
    Matrix matrix = publishedMatrix();
    List<Offer> offers = new ArrayList<>(matrix.offers());
    List<Cell> cells = new ArrayList<>(matrix.cells());
    Collections.reverse(offers);
    Collections.shuffle(cells, new Random(1));

    assertThat(
            GOOD_ENOUGH.select(
                Matrix.unweighted(matrix.scans(), offers, cells, matrix.servedToday())))
        .isEqualTo(GOOD_ENOUGH.select(matrix));
  }

  @Test
  void aCellOfExactlyHalfTheBestStaysAndOneBelowGoes() {
    Matrix matrix =
        Matrix.unweighted(
            List.of("S1", "S2"),
            List.of(new Offer("best", 0.9), new Offer("half", 0.1), new Offer("less", 0.01)),
            List.of(
                new Cell("S1", "best", 100),
                new Cell("S1", "half", 50),
                new Cell("S1", "less", 49.9)),
            Set.of());

    Selection selection = GOOD_ENOUGH.select(matrix);

    assertThat(selection.picks()).containsExactly(new Pick("half", 0.1, List.of("S1")));
    assertThat(selection.unserved()).containsExactly("S2");
  }

  @Test
  void ofEqualIndexesTheFirstByIdIsTaken() {
    Matrix matrix =
        Matrix.unweighted(
            List.of("S1"),
            List.of(new Offer("b", 0.1), new Offer("a", 0.1)),
            List.of(new Cell("S1", "b", 10), new Cell("S1", "a", 10)),
            Set.of());

    assertThat(GOOD_ENOUGH.select(matrix).picks())
        .containsExactly(new Pick("a", 0.1, List.of("S1")));
  }

  @Test
  void aMatrixWithoutCellsGivesNothing() {
    Selection selection =
        GOOD_ENOUGH.select(
            Matrix.unweighted(List.of("S1"), List.of(new Offer("a", 0.1)), List.of(), Set.of()));

    assertThat(selection.picks()).isEmpty();
    assertThat(selection.unserved()).containsExactly("S1");
  }

  @Test
  void whatImprovesNothingIsNoCell() {
    assertThatThrownBy(() -> new Cell("S1", "a", 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Cell("S1", "a", Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyScanWithACellIsCoveredOnceByAnIndexAtLeastHalfAsGoodAsItsBest(int seed) {
    Matrix matrix = RandomMatrix.of(seed);
    Map<String, Double> best = new HashMap<>();
    matrix.cells().forEach(cell -> best.merge(cell.scan(), cell.improvement(), Math::max));
    Map<String, Double> improvements = improvements(matrix);

    Selection selection = GOOD_ENOUGH.select(matrix);

    List<String> covered = selection.picks().stream().flatMap(p -> p.scans().stream()).toList();
    assertThat(covered).containsExactlyInAnyOrderElementsOf(best.keySet());
    for (Pick pick : selection.picks()) {
      assertThat(pick.scans()).isNotEmpty();
      for (String scan : pick.scans()) {
        assertThat(improvements.get(scan + "/" + pick.index()))
            .isGreaterThanOrEqualTo(best.get(scan) / 2);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noPickCouldHaveCoveredMoreOrAsMuchForLess(int seed) {
    Matrix matrix = RandomMatrix.of(seed);
    Map<String, Set<String>> goodEnough = GoodEnough.goodEnoughScans(matrix);
    Set<String> uncovered = new HashSet<>(matrix.scans());

    for (Pick pick : GOOD_ENOUGH.select(matrix).picks()) {
      for (Offer rival : matrix.offers()) {
        Set<String> rivalScans = new HashSet<>(goodEnough.getOrDefault(rival.index(), Set.of()));
        rivalScans.retainAll(uncovered);
        assertThat(rivalScans.size()).isLessThanOrEqualTo(pick.scans().size());
        if (rivalScans.size() == pick.scans().size()) {
          assertThat(rival.writeOverhead()).isGreaterThanOrEqualTo(pick.writeOverhead());
        }
      }
      uncovered.removeAll(pick.scans());
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theOrderOfTheInputDoesNotMatter(int seed) {
    Matrix matrix = RandomMatrix.of(seed);
    List<Offer> offers = new ArrayList<>(matrix.offers());
    List<Cell> cells = new ArrayList<>(matrix.cells());
    Collections.shuffle(offers, new Random(seed));
    Collections.shuffle(cells, new Random(seed));

    assertThat(
            GOOD_ENOUGH.select(
                Matrix.unweighted(matrix.scans(), offers, cells, matrix.servedToday())))
        .isEqualTo(GOOD_ENOUGH.select(matrix));
  }

  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  private static Map<String, Double> improvements(Matrix matrix) {
    Map<String, Double> improvements = new HashMap<>();
    matrix
        .cells()
        .forEach(cell -> improvements.put(cell.scan() + "/" + cell.index(), cell.improvement()));
    return improvements;
  }

  /** The 14 × 15 example, struck-out cells included: leaving them out is the algorithm's work. */
  static Matrix publishedMatrix() {
    PublishedRows rows = new PublishedRows();
    rows.add("I1", 0.11, "S1", 6.1);
    rows.add("I2", 0.14, "S8", 68.1);
    rows.add("I3", 0.15, "S8", 68.1);
    rows.add("I4", 0.10, "S1", 7.2);
    rows.add("I5", 0.08, "S1", 33.6);
    rows.add("I6", 0.09, "S1", 43.3);
    rows.add("I7", 0.13, "S1", 77.6);
    rows.add("I8", 0.12, "S1", 77.6);
    rows.add("I9", 0.14, "S5", 31.1, "S6", 42.7, "S11", 31.1, "S12", 31.1, "S14", 31.1);
    rows.add("I10", 0.15, "S5", 46.1, "S6", 44.3, "S11", 46.1, "S12", 46.1, "S14", 46.1);
    rows.add("I11", 0.08, "S2", 63.3, "S5", 46.1, "S10", 68.1, "S11", 46.1, "S15", 63.3);
    rows.add("I12", 0.09, "S2", 63.3, "S5", 46.1, "S10", 68.1, "S11", 46.1, "S15", 63.3);
    rows.add("I13", 0.16, "S2", 63.3, "S5", 46.1, "S10", 68.1, "S11", 46.1, "S15", 63.3);
    rows.add("I14", 0.17, "S2", 63.3, "S5", 46.1, "S10", 68.1, "S11", 46.1, "S15", 63.3);
    return Matrix.unweighted(
        IntStream.rangeClosed(1, 15).mapToObj(i -> "S" + i).toList(),
        rows.offers,
        rows.cells,
        Set.of("S3", "S4", "S5", "S7", "S9", "S11", "S12", "S13", "S14"));
  }

  private static final class PublishedRows {
    private final List<Offer> offers = new ArrayList<>();
    private final List<Cell> cells = new ArrayList<>();

    void add(String index, double writeOverhead, Object... scansAndImprovements) {
      offers.add(new Offer(index, writeOverhead));
      for (int i = 0; i < scansAndImprovements.length; i += 2) {
        cells.add(
            new Cell(
                (String) scansAndImprovements[i], index, (Double) scansAndImprovements[i + 1]));
      }
    }
  }
}
