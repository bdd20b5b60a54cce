package dev.logdex.recommender.selection;

import static dev.logdex.recommender.AnalysisBuilder.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.event.ColumnUpdates;
import dev.logdex.analyzer.event.RowRates;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.analyzer.event.TableFacts;
import dev.logdex.analyzer.event.WriteRates;
import dev.logdex.recommender.AnalysisBuilder;
import dev.logdex.recommender.selection.Policy.Overrides;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightedSelectionTest {
  @Test
  void aTableThatIsMostlyReadIsReadOptimised() {
    assertThat(Preset.of(read(2000).build())).isEqualTo(Preset.READ_OPTIMISED);
    assertThat(Preset.of(read(100).build())).isEqualTo(Preset.BALANCED);
    assertThat(Preset.of(read(2000).writes(updates(500)).build())).isEqualTo(Preset.BALANCED);
    assertThat(Preset.of(read(100).writes(updates(500)).build())).isEqualTo(Preset.WRITE_OPTIMISED);
  }

  @Test
  void anIndexThatEndsHotUpdatesIsDeclinedUnderBalanced() {
    TableAnalysis hot = read(100).writes(updates(90)).build();

    TableSelection balanced = select(hot, Preset.BALANCED);
    assertThat(balanced.preset()).isEqualTo(Preset.BALANCED);
    assertThat(balanced.chosen()).isEmpty();
    assertThat(balanced.declined())
        .singleElement()
        .satisfies(each -> assertThat(each.why()).isEqualTo(Declined.Why.HOT_UPDATES));
    assertThat(balanced.outcomes()).containsEntry("S-q", ScanOutcome.DECLINED);

    TableSelection readOptimised = select(hot, Preset.READ_OPTIMISED);
    assertThat(readOptimised.chosen())
        .singleElement()
        .satisfies(
            index -> {
              assertThat(index.writeSide().hotLostPerMinute()).isEqualTo(90);
              assertThat(index.writeSide().endsHotOf()).containsExactly("a");
            });
  }

  @Test
  void updatesThatAnExistingIndexMakesColdAreNotLostAgain() {
    TableAnalysis cold =
        read(100).writes(updates(90)).existing("there", AnalysisBuilder.btree("b", "a")).build();

    assertThat(select(cold, Preset.BALANCED).chosen())
        .singleElement()
        .satisfies(
            index -> {
              assertThat(index.writeSide().hotLostPerMinute()).isZero();
              assertThat(index.writeSide().entriesPerMinute()).isEqualTo(100);
            });
  }

  @Test
  void anIndexThatSlowsAStatementIsDeclined() {
    TableAnalysis slows =
        read(100).query("other", "b = $1", 1, 100).candidate("b").cell("other", "a", 111).build();

    TableSelection selection = select(slows, Preset.BALANCED);
    assertThat(selection.chosen()).isEmpty();
    assertThat(selection.declined().get(0).why()).isEqualTo(Declined.Why.SLOWS_A_STATEMENT);
  }

  @Test
  void aGainThatRestsOnTheCacheDoesNotCount() {
    TableAnalysis cached =
        table("orders")
            .query("q", "a = $1", 100, 1000)
            .candidate("a")
            .cachedCell("q", "a", 400)
            .build();

    assertThat(select(cached, Preset.BALANCED).chosen()).isEmpty();
  }

  @Test
  void whatMayGetSlowerCountsAgainstWhatGetsFaster() {
    AnalysisBuilder both =
        table("orders")
            .query("q", "a = $1", 100, 1000)
            .query("r", "a = $1 AND b = $2", 120, 1000)
            .candidate("a")
            .cell("q", "a", 500);

    assertThat(select(both.build(), Preset.BALANCED).chosen()).hasSize(1);
    TableAnalysis risky = both.cachedCell("r", "a", 300).build();
    assertThat(select(risky, Preset.BALANCED).chosen()).isEmpty();
    assertThat(select(risky, Preset.BALANCED).declined().get(0).price()).isGreaterThan(60_000);
    Thresholds trusting = new Thresholds(0.2, 0.1, 1_000, 0.1, 0);
    assertThat(
            new TableSelector(new Policy(Preset.BALANCED, Overrides.NONE), trusting)
                .select(risky)
                .chosen())
        .hasSize(1);
  }

  @Test
  void anIndexThatWholeStatementsHardlyGainByIsNotConfirmed() {
    TableAnalysis analysis =
        table("orders")
            .query("q", "a = $1", 100, 1000)
            .query("dear", "c = $1", 1, 1_000, 1_000_000_000, null)
            .candidate("a")
            .cell("q", "a", 10)
            .build();

    TableSelection selection = select(analysis, Preset.BALANCED);
    assertThat(selection.chosen()).isEmpty();
    assertThat(selection.declined().get(0).why())
        .isEqualTo(Declined.Why.STATEMENTS_GAIN_TOO_LITTLE);
  }

  private static AnalysisBuilder read(double callsPerMinute) {
    return table("orders")
        .query("q", "a = $1", callsPerMinute, 1000)
        .candidate("a")
        .cell("q", "a", 8);
  }

  /** Ten inserts and so many updates of the column a. */
  private static WriteRates updates(double perMinute) {
    return new WriteRates(
        10,
        perMinute,
        0,
        0,
        0,
        new RowRates(10, perMinute, 0, 0),
        List.of(new ColumnUpdates("a", perMinute, perMinute)));
  }

  private static TableSelection select(TableAnalysis analysis, Preset preset) {
    return new TableSelector(new Policy(preset, Overrides.NONE), Thresholds.DEFAULT)
        .select(analysis);
  }

  @Test
  void factsWithoutCountersTakeAllUpdatesForHeapOnly() {
    TableAnalysis analysis = read(100).writes(updates(90)).build();

    assertThat(analysis.facts()).isInstanceOf(TableFacts.class);
    assertThat(TableWrites.of(analysis).hotShareKnown()).isFalse();
    assertThat(TableWrites.of(analysis).coldPerMinute()).isZero();
  }
}
