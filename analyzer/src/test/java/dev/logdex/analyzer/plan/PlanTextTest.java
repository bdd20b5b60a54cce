package dev.logdex.analyzer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTextTest {
  private static PlanNode read(String text) {
    return PlanText.read(text).orElseThrow();
  }

  @Test
  void nodesKeepTheirPlacesAndFigures() {
    PlanNode plan =
        read(
            """
            Hash Join  (cost=1.09..2.40 rows=5 width=8) (actual time=0.030..0.040 rows=4 loops=1)
              Hash Cond: (o.customer_id = c.id)
              ->  Seq Scan on public.orders o  (cost=0.00..1.10 rows=10 width=8) (actual time=0.005..0.006 rows=10 loops=1)
                    Filter: (doc = 5)
                    Rows Removed by Filter: 7
              ->  Hash  (cost=1.04..1.04 rows=4 width=4) (actual time=0.008..0.009 rows=4 loops=1)
                    Buckets: 1024  Batches: 1  Memory Usage: 9kB
                    ->  Index Only Scan Backward using "Odd ""i" on "Cust omers" c  (cost=0.00..1.04 rows=4 width=4) (never executed)
            """);
    assertThat(plan.type()).isEqualTo("Hash Join");
    assertThat(plan.conditions().hashCond()).isEqualTo("(o.customer_id = c.id)");
    assertThat(plan.children()).hasSize(2);
    PlanNode orders = plan.children().get(0);
    assertThat(orders.relation()).isEqualTo("orders");
    assertThat(orders.schema()).isEqualTo("public");
    assertThat(orders.alias()).isEqualTo("o");
    assertThat(orders.conditions().filter()).isEqualTo("(doc = 5)");
    assertThat(orders.actual()).isEqualTo(new PlanNode.Actual(10, 1, 7));
    PlanNode customers = plan.children().get(1).children().get(0);
    assertThat(customers.type()).isEqualTo("Index Only Scan");
    assertThat(customers.indexName()).isEqualTo("Odd \"i");
    assertThat(customers.relation()).isEqualTo("Cust omers");
    assertThat(customers.actual()).isEqualTo(new PlanNode.Actual(0, 0, 0));
  }

  @Test
  void changesBitmapsAndSubqueriesAreKnown() {
    PlanNode plan =
        read(
            """
            Update on orders  (cost=4.30..8.31 rows=0 width=0) (actual rows=0 loops=1)
              InitPlan 1 (returns $0)
                ->  Result  (cost=0.00..0.01 rows=1 width=4) (actual rows=1 loops=1)
              ->  Bitmap Heap Scan on orders  (cost=4.30..8.31 rows=1 width=6) (actual rows=3 loops=1)
                    Recheck Cond: (doc = $0)
                    ->  Bitmap Index Scan on orders_doc  (cost=0.00..4.30 rows=1 width=0) (actual rows=3 loops=1)
                          Index Cond: (doc = $0)
            """);
    assertThat(plan.operation()).isEqualTo("Update");
    assertThat(plan.children())
        .extracting(PlanNode::relationship)
        .isEqualTo(List.of("InitPlan", "Outer"));
    PlanNode heap = plan.children().get(1);
    assertThat(heap.readsRelation()).isTrue();
    assertThat(heap.indexReads().map(PlanNode::indexName)).containsExactly("orders_doc");
    assertThat(heap.children().get(0).readsRelation()).isFalse();
  }

  @Test
  void aParallelScanIsTold() {
    PlanNode plan =
        read(
            """
            Gather  (cost=1000.00..2000.00 rows=10 width=8) (actual time=1.0..2.0 rows=9 loops=1)
              Workers Planned: 2
              ->  Parallel Seq Scan on t  (cost=0.00..900.00 rows=4 width=8) (actual time=0.1..0.9 rows=3 loops=3)
            """);
    assertThat(plan.children().get(0).parallelAware()).isTrue();
    assertThat(plan.children().get(0).type()).isEqualTo("Seq Scan");
  }

  @Test
  void whatIsNoPlanIsNone() {
    assertThat(PlanText.read("")).isEmpty();
    assertThat(PlanText.read("Filter: (a = 1)\nnothing")).isEmpty();
    assertThat(read("Result  (cost=0.00..0.01 rows=1 width=4)").actual()).isNull();
  }
}
