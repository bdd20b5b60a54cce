package dev.logdex.recommender.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.logdex.recommender.selection.Matrix.Cell;
import dev.logdex.recommender.selection.Matrix.HotUpdate;
import dev.logdex.recommender.selection.Matrix.Offer;
import dev.logdex.recommender.selection.Matrix.Row;
import dev.logdex.recommender.selection.Selection.Pick;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptimiserTest {
  private static final Goals FREE = new Goals(0, 0);

  @Test
  void thePublishedMatrixIsCoveredAsWellByAsLittleWriting() {
    Matrix matrix = GoodEnoughTest.publishedMatrix();
    Selection selection = new Optimiser(Goals.BALANCED, Bounds.NONE).select(matrix);

    assertThat(selection.picks().stream().flatMap(pick -> pick.scans().stream()))
        .containsExactlyInAnyOrder("S1", "S2", "S5", "S6", "S8", "S10", "S11", "S12", "S14", "S15");
  }

  @Test
  void twoHundredRandomMatricesAreSolvedAsWellAsByTryingEverySet() {
    double worstGap = 0;
    double worstQuickGap = 0;
    int better = 0;
    for (int seed = 0; seed < 200; seed++) {
      RandomWorkload workload = RandomWorkload.of(seed);
      Instance instance = new Instance(workload.matrix(), workload.goals(), workload.bounds());
      double found = new Optimiser(workload.goals(), workload.bounds()).value(workload.matrix());
      double quick = Optimiser.quick(instance).value();
      double best = bestOfAll(instance);
      double baseline = goodEnough(instance, workload.matrix());

      assertThat(found).as("seed %s", seed).isGreaterThanOrEqualTo(baseline - 1e-9 * best);
      assertThat(found).as("seed %s", seed).isLessThanOrEqualTo(best + 1e-9 * Math.abs(best));
      worstGap = Math.max(worstGap, gap(found, best));
      worstQuickGap = Math.max(worstQuickGap, gap(quick, best));
      better += found > baseline * (1 + 1e-9) ? 1 : 0;
    }
    System.getLogger("optimiser")
        .log(
            System.Logger.Level.INFO,
            "largest gap to the best set "
                + worstGap
                + ", without the integer program "
                + worstQuickGap
                + "; better than good enough in "
                + better
                + " of 200");
    assertThat(worstGap).isLessThanOrEqualTo(0.02);
  }

  private static double gap(double found, double best) {
    return best <= 0 ? 0 : (best - found) / best;
  }

  /** By trying every set that the bounds allow. */
  private static double bestOfAll(Instance instance) {
    return bestOfAll(instance, new Choice(instance), 0);
  }

  private static double bestOfAll(Instance instance, Choice choice, int from) {
    double best = choice.value();
    for (int offer = from; offer < instance.size(); offer++) {
      if (choice.fits(offer)) {
        Choice with = choice.copy();
        with.add(offer);
        best = Math.max(best, bestOfAll(instance, with, offer + 1));
      }
    }
    return best;
  }

  /** What the baseline's answer is worth, as far as the bounds allow it. */
  private static double goodEnough(Instance instance, Matrix matrix) {
    Choice choice = new Choice(instance);
    for (Pick pick : new GoodEnough().select(matrix).picks()) {
      int offer = instance.offers.stream().map(Offer::index).toList().indexOf(pick.index());
      if (choice.fits(offer)) {
        choice.add(offer);
      }
    }
    return choice.value();
  }

  @Test
  void theAnswerDoesNotDependOnTheOrderOfTheInput() {
    for (int seed = 0; seed < 50; seed++) {
      RandomWorkload workload = RandomWorkload.of(seed);
      Matrix matrix = workload.matrix();
      List<Row> rows = new ArrayList<>(matrix.rows());
      List<Offer> offers = new ArrayList<>(matrix.offers());
      List<Cell> cells = new ArrayList<>(matrix.cells());
      Collections.shuffle(rows, new Random(seed));
      Collections.shuffle(offers, new Random(seed));
      Collections.shuffle(cells, new Random(seed));
      Optimiser optimiser = new Optimiser(workload.goals(), workload.bounds());

      assertThat(optimiser.select(new Matrix(rows, offers, cells, matrix.hotUpdates())).picks())
          .as("seed %s", seed)
          .usingRecursiveComparison()
          .ignoringCollectionOrderInFields("scans")
          .isEqualTo(optimiser.select(matrix).picks());
    }
  }

  @Test
  void aScanThatRunsOftenCountsMoreThanOneThatIsDear() {
    Matrix matrix =
        new Matrix(
            List.of(new Row("often", 1000, 100, false), new Row("dear", 1, 5000, false)),
            List.of(offer("a", 1_000_000, 0), offer("b", 1_000_000, 0)),
            List.of(new Cell("often", "a", 90), new Cell("dear", "b", 4999)),
            List.of());

    assertThat(indexes(select(matrix, FREE, Bounds.NONE.withStorage(1_500_000))))
        .containsExactly("a");
  }

  @Test
  void anIndexWhoseWritesCostMoreThanItSavesIsDeclined() {
    Matrix matrix =
        new Matrix(
            List.of(new Row("s", 10, 1000, false)),
            List.of(offer("a", 1_000_000, 2_000_000)),
            List.of(new Cell("s", "a", 900)),
            List.of());
    Selection selection = select(matrix, Goals.BALANCED, Bounds.NONE);

    assertThat(selection.picks()).isEmpty();
    assertThat(selection.declined())
        .singleElement()
        .satisfies(
            declined -> {
              assertThat(declined.why()).isEqualTo(Declined.Why.NOT_WORTH_ITS_PRICE);
              assertThat(declined.saving()).isCloseTo(9000, within(1e-6));
              assertThat(declined.price()).isCloseTo(20_010, within(1e-6));
            });
    assertThat(indexes(select(matrix, Goals.READ_OPTIMISED, Bounds.NONE))).containsExactly("a");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void noMoreIndexesAreChosenThanAllowedAndTheBoundIsNamed(int most) {
    Selection selection =
        select(twoScans(), FREE, new Bounds(most, Long.MAX_VALUE, Double.MAX_VALUE, 0));

    assertThat(selection.picks()).hasSize(most);
    assertThat(selection.declined())
        .hasSize(2 - most)
        .allSatisfy(each -> assertThat(each.why()).isEqualTo(Declined.Why.INDEX_COUNT));
  }

  @Test
  void anIndexThatDoesNotFitTheStorageIsDeclinedForThat() {
    Selection selection = select(twoScans(), FREE, Bounds.NONE.withStorage(150));

    assertThat(indexes(selection)).containsExactly("b");
    assertThat(selection.declined())
        .singleElement()
        .satisfies(each -> assertThat(each.why()).isEqualTo(Declined.Why.STORAGE));
  }

  @Test
  void updatesThatStopBeingHeapOnlyArePaidOnceForAllIndexesThatEndThem() {
    Matrix matrix =
        new Matrix(
            List.of(new Row("s", 1, 1000, false), new Row("t", 1, 1000, false)),
            List.of(
                new Offer("a", 0.1, 100, 0, Set.of("u"), Set.of(), 0),
                new Offer("b", 0.1, 100, 0, Set.of("u"), Set.of(), 0)),
            List.of(new Cell("s", "a", 600), new Cell("t", "b", 600)),
            List.of(new HotUpdate("u", 500, 200)));

    assertThat(indexes(select(matrix, new Goals(0.01, 0), Bounds.NONE))).containsExactly("a", "b");
    assertThat(indexes(select(matrix, new Goals(0.02, 0), Bounds.NONE))).isEmpty();
    Selection bounded = select(matrix, FREE, new Bounds(9, Long.MAX_VALUE, Double.MAX_VALUE, 499));
    assertThat(bounded.picks()).isEmpty();
    assertThat(bounded.declined())
        .allSatisfy(each -> assertThat(each.why()).isEqualTo(Declined.Why.HOT_UPDATES));
  }

  @Test
  void ofTwoIndexesOfWhichOneLeadsTheOtherOneIsEnough() {
    Matrix matrix =
        new Matrix(
            List.of(new Row("s", 1, 1000, false), new Row("t", 1, 1000, false)),
            List.of(
                new Offer("a", 0.1, 100, 0, Set.of(), Set.of("ab"), 0),
                new Offer("ab", 0.2, 200, 0, Set.of(), Set.of("a"), 0)),
            List.of(new Cell("s", "a", 900), new Cell("s", "ab", 800), new Cell("t", "ab", 700)),
            List.of());
    Selection selection = select(matrix, FREE, Bounds.NONE);

    assertThat(indexes(selection)).containsExactly("ab");
    assertThat(selection.declined())
        .singleElement()
        .satisfies(each -> assertThat(each.why()).isEqualTo(Declined.Why.ANOTHER_DOES_ITS_WORK));
  }

  @Test
  void anIndexThatIsWithinTheToleranceOfTheBestIsEnough() {
    Matrix matrix =
        new Matrix(
            List.of(new Row("s", 100, 1000, false), new Row("t", 100, 1000, false)),
            List.of(offer("both", 100, 0), offer("best", 100, 0)),
            List.of(
                new Cell("s", "both", 950), new Cell("t", "both", 950), new Cell("s", "best", 955)),
            List.of());

    assertThat(indexes(select(matrix, FREE, Bounds.NONE))).containsExactly("best", "both");
    assertThat(indexes(select(matrix, new Goals(0, 0, 0.12, 1e9), Bounds.NONE)))
        .containsExactly("both");
  }

  @Test
  void theDearestScanComesFirstWhereNoneMayCostTooMuch() {
    Matrix matrix =
        new Matrix(
            List.of(
                new Row("dear", 1, 10_000, false),
                new Row("s", 1, 4_000, false),
                new Row("t", 1, 4_000, false)),
            List.of(offer("forDear", 100, 0), offer("forBoth", 100, 0)),
            List.of(
                new Cell("dear", "forDear", 6_000),
                new Cell("s", "forBoth", 3_900),
                new Cell("t", "forBoth", 3_900)),
            List.of());
    Bounds one = new Bounds(1, Long.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE);

    assertThat(indexes(select(matrix, FREE, one))).containsExactly("forBoth");
    assertThat(indexes(select(matrix, new Goals(0, 0, 0, 5_000), one))).containsExactly("forDear");
  }

  private static Matrix twoScans() {
    return new Matrix(
        List.of(new Row("s", 1, 1000, false), new Row("t", 1, 1000, false)),
        List.of(offer("a", 100, 0), offer("b", 100, 0)),
        List.of(new Cell("s", "a", 100), new Cell("t", "b", 200)),
        List.of());
  }

  private static Offer offer(String index, long sizeBytes, double writtenPerMinute) {
    return new Offer(index, 0.1, sizeBytes, writtenPerMinute, Set.of(), Set.of(), 0);
  }

  private static Selection select(Matrix matrix, Goals goals, Bounds bounds) {
    return new Optimiser(goals, bounds).select(matrix);
  }

  private static List<String> indexes(Selection selection) {
    return selection.picks().stream().map(Pick::index).sorted().toList();
  }

  @Test
  void aLargeMatrixIsSelectedFrom() {
    Matrix large = RandomWorkload.large(1, 500, 300);
    Selection selection = new Optimiser(Goals.BALANCED, Bounds.NONE).select(large);

    assertThat(selection.picks()).isNotEmpty();
    assertThat(new Choice(new Instance(large, Goals.BALANCED, Bounds.NONE), new BitSet()).value())
        .isZero();
  }
}
