package dev.logdex.recommender.upkeep;

import static dev.logdex.recommender.AnalysisBuilder.btree;
import static dev.logdex.recommender.upkeep.Indexes.CONSTRAINT;
import static dev.logdex.recommender.upkeep.Indexes.definition;
import static dev.logdex.recommender.upkeep.Indexes.invalid;
import static dev.logdex.recommender.upkeep.Indexes.of;
import static dev.logdex.recommender.upkeep.Indexes.orders;
import static dev.logdex.recommender.upkeep.Indexes.plain;
import static dev.logdex.recommender.upkeep.Indexes.tied;
import static dev.logdex.recommender.upkeep.Indexes.unique;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.event.ExistingIndex;
import dev.logdex.analyzer.event.IndexElement;
import dev.logdex.analyzer.event.IndexTies;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.recommender.AnalysisBuilder;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.RecommendationKind;
import dev.logdex.recommender.event.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RedundantIndexesTest {
  private static final List<IndexElement> A = List.of(IndexElement.ascending("a"));

  private static List<String> dropped(ExistingIndex... indexes) {
    return dropped(orders(indexes));
  }

  private static List<String> dropped(TableAnalysis analysis) {
    return Indexes.advice(Finding.REDUNDANT, analysis).stream()
        .map(Recommendation::indexName)
        .sorted()
        .toList();
  }

  @Test
  void ofTwoEqualIndexesTheOneWithTheLesserNameGoes() {
    assertThat(dropped(plain("orders_a_idx1", "a"), plain("orders_a_idx", "a")))
        .containsExactly("orders_a_idx1");
    assertThat(dropped(plain("tmp_a", "a"), plain("index_orders_on_a", "a")))
        .containsExactly("tmp_a");
  }

  @Test
  void ofManyEqualIndexesOneStays() {
    assertThat(dropped(plain("x1", "a"), plain("x2", "a"), plain("x3", "a")))
        .containsExactly("x2", "x3");
  }

  @Test
  void anEqualIndexIsDroppedBesideTheOneThatIsUnique() {
    assertThat(dropped(plain("a", "a"), unique("a_key", "a"))).containsExactly("a");
  }

  @Test
  void anEqualIndexIsDroppedBesideTheOneThatAConstraintRestsOn() {
    assertThat(dropped(plain("a", "a"), tied("orders_a_excl", btree("a"), CONSTRAINT)))
        .containsExactly("a");
  }

  @Test
  void uniqueIndexesStayEvenWhenTheyAreEqual() {
    assertThat(dropped(unique("a_key", "a"), unique("a_key1", "a"))).isEmpty();
    assertThat(dropped(unique("a_key", "a"), plain("pair", "a", "b"))).isEmpty();
  }

  @Test
  void indexesWithAnotherTaskThanQueriesStay() {
    for (IndexTies ties :
        List.of(
            CONSTRAINT,
            new IndexTies(false, true, false, false, false),
            new IndexTies(false, false, true, false, false),
            new IndexTies(false, false, false, true, false))) {
      assertThat(dropped(tied("one", btree("a"), ties), tied("other", btree("a"), ties))).isEmpty();
    }
  }

  @Test
  void indexesOfRecordsThatDoNotTellTheirTasksStay() {
    assertThat(dropped(tied("one", btree("a"), null), tied("other", btree("a"), null))).isEmpty();
  }

  @Test
  void columnsThatLeadThoseOfALongerIndexAreNeedless() {
    assertThat(dropped(plain("one", "a"), plain("pair", "a", "b"), plain("three", "a", "b", "c")))
        .containsExactly("one", "pair");
  }

  @Test
  void whatIsNotInFrontIsNotServed() {
    assertThat(dropped(plain("b", "b"), plain("pair", "a", "b"))).isEmpty();
  }

  @Test
  void anIndexReadBackwardsIsTheSame() {
    ExistingIndex down = of("down", definition("btree", List.of(desc("a")), List.of(), null));

    assertThat(dropped(plain("up", "a"), down)).containsExactly("down");
  }

  private static IndexElement desc(String column) {
    return new IndexElement(column, null, true, true);
  }

  static List<ExistingIndex> unlike() {
    return List.of(
        of("hash", definition("hash", A, List.of(), null)),
        of(
            "pattern",
            definition(
                "btree",
                List.of(new IndexElement("a", "text_pattern_ops", false, false)),
                List.of(),
                null)),
        of(
            "collated",
            definition(
                "btree", List.of(IndexElement.ascending("a COLLATE \"C\"")), List.of(), null)),
        of(
            "nulls",
            definition(
                "btree", List.of(new IndexElement("a", null, false, true)), List.of(), null)),
        of("payload", definition("btree", A, List.of("z"), null)),
        of("partial", definition("btree", A, List.of(), "(b > 0)")),
        of(
            "expression",
            definition("btree", List.of(IndexElement.ascending("lower(a)")), List.of(), null)));
  }

  @ParameterizedTest
  @MethodSource("unlike")
  void whatDiffersInMoreThanTheNameIsNotRedundant(ExistingIndex other) {
    // an index of the other kind is not needless because of the plain pair
    assertThat(dropped(plain("pair", "a", "b"), other)).isEmpty();
  }

  @Test
  void theSamePredicateMakesPartialIndexesComparable() {
    ExistingIndex one = of("one", definition("btree", A, List.of(), "(b > 0)"));
    ExistingIndex pair =
        of(
            "pair",
            definition(
                "btree",
                List.of(IndexElement.ascending("a"), IndexElement.ascending("c")),
                List.of(),
                "b > 0"));

    assertThat(dropped(one, pair)).containsExactly("one");
  }

  @Test
  void anInvalidIndexMakesNothingNeedless() {
    assertThat(dropped(plain("a", "a"), invalid("pair", "a", "b"))).isEmpty();
  }

  @Test
  void aShorterIndexThatPaysForItselfStays() {
    AnalysisBuilder orders =
        AnalysisBuilder.table("orders")
            .existing(plain("one", "a"))
            .existing(plain("wide", "a", "b", "c"))
            .query("q", "(a = $1)", 5, 100, 100, "one");

    assertThat(dropped(orders.reads("q", "one", 100, 150.0).build())).isEmpty();
  }

  @Test
  void aShorterIndexThatTheLongerOneReplacesGoes() {
    AnalysisBuilder orders =
        AnalysisBuilder.table("orders")
            .existing(plain("one", "a"))
            .existing(plain("wide", "a", "b", "c"))
            .query("q", "(a = $1)", 5, 100, 100, "one");

    assertThat(dropped(orders.reads("q", "one", 100, 105.0).build())).containsExactly("one");
  }

  @Test
  void aShorterIndexInUseThatNobodyAskedAboutStays() {
    assertThat(
            dropped(
                AnalysisBuilder.table("orders")
                    .existing(plain("one", "a"))
                    .existing(plain("wide", "a", "b", "c"))
                    .query("q", "(a = $1)", 5, 100, 100, "one")
                    .build()))
        .isEmpty();
  }

  @Test
  void theAdviceIsReadyToBeATicket() {
    Recommendation advice =
        Indexes.advice(Finding.REDUNDANT, orders(plain("one", "a"), plain("pair", "a", "b")))
            .get(0);

    assertThat(advice.kind()).isEqualTo(RecommendationKind.DROP_INDEX);
    assertThat(advice.severity()).isEqualTo(Severity.LOW);
    assertThat(advice.ddl()).isEqualTo("DROP INDEX CONCURRENTLY public.one");
    assertThat(advice.inverseDdl())
        .isEqualTo("CREATE INDEX CONCURRENTLY one ON public.orders USING btree (a)");
    assertThat(advice.sizeBytes()).isEqualTo(1_000_000);
    assertThat(advice.writes().entriesPerMinute()).isEqualTo(15.5);
    assertThat(advice.title())
        .isEqualTo("Drop the index one of public.orders: its columns lead those of pair");
    assertThat(advice.body())
        .contains("DROP INDEX CONCURRENTLY public.one;")
        .contains("| the index that stays | `pair` |")
        .contains("To take it back:");
  }

  @Test
  void theSameAdviceHasTheSameIdWhateverElseIsFound() {
    Recommendation alone =
        Indexes.advice(Finding.REDUNDANT, orders(plain("one", "a"), plain("pair", "a", "b")))
            .get(0);
    List<Recommendation> among =
        Indexes.advice(
            Finding.REDUNDANT,
            orders(plain("one", "a"), plain("again", "a"), plain("pair", "a", "b")));

    assertThat(among).hasSize(2).extracting(Recommendation::id).contains(alone.id());
  }
}
