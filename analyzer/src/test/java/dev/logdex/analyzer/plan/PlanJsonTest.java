package dev.logdex.analyzer.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanJsonTest {
  @Test
  void readsTheTreeWithItsCosts() {
    PlanNode limit = Plans15.read("bet");
    assertThat(limit.type()).isEqualTo("Limit");
    assertThat(limit.totalCost()).isEqualTo(55.08);
    PlanNode scan = limit.children().get(0);
    assertThat(scan.type()).isEqualTo("Index Scan");
    assertThat(scan.relation()).isEqualTo("orders");
    assertThat(scan.schema()).isEqualTo("public");
    assertThat(scan.alias()).isEqualTo("orders");
    assertThat(scan.startupCost()).isEqualTo(0.04);
    assertThat(scan.rows()).isEqualTo(100);
    assertThat(scan.conditions().filter()).isEqualTo("(orders.doc = 77)");
    assertThat(scan.conditions().indexCond()).isNull();
  }

  @Test
  void readsHowLongPlanningTook() {
    String json = "[{\"Plan\": {\"Node Type\": \"Result\"}, \"Planning Time\": 1234.567}]";
    assertThat(PlanJson.planned(json).planningTime()).isEqualTo(Duration.ofNanos(1_234_567_000));
  }

  @Test
  void theIndexOfABitmapScanIsThatOfItsChild() {
    assertThat(Plans15.read("bitmap-in").indexReads())
        .extracting(PlanNode::indexName)
        .containsExactly("<13556>btree_orders_customer_id");
    assertThat(Plans15.read("update").indexReads()).isEmpty();
  }

  @Test
  void aModifyTableIsNoRead() {
    PlanNode update = Plans15.read("update");
    assertThat(update.operation()).isEqualTo("Update");
    assertThat(update.readsRelation()).isFalse();
    assertThat(update.children().get(0).readsRelation()).isTrue();
  }

  @Test
  void aHashedSubplanIsToldFromOneThatRunsOftener() {
    PlanNode hashed = Plans15.read("hashed-subplan-bare");
    assertThat(hashed.hashes(hashed.children().get(0))).isTrue();
    PlanNode correlated = Plans15.read("subplan");
    assertThat(correlated.hashes(correlated.children().get(0))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "[]", "[{\"Plan\": 1}]", "secret", "[{\"Plan\": {\"a\": secret"})
  void refusesWhatIsNoPlanWithoutRepeatingIt(String text) {
    assertThatThrownBy(() -> PlanJson.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .message()
        .doesNotContain("secret");
  }
}
