package dev.logdex.recommender.selection;

import static dev.logdex.recommender.AnalysisBuilder.btree;
import static dev.logdex.recommender.AnalysisBuilder.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.logdex.analyzer.event.Candidate;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.analyzer.event.TableFacts;
import dev.logdex.recommender.AnalysisBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableSelectorTest {
  private static final TableSelector SELECTOR =
      new TableSelector(SelectorChoice.always(new GoodEnough()), Thresholds.DEFAULT);

  @Test
  void anIndexThatSavesEnoughIsChosen() {
    TableSelection selection = SELECTOR.select(oneQuery(1000, 8));

    assertThat(chosen(selection)).containsExactly("a");
    assertThat(selection.outcomes()).containsEntry("S-q", ScanOutcome.COVERED);
  }

  @ParameterizedTest
  @CsvSource({
    "1000, 800, COVERED",
    "1000, 801, IMPROVEMENT_TOO_SMALL",
    "0, 0, IMPROVEMENT_TOO_SMALL"
  })
  void anIndexMustSaveAFifthOfTheScan(double before, double after, ScanOutcome outcome) {
    assertThat(SELECTOR.select(oneQuery(before, after)).outcomes()).containsEntry("S-q", outcome);
  }

  @ParameterizedTest
  @CsvSource({"5000, COVERED", "5001, IMPROVEMENT_TOO_SMALL"})
  void anIndexMustMakeAWholeStatementATenthCheaper(double statementCost, ScanOutcome outcome) {
    TableAnalysis analysis =
        table("orders")
            .query("q", "a = $1", 5, 1000, statementCost, null)
            .candidate("a")
            .cell("q", "a", 500)
            .build();

    assertThat(SELECTOR.select(analysis).outcomes()).containsEntry("S-q", outcome);
  }

  @ParameterizedTest
  @CsvSource({"1000, COVERED", "999, SMALL_TABLE"})
  void aSmallTableGetsNone(long rows, ScanOutcome outcome) {
    TableAnalysis analysis =
        table("orders")
            .rows(rows)
            .query("q", "a = $1", 5, 1000)
            .candidate("a")
            .cell("q", "a", 8)
            .build();

    TableSelection selection = SELECTOR.select(analysis);

    assertThat(selection.outcomes()).containsEntry("S-q", outcome);
    assertThat(selection.chosen().isEmpty()).isEqualTo(outcome == ScanOutcome.SMALL_TABLE);
  }

  @Test
  void whatAnExistingIndexLeadsIsNotChosenAgain() {
    TableAnalysis analysis = withExisting("a", "b").build();

    TableSelection selection = SELECTOR.select(analysis);

    assertThat(selection.chosen()).isEmpty();
    assertThat(selection.outcomes()).containsEntry("S-q", ScanOutcome.ALREADY_INDEXED);
  }

  @Test
  void anInvalidIndexServesNothing() {
    TableAnalysis analysis = base().existing("index_orders_on_a", btree("a"), false).build();

    assertThat(chosen(SELECTOR.select(analysis))).containsExactly("a");
  }

  @Test
  void anExistingIndexOnOtherColumnsChangesNothing() {
    assertThat(chosen(SELECTOR.select(withExisting("b", "a").build()))).containsExactly("a");
  }

  @Test
  void aScanThatAnExistingIndexServesNeedsNothing() {
    TableAnalysis analysis =
        table("orders")
            .query("q", "id = $1", 5, 8.3, 8.3, "orders_pkey")
            .candidate("id", "a")
            .cell("q", "id, a", 8.2)
            .build();

    assertThat(SELECTOR.select(analysis).outcomes())
        .containsEntry("S-q", ScanOutcome.ALREADY_INDEXED);
  }

  @Test
  void aScanThatNoCandidateConcernsHasNothingToIndex() {
    TableAnalysis analysis =
        table("orders")
            .query("q", "a = $1", 5, 1000)
            .query("odd", "f(c) > $1", 5, 1000)
            .candidate("a")
            .cell("q", "a", 8)
            .build();

    assertThat(SELECTOR.select(analysis).outcomes())
        .containsEntry("S-odd", ScanOutcome.NO_INDEXABLE_CLAUSE);
  }

  @Test
  void aScanWhoseCandidateThePlannerShunsGainsTooLittle() {
    TableAnalysis analysis =
        table("orders").query("q", "(status = $1)", 5, 1000).candidate("status").build();

    assertThat(SELECTOR.select(analysis).outcomes())
        .containsEntry("S-q", ScanOutcome.IMPROVEMENT_TOO_SMALL);
  }

  @Test
  void aBetOnEarlyAbortIsTakenAtItsJudgedCost() {
    TableAnalysis analysis =
        table("orders")
            .query("q", "a = $1", 5, 1000)
            .candidate("updated_at")
            .hopefulCell("q", "updated_at", 990)
            .candidate("a")
            .cell("q", "a", 8)
            .build();

    assertThat(chosen(SELECTOR.select(analysis))).containsExactly("a");
  }

  @ParameterizedTest
  @CsvSource({"700, 'a, b'", "701, 'a; a, b'"})
  void theLongerOfTwoIndexesThatBeginAlikeServesForBothWhenItComesCloseToTheShorter(
      double underLonger, String expected) {
    // the best for q by far is a third index, which (a) is just good enough beside
    TableAnalysis analysis =
        table("orders")
            .query("q", "a = $1", 5, 1000)
            .query("r", "a = $1 AND b = $2", 5, 1000)
            .candidate("a")
            .candidate("a", "b")
            .candidate("c")
            .cell("q", "c", 8)
            .cell("q", "a", 400)
            .cell("r", "a", 800)
            .cell("q", "a, b", underLonger)
            .cell("r", "a, b", 8)
            .build();

    TableSelection selection = SELECTOR.select(analysis);

    assertThat(chosen(selection)).containsExactlyInAnyOrder(expected.split("; "));
  }

  @Test
  void theShorterIndexStaysWhereTheLongerDoesNotServeItsScans() {
    TableAnalysis analysis =
        table("orders")
            .query("q", "a = $1", 5, 1000)
            .query("r", "a = $1 AND b = $2", 5, 1000)
            .candidate("a")
            .candidate("a", "b")
            .cell("q", "a", 8)
            .cell("r", "a, b", 8)
            .build();

    assertThat(chosen(SELECTOR.select(analysis))).containsExactlyInAnyOrder("a", "a, b");
  }

  @Test
  void writeOverheadIsEntryBytesPerRowByteTimesPartialSelectivity() {
    Candidate candidate = new Candidate("x", btree("a"), "r", 1, 16, 0.5);

    assertThat(TableSelector.writeOverhead(candidate, new TableFacts(1, 1, 131)))
        .isCloseTo(16 / 131.0 / 2, within(1e-12));
    assertThat(TableSelector.writeOverhead(candidate, new TableFacts(1, 1, 0))).isFinite();
  }

  private static AnalysisBuilder base() {
    return table("orders").query("q", "a = $1", 5, 1000).candidate("a").cell("q", "a", 8);
  }

  private static AnalysisBuilder withExisting(String... columns) {
    return base().existing("there", btree(columns));
  }

  private static TableAnalysis oneQuery(double before, double after) {
    return table("orders")
        .query("q", "a = $1", 5, before)
        .candidate("a")
        .cell("q", "a", after)
        .build();
  }

  private static List<String> chosen(TableSelection selection) {
    return selection.chosen().stream().map(index -> index.candidate().id()).toList();
  }
}
