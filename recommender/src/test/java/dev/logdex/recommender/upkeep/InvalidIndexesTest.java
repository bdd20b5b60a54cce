package dev.logdex.recommender.upkeep;

import static dev.logdex.recommender.AnalysisBuilder.btree;
import static dev.logdex.recommender.upkeep.Indexes.advice;
import static dev.logdex.recommender.upkeep.Indexes.index;
import static dev.logdex.recommender.upkeep.Indexes.invalid;
import static dev.logdex.recommender.upkeep.Indexes.orders;
import static dev.logdex.recommender.upkeep.Indexes.plain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.event.IndexTies;
import dev.logdex.analyzer.event.TableFacts;
import dev.logdex.analyzer.event.TableNeighbours;
import dev.logdex.recommender.AnalysisBuilder;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.RecommendationKind;
import dev.logdex.recommender.event.Severity;
import dev.logdex.recommender.event.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class InvalidIndexesTest {
  private static List<String> steps(Recommendation advice) {
    return advice.steps().stream().map(Step::sql).toList();
  }

  @Test
  void anInvalidIndexIsDroppedAndMadeAgain() {
    Recommendation advice = advice(Finding.INVALID, orders(invalid("a", "a"))).get(0);

    assertThat(advice.kind()).isEqualTo(RecommendationKind.DROP_INDEX);
    assertThat(steps(advice))
        .containsExactly(
            "DROP INDEX CONCURRENTLY public.a",
            "CREATE INDEX CONCURRENTLY a ON public.orders USING btree (a)");
  }

  @Test
  void aRemnantIsOnlyDropped() {
    assertThat(
            advice(Finding.INVALID, orders(plain("pair", "a", "b"), invalid("a", "a"))).stream()
                .map(InvalidIndexesTest::steps))
        .containsExactly(List.of("DROP INDEX CONCURRENTLY public.a"));
    assertThat(
            advice(Finding.INVALID, orders(invalid("a_ccnew1", "a"))).stream()
                .map(InvalidIndexesTest::steps))
        .containsExactly(List.of("DROP INDEX CONCURRENTLY public.a_ccnew1"));
  }

  @Test
  void anInvalidUniqueIndexIsRebuiltAndNeverDropped() {
    Recommendation advice =
        advice(Finding.INVALID, orders(index("key", btree("a"), true, false, IndexTies.NONE)))
            .get(0);

    assertThat(advice.kind()).isEqualTo(RecommendationKind.REINDEX);
    assertThat(advice.severity()).isEqualTo(Severity.HIGH);
    assertThat(advice.ddl()).isEqualTo("REINDEX INDEX CONCURRENTLY public.key");
  }

  @Test
  void aValidIndexIsLeftAlone() {
    assertThat(advice(Finding.INVALID, orders(plain("a", "a")))).isEmpty();
  }

  @Test
  void theIndexOfAParentMayLackAPartition() {
    TableFacts parent =
        new TableFacts(1, 1, 1, true, 3, null, null, null, List.of(), TableNeighbours.NONE);

    assertThat(
            advice(
                Finding.INVALID,
                AnalysisBuilder.table("orders").facts(parent).existing(invalid("a", "a")).build()))
        .isEmpty();
  }
}
