package dev.logdex.recommender.upkeep;

import static dev.logdex.recommender.upkeep.Indexes.advice;
import static dev.logdex.recommender.upkeep.Indexes.invalid;
import static dev.logdex.recommender.upkeep.Indexes.orders;
import static dev.logdex.recommender.upkeep.Indexes.plain;
import static dev.logdex.recommender.upkeep.Indexes.unique;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.recommender.AnalysisBuilder;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.Severity;
import org.junit.jupiter.api.Test;

class TemporaryIndexesTest {
  @Test
  void aTemporaryIndexThatIsStillThereIsToBeDropped() {
    Recommendation advice =
        advice(Finding.TEMPORARY, orders(plain("tmp_index_orders_on_a", "a"))).get(0);

    assertThat(advice.ddl()).isEqualTo("DROP INDEX CONCURRENTLY public.tmp_index_orders_on_a");
    assertThat(advice.title()).endsWith("a temporary index is still there");
    assertThat(advice.severity()).isEqualTo(Severity.LOW);
  }

  @Test
  void oneThatQueriesReadIsToldOfMoreQuietly() {
    Recommendation advice =
        advice(
                Finding.TEMPORARY,
                AnalysisBuilder.table("orders")
                    .existing(plain("tmp_a", "a"))
                    .query("q", "(a = $1)", 1, 10, 10, "tmp_a")
                    .build())
            .get(0);

    assertThat(advice.severity()).isEqualTo(Severity.INFO);
    assertThat(advice.reason()).contains("1 scan reads it").contains("RENAME TO");
  }

  @Test
  void otherIndexesAreLeftAlone() {
    assertThat(
            advice(
                Finding.TEMPORARY,
                orders(plain("orders_tmp_a", "a"), unique("tmp_b", "b"), invalid("tmp_c", "c"))))
        .isEmpty();
  }
}
