package dev.logdex.recommender.recommendation;

import static dev.logdex.recommender.AnalysisBuilder.btree;
import static dev.logdex.recommender.AnalysisBuilder.fingerprint;
import static dev.logdex.recommender.AnalysisBuilder.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.recommender.AnalysisBuilder;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.ScanGain;
import dev.logdex.recommender.event.StatementGain;
import dev.logdex.recommender.selection.GoodEnough;
import dev.logdex.recommender.selection.SelectorChoice;
import dev.logdex.recommender.selection.Thresholds;
import dev.logdex.runtime.EventJson;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdvisorTest {
  private static final Advisor ADVISOR =
      new Advisor(SelectorChoice.always(new GoodEnough()), Thresholds.DEFAULT, Limits.DEFAULT);

  @Test
  void aRecommendationCarriesItsEvidence() {
    Recommendation advice = only(orders().build());

    assertThat(advice.id()).matches("[0-9a-f]{16}");
    assertThat(advice.database()).isEqualTo("shop");
    assertThat(advice.table()).isEqualTo("public.orders");
    assertThat(advice.index()).isEqualTo("USING btree (customer_id)");
    assertThat(advice.ddl())
        .isEqualTo(
            "CREATE INDEX CONCURRENTLY index_orders_on_customer_id"
                + " ON public.orders USING btree (customer_id)");
    assertThat(advice.inverseDdl())
        .isEqualTo("DROP INDEX CONCURRENTLY public.index_orders_on_customer_id");
    assertThat(advice.sizeBytes()).isEqualTo(22_500_000);
    assertThat(advice.writeOverhead()).isCloseTo(0.12, within(1e-9));
    assertThat(advice.queries())
        .containsExactly(
            new StatementGain(
                fingerprint("q"), "SELECT * FROM orders WHERE customer_id = $1", 10, 1000, 8));
    assertThat(advice.savingPerMinute()).isEqualTo(9920);
    assertThat(advice.scans())
        .containsExactly(new ScanGain("S-q", List.of("customer_id = $1"), 10, 1000, 8, true));
    assertThat(advice.tableFacts().rows()).isEqualTo(1_000_000);
    assertThat(advice.tableFacts().insertsPerMinute()).isEqualTo(12);
    assertThat(advice.title()).isEqualTo("Add an index on public.orders (customer_id)");
    assertThat(advice.reason())
        .isEqualTo(
            "The columns are compared for equality. Of 1 index tried it was chosen for 1 of the"
                + " table's 1 scan. Writes put 15.50 entries a minute into it, about 1.0 kB with"
                + " their WAL.");
  }

  @Test
  void oddNamesAreQuotedInTheStatements() {
    TableAnalysis analysis =
        table("shop", "My Schema", "user")
            .query("q", "\"Käufer\" = $1", 10, 1000)
            .candidate("\"Käufer\"")
            .cell("q", "\"Käufer\"", 8)
            .build();

    Recommendation advice = only(analysis);

    assertThat(advice.ddl())
        .isEqualTo(
            "CREATE INDEX CONCURRENTLY \"index_user_on_Käufer\""
                + " ON \"My Schema\".\"user\" USING btree (\"Käufer\")");
    assertThat(advice.inverseDdl())
        .isEqualTo("DROP INDEX CONCURRENTLY \"My Schema\".\"index_user_on_Käufer\"");
  }

  @Test
  void theSameAnalysisGivesTheSameAdvice() {
    assertThat(ADVISOR.advise(orders().build())).isEqualTo(ADVISOR.advise(orders().build()));
  }

  @Test
  void idsDoNotDependOnWhatElseIsAdvised() {
    AnalysisBuilder more =
        orders().query("z", "zip = $1", 900, 9000).candidate("zip").cell("z", "zip", 4);

    assertThat(ADVISOR.advise(more.build()).recommendations())
        .extracting(Recommendation::id)
        .hasSize(2)
        .contains(only(orders().build()).id());
  }

  @Test
  void aNameThatAnotherIndexHasIsNotUsed() {
    Recommendation advice =
        only(orders().existing("index_orders_on_customer_id", btree("zip")).build());

    assertThat(advice.indexName())
        .isEqualTo("index_orders_on_customer_id_" + advice.id().substring(0, 8));
    assertThat(advice.ddl()).contains(" " + advice.indexName() + " ");
  }

  @Test
  void indexesWhoseWordsAreAlikeGetDifferentNames() {
    TableAnalysis analysis =
        table("t")
            .query("q", "\"a b\" = $1", 1, 1000)
            .query("r", "a_b = $1", 1, 1000)
            .candidate("\"a b\"")
            .candidate("a_b")
            .cell("q", "\"a b\"", 8)
            .cell("r", "a_b", 8)
            .build();

    assertThat(ADVISOR.advise(analysis).recommendations())
        .extracting(Recommendation::indexName)
        .hasSize(2)
        .doesNotHaveDuplicates();
  }

  @Test
  void anInvalidIndexOfTheSameDefinitionIsToldOf() {
    assertThat(only(orders().existing("broken", btree("customer_id"), false).build()).reason())
        .contains("The index broken has the same definition but is invalid");
  }

  @Test
  void anIndexThatBecomesRedundantIsToldOf() {
    TableAnalysis analysis =
        table("orders")
            .query("q", "a = $1 AND b = $2", 10, 1000)
            .candidate("a", "b")
            .cell("q", "a, b", 8)
            .existing("old", btree("a"))
            .existing("other", btree("b"))
            .build();

    assertThat(only(analysis).reason()).contains("makes the index old redundant");
    assertThat(only(analysis).reason()).doesNotContain("other");
  }

  @Test
  void aBetOnEarlyAbortIsToldOf() {
    TableAnalysis analysis =
        table("orders")
            .query("q", "a = $1", 10, 1000)
            .candidate("a")
            .hopefulCell("q", "a", 8)
            .build();

    assertThat(only(analysis).reason()).contains("early at a LIMIT");
    assertThat(only(orders().build()).reason()).doesNotContain("LIMIT");
  }

  @Test
  void aStatementIsListedUnderTheIndexThatWasChosenForItsScanOnly() {
    TableAnalysis analysis =
        table("orders")
            .query("q", "a = $1 AND b = $2", 10, 1000)
            .query("r", "a = $1", 10, 1000)
            .query("s", "a = $1 AND c = $2", 10, 1000)
            .query("t", "b = $1", 10, 1000)
            .candidate("a")
            .candidate("b")
            .cell("q", "a", 300)
            .cell("r", "a", 8)
            .cell("s", "a", 8)
            .cell("q", "b", 8)
            .cell("t", "b", 8)
            .build();

    assertThat(ADVISOR.advise(analysis).recommendations())
        .extracting(
            Recommendation::index, advice -> advice.queries().stream().map(this::name).toList())
        .containsExactly(
            tuple("USING btree (a)", List.of("r", "s", "q")),
            tuple("USING btree (b)", List.of("t")));
  }

  @Test
  void aScanServedByAnotherChosenIndexIsShownInTheRowAndMarkedSo() {
    TableAnalysis analysis =
        table("orders")
            .query("q", "a = $1 AND b = $2", 10, 1000)
            .query("r", "a = $1", 10, 1000)
            .query("t", "b = $1", 10, 1000)
            .candidate("a")
            .candidate("b")
            .cell("q", "a", 8)
            .cell("r", "a", 8)
            .cell("q", "b", 8)
            .cell("t", "b", 8)
            .build();

    Recommendation second = ADVISOR.advise(analysis).recommendations().get(1);

    assertThat(second.scans())
        .extracting(ScanGain::scan, ScanGain::chosenFor)
        .containsExactly(tuple("S-t", true), tuple("S-q", false));
  }

  @Test
  void listsAndTextsAreCutAndWhatWasCutIsCounted() {
    AnalysisBuilder builder = table("orders").candidate("a");
    String clause = "a = $1 OR " + "€".repeat(5_000);
    for (int i = 0; i < 120; i++) {
      builder.query("q" + i, clause, 1 + i, 1000).cell("q" + i, "a", 8);
    }

    Recommendation advice = only(builder.build());

    assertThat(advice.queries())
        .hasSize(50)
        .first()
        .satisfies(query -> assertThat(query.callsPerMinute()).isEqualTo(120));
    assertThat(advice.queriesInAll()).isEqualTo(120);
    assertThat(advice.scans()).hasSize(20);
    assertThat(advice.scansInAll()).isEqualTo(120);
    assertThat(advice.savingPerMinute()).isEqualTo(992.0 * 120 * 121 / 2);
    assertThat(advice.queries().get(0).text()).hasSize(2_001).endsWith("…");
    assertThat(EventJson.write(advice)).hasSizeLessThan(900_000);
  }

  @Test
  void literalsOfAPartialIndexAreInItsStatementOnly() {
    IndexDefinition partial =
        new IndexDefinition("btree", btree("a").elements(), List.of(), "status = 'secret'");
    TableAnalysis analysis =
        table("orders")
            .query("q", "a = $1 AND status = $2", 10, 1000)
            .candidate(partial)
            .cell("q", AnalysisBuilder.id(partial), 8)
            .existing(
                "there",
                new IndexDefinition("btree", btree("b").elements(), List.of(), "status = 'hidden'"))
            .build();

    Recommendation advice = only(analysis);

    assertThat(advice.ddl()).endsWith("WHERE status = 'secret'");
    assertThat(advice.indexName()).isEqualTo("index_orders_on_a_where_status");
    assertThat(advice.reason() + advice.id()).doesNotContain("secret");
    assertThat(EventJson.line(advice)).doesNotContain("hidden");
  }

  @Test
  void aSmallTableGetsNoAdvice() {
    assertThat(ADVISOR.advise(orders().rows(999).build()).recommendations()).isEmpty();
  }

  private String name(StatementGain gain) {
    return List.of("q", "r", "s", "t").stream()
        .filter(q -> fingerprint(q).equals(gain.fingerprint()))
        .findFirst()
        .orElseThrow();
  }

  private static AnalysisBuilder orders() {
    return table("orders")
        .query("q", "customer_id = $1", 10, 1000)
        .candidate("customer_id")
        .cell("q", "customer_id", 8);
  }

  private static Recommendation only(TableAnalysis analysis) {
    List<Recommendation> all = ADVISOR.advise(analysis).recommendations();
    assertThat(all).hasSize(1);
    return all.get(0);
  }
}
