package dev.logdex.recommender.upkeep;

import static dev.logdex.recommender.AnalysisBuilder.fingerprint;
import static dev.logdex.recommender.upkeep.Indexes.plain;
import static dev.logdex.recommender.upkeep.Indexes.unique;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.event.ExistingIndex;
import dev.logdex.analyzer.event.Observation;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.recommender.AnalysisBuilder;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.Severity;
import dev.logdex.recommender.recommendation.Advisor;
import dev.logdex.recommender.recommendation.Limits;
import dev.logdex.recommender.selection.GoodEnough;
import dev.logdex.recommender.selection.SelectorChoice;
import dev.logdex.recommender.selection.Thresholds;
import dev.logdex.recommender.usage.IndexUsage;
import java.util.List;
import org.junit.jupiter.api.Test;

class CounterproductiveIndexesTest {
  private static AnalysisBuilder orders(ExistingIndex index, double removed) {
    return AnalysisBuilder.table("orders")
        .existing(index)
        .query("newest", "(doc = $1)", 5, 40_000, 40_000, index.name())
        .reads("newest", index.name(), 40_000, 9_000.0)
        .observed(
            new Observation.CounterproductiveIndex(
                List.of(fingerprint("newest")), index.name(), removed, 1));
  }

  private static List<Recommendation> advice(AnalysisBuilder orders) {
    return Indexes.advice(Finding.COUNTERPRODUCTIVE, orders.build());
  }

  @Test
  void anIndexThatNothingElseNeedsIsToBeDropped() {
    Recommendation advice = advice(orders(plain("u", "updated_at"), 999_600)).get(0);

    assertThat(advice.ddl()).isEqualTo("DROP INDEX CONCURRENTLY public.u");
    assertThat(advice.severity()).isEqualTo(Severity.MEDIUM);
    assertThat(advice.body())
        .contains("999,600 rows read and thrown away, 1 kept; 5 calls a minute")
        .contains("costs 40000.00 by it when the hope fails, 9000.00 without it");
  }

  @Test
  void theMoreRowsItThrowsAwayTheMoreItMatters() {
    assertThat(advice(orders(plain("u", "updated_at"), 5_000)).get(0).severity())
        .isEqualTo(Severity.LOW);
    assertThat(advice(orders(plain("u", "updated_at"), 2_000_000)).get(0).severity())
        .isEqualTo(Severity.HIGH);
  }

  @Test
  void itStaysWhenAnotherScanNeedsIt() {
    AnalysisBuilder orders =
        orders(plain("u", "updated_at"), 999_600)
            .query("recent", "(updated_at > $1)", 5, 10, 10, "u");

    assertThat(advice(orders)).isEmpty();
    assertThat(advice(orders.reads("recent", "u", 10, 20_000.0))).isEmpty();
  }

  @Test
  void itGoesWhenTheOtherScansDoAsWellWithoutIt() {
    assertThat(
            advice(
                orders(plain("u", "updated_at"), 999_600)
                    .query("recent", "(updated_at > $1)", 5, 10, 10, "u")
                    .reads("recent", "u", 10, 10.5)))
        .hasSize(1);
  }

  @Test
  void aUniqueIndexStays() {
    assertThat(advice(orders(unique("u", "updated_at"), 999_600))).isEmpty();
  }

  @Test
  void withoutAnObservedRunNothingIsSaid() {
    assertThat(
            advice(
                AnalysisBuilder.table("orders")
                    .existing(plain("u", "updated_at"))
                    .query("newest", "(doc = $1)", 5, 40_000, 40_000, "u")
                    .reads("newest", "u", 40_000, 9_000.0)))
        .isEmpty();
  }

  @Test
  void theIndexThatTakesItsPlaceComesFirst() {
    TableAnalysis analysis =
        orders(plain("u", "updated_at"), 999_600)
            .candidate("doc", "updated_at")
            .cell("newest", "doc, updated_at", 4)
            .build();
    Recommendation create =
        new Advisor(SelectorChoice.always(new GoodEnough()), Thresholds.DEFAULT, Limits.DEFAULT)
            .advise(analysis)
            .recommendations()
            .get(0);

    Recommendation advice =
        Indexes.advice(
                Finding.COUNTERPRODUCTIVE, analysis, IndexUsage.NOTHING_KNOWN, List.of(create))
            .get(0);

    assertThat(advice.reason()).contains(create.indexName()).contains(create.id());
    assertThat(advice.limits())
        .containsExactly("Not before the index " + create.indexName() + " is there.");
  }
}
