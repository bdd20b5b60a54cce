package dev.logdex.recommender.recommendation;

import static dev.logdex.recommender.AnalysisBuilder.btree;
import static dev.logdex.recommender.event.RecommendationKind.CREATE_INDEX;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.TableName;
import dev.logdex.recommender.event.RecommendationKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecommendationIdTest {
  private static final TableName ORDERS = new TableName("shop", "public", "orders");

  @Test
  void theIdIsTheSameInEveryRelease() {
    // a changed id would open every ticket a second time
    assertThat(RecommendationId.of(ORDERS, CREATE_INDEX, btree("customer_id", "placed_at")))
        .isEqualTo("38217e322fb3b92a");
  }

  @Test
  void spellingsOfTheSameDefinitionHaveOneId() {
    IndexDefinition one =
        new IndexDefinition("btree", btree("a").elements(), List.of(), "deleted_at IS NULL");
    IndexDefinition other =
        new IndexDefinition("BTREE", btree("a").elements(), List.of(), "(deleted_at IS NULL)");

    assertThat(RecommendationId.of(ORDERS, CREATE_INDEX, one))
        .isEqualTo(RecommendationId.of(ORDERS, CREATE_INDEX, other));
  }

  @Test
  void anotherDatabaseTableOrDefinitionIsOtherAdvice() {
    assertThat(
            List.of(
                RecommendationId.of(ORDERS, CREATE_INDEX, btree("a", "b")),
                RecommendationId.of(ORDERS, CREATE_INDEX, btree("b", "a")),
                RecommendationId.of(ORDERS, CREATE_INDEX, btree("a")),
                RecommendationId.of(
                    new TableName("shop", "archive", "orders"), CREATE_INDEX, btree("a")),
                RecommendationId.of(
                    new TableName("test", "public", "orders"), CREATE_INDEX, btree("a")),
                RecommendationId.of(
                    new TableName("shop", "public.orders", "x"), CREATE_INDEX, btree("a")),
                RecommendationId.of(
                    new TableName("shop", "public", "orders.x"), CREATE_INDEX, btree("a"))))
        .doesNotHaveDuplicates();
  }

  @Test
  void adviceWithoutADefinitionIsToldApartByWhatItIsAbout() {
    assertThat(
            List.of(
                RecommendationId.of(ORDERS, RecommendationKind.DROP_INDEX, List.of("a")),
                RecommendationId.of(ORDERS, RecommendationKind.DROP_INDEX, List.of("b")),
                RecommendationId.of(ORDERS, RecommendationKind.REINDEX, List.of("a")),
                RecommendationId.of(ORDERS, RecommendationKind.ANALYZE, List.of()),
                RecommendationId.of(ORDERS, RecommendationKind.VACUUM, List.of()),
                RecommendationId.of(
                    ORDERS, RecommendationKind.CREATE_STATISTICS, List.of("a", "b")),
                RecommendationId.of(ORDERS, RecommendationKind.CREATE_STATISTICS, List.of("a b"))))
        .doesNotHaveDuplicates();
  }
}
