package dev.logdex.recommender.whynot;

import static dev.logdex.recommender.AnalysisBuilder.btree;
import static dev.logdex.recommender.AnalysisBuilder.fingerprint;
import static dev.logdex.recommender.AnalysisBuilder.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.event.Analysis;
import dev.logdex.analyzer.event.UnplannedReason;
import dev.logdex.recommender.AnalysisBuilder;
import dev.logdex.recommender.lifecycle.Archive;
import dev.logdex.recommender.lifecycle.Hysteresis;
import dev.logdex.recommender.lifecycle.Ledger;
import dev.logdex.recommender.lifecycle.Lifecycle;
import dev.logdex.recommender.recommendation.Advisor;
import dev.logdex.recommender.recommendation.Limits;
import dev.logdex.recommender.selection.GoodEnough;
import dev.logdex.recommender.selection.SelectorChoice;
import dev.logdex.recommender.selection.StorageBudget;
import dev.logdex.recommender.selection.Thresholds;
import dev.logdex.recommender.upkeep.OtherAdvice;
import dev.logdex.recommender.upkeep.UpkeepPolicy;
import dev.logdex.recommender.usage.IndexUsage;
import dev.logdex.runtime.EventJson;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WhyNotTest {
  @Test
  void aStatementThatGainsIsNotListed() {
    assertThat(whyNot(gains("orders", "q"))).isEmpty();
  }

  @Test
  void aStatementOnASmallTableHasItsRows() {
    WhyNot whyNot = only(gains("countries", "q").rows(250));

    assertThat(whyNot.reason()).isEqualTo(WhyNotReason.SMALL_TABLE);
    assertThat(whyNot.sentence())
        .isEqualTo("public.countries has about 250 rows; a table under 1,000 gets no index.");
  }

  @Test
  void aStatementThatAnIndexServesHasTheIndexName() {
    WhyNot whyNot =
        only(table("orders").query("q", "id = $1", 5, 8, 8, "orders_pkey").candidate("id"));

    assertThat(whyNot.reason()).isEqualTo(WhyNotReason.ALREADY_INDEXED);
    assertThat(whyNot.sentence()).contains("public.orders through the index orders_pkey");
  }

  @Test
  void aStatementThatAnUnusedIndexWouldServeIsIndexedToo() {
    WhyNot whyNot = only(gains("orders", "q").existing("there", btree("a", "b")));

    assertThat(whyNot.reason()).isEqualTo(WhyNotReason.ALREADY_INDEXED);
    assertThat(whyNot.sentence()).contains("already leads with");
  }

  @Test
  void aStatementOnAnIndexedColumnThatThePlannerReadsOtherwiseIsIndexedToo() {
    assertThat(
            only(table("orders")
                    .query("q", "(status = $1)", 5, 1000)
                    .existing("s", btree("status")))
                .reason())
        .isEqualTo(WhyNotReason.ALREADY_INDEXED);
    assertThat(
            only(table("orders")
                    .query("q", "(status2 = $1)", 5, 1000)
                    .existing("s", btree("status")))
                .reason())
        .isEqualTo(WhyNotReason.NO_INDEXABLE_CLAUSE);
  }

  @Test
  void aStatementWithoutAClauseHasNothingToIndex() {
    assertThat(only(table("orders").query("q", "", 5, 1000)).reason())
        .isEqualTo(WhyNotReason.NO_INDEXABLE_CLAUSE);
  }

  @Test
  void aStatementThatGainsTooLittleHasTheFigures() {
    WhyNot whyNot =
        only(table("orders").query("q", "a = $1", 5, 1000).candidate("a").cell("q", "a", 880));

    assertThat(whyNot.reason()).isEqualTo(WhyNotReason.IMPROVEMENT_TOO_SMALL);
    assertThat(whyNot.sentence()).contains("cheaper by 12 %; at least 20 % is asked for");
  }

  @Test
  void aStatementThatGainsFromAWarmCacheOnlyIsToldSo() {
    WhyNot whyNot =
        only(
            table("orders").query("q", "a = $1", 5, 1000).candidate("a").cachedCell("q", "a", 400));

    assertThat(whyNot.sentence())
        .contains("only as long as most pages that the statement reads are cached");
  }

  @Test
  void aGainThatWouldNotBeEnoughInAnyCaseIsNotPutDownToTheCache() {
    WhyNot whyNot =
        only(
            table("orders").query("q", "a = $1", 5, 1000).candidate("a").cachedCell("q", "a", 880));

    assertThat(whyNot.sentence()).contains("cheaper by 12 %; at least 20 % is asked for");
  }

  @Test
  void aStatementWhoseScanIsASmallPartOfItIsToldSo() {
    WhyNot whyNot =
        only(
            table("orders")
                .query("q", "a = $1", 5, 1000, 90_000, null)
                .candidate("a")
                .cell("q", "a", 8));

    assertThat(whyNot.sentence()).contains("the whole statement by less than the 10 %");
  }

  @Test
  void aStatementThatThePlannerUsesNoIndexForIsToldSo() {
    assertThat(only(table("orders").query("q", "a = $1", 5, 1000).candidate("a")).sentence())
        .isEqualTo(
            "With every index tried for public.orders Postgres would still read it as it does.");
  }

  @Test
  void adviceForOneTableIsEnoughForAStatementOnTwo() {
    assertThat(whyNot(gains("orders", "q"), table("countries").rows(9).query("q", "b = $1", 5, 2)))
        .isEmpty();
  }

  @Test
  void ofTwoTablesTheDearerScansReasonIsTold() {
    List<WhyNot> whyNot =
        whyNot(
            table("orders").query("q", "", 5, 90_000),
            table("countries").rows(9).query("q", "b = $1", 5, 2));

    assertThat(whyNot).hasSize(1);
    assertThat(whyNot.get(0).sentence()).contains("public.orders");
  }

  @Test
  void theNewerVerdictIsTheTrueOne() {
    Analysis old = table("orders").query("q", "", 5, 90_000).build();
    Analysis newer = unplanned("UNKNOWN_OBJECT", "q", "2027-01-01T00:00:00Z");

    assertThat(whyNot(List.of(newer, old)))
        .extracting(WhyNot::reason)
        .containsExactly(WhyNotReason.UNKNOWN_OBJECT);
  }

  @ParameterizedTest
  @EnumSource
  void everyReasonOfTheAnalyzerHasItsOwnHere(UnplannedReason reason) {
    assertThat(WhyNotReason.of(reason).name()).isEqualTo(reason.name());
  }

  @Test
  void unplannedStatementsKeepTheirDetail() {
    List<WhyNot> whyNot = whyNot(List.of(unplanned("SYNTAX_ERROR", "q", "2026-01-01T00:00:00Z")));

    assertThat(whyNot)
        .containsExactly(
            new WhyNot(
                "shop",
                fingerprint("q"),
                "SELEC $1",
                3,
                WhyNotReason.SYNTAX_ERROR,
                "Postgres says 42601."));
  }

  @Test
  void theMostCalledComesFirst() {
    assertThat(whyNot(table("orders").query("rare", "", 1, 10).query("often", "", 50, 10)))
        .extracting(WhyNot::fingerprint)
        .containsExactly(fingerprint("often"), fingerprint("rare"));
  }

  @Test
  void theSummaryGroupsByReasonWithThreeExamplesEach() {
    AnalysisBuilder orders = table("orders");
    for (int i = 0; i < 5; i++) {
      orders.query("q" + i, "", 10 - i, 1000);
    }

    String summary =
        WhyNotText.render(
            whyNot(orders, table("countries").rows(9).query("small", "a = $1", 1, 10)));

    assertThat(summary)
        .startsWith("6 queries got nothing:\n\nno indexable clause (5 queries, 2,400 calls): ")
        .contains("\n\nsmall table (1 query, 60 calls): ")
        .contains(fingerprint("q0"), fingerprint("q2"), fingerprint("small"))
        .doesNotContain(fingerprint("q3"));
    assertThat(summary.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
  }

  @Test
  void thereIsNoSummaryOfNothing() {
    assertThat(WhyNotText.render(List.of())).isEmpty();
  }

  private static AnalysisBuilder gains(String table, String q) {
    return table(table).query(q, "a = $1", 5, 1000).candidate("a").cell(q, "a", 8);
  }

  private static Analysis unplanned(String reason, String q, String analysedTo) {
    return EventJson.read(
        """
        {"kind": "unplanned", "version": 1, "database": "shop", "analysedTo": "%s", "reported": [],
         "statements": [{"fingerprint": "%s", "text": "SELEC $1", "calls": 3, "reason": "%s",
                         "detail": "Postgres says 42601."}]}
        """
            .formatted(analysedTo, fingerprint(q), reason)
            .getBytes(StandardCharsets.UTF_8),
        Analysis.class);
  }

  private static WhyNot only(AnalysisBuilder analysis) {
    List<WhyNot> all = whyNot(analysis);
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private static List<WhyNot> whyNot(AnalysisBuilder... analyses) {
    return whyNot(Stream.of(analyses).<Analysis>map(AnalysisBuilder::build).toList());
  }

  private static List<WhyNot> whyNot(List<Analysis> analyses) {
    Ledger ledger =
        new Ledger(
            new Advisor(
                SelectorChoice.always(new GoodEnough()), Thresholds.DEFAULT, Limits.DEFAULT),
            new OtherAdvice(UpkeepPolicy.DEFAULT),
            () -> IndexUsage.NOTHING_KNOWN,
            new Verdicts(Thresholds.DEFAULT),
            new Lifecycle(URI.create("urn:test"), 0.25, Hysteresis.NONE),
            new Archive(1_000_000),
            new StorageBudget(Long.MAX_VALUE));
    analyses.forEach(ledger::analysed);
    return ledger.snapshot().whyNot();
  }
}
