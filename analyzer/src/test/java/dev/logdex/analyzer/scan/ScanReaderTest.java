package dev.logdex.analyzer.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.catalog.RelationName;
import dev.logdex.analyzer.plan.Plans15;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScanReaderTest {
  private static final ScanReader READER =
      new ScanReader(ScanReaderTest::tableOf, Commutators.COMPARISONS);

  private static Optional<RelationName> tableOf(RelationName relation) {
    return relation.schema().equals("pg_catalog")
        ? Optional.empty()
        : Optional.of(
            new RelationName(relation.schema(), relation.name().replaceFirst("_20\\d\\d$", "")));
  }

  private static TableScan scan(String plan, String table) {
    List<TableScan> scans =
        READER.read(Plans15.read(plan)).stream()
            .filter(scan -> scan.table().name().equals(table))
            .toList();
    assertThat(scans).hasSize(1);
    return scans.get(0);
  }

  private static List<String> texts(List<Clause> clauses) {
    return clauses.stream().map(Clause::text).toList();
  }

  private static List<String> order(TableScan scan) {
    return scan.order().stream().map(SortKey::text).toList();
  }

  @Test
  void conditionsOnOneTableAndJoinsAreToldApart() {
    TableScan orders = scan("join-bare", "orders");
    assertThat(texts(orders.where())).containsExactly("(doc = $1)");
    assertThat(texts(orders.joins())).containsExactly("(customer_id = $1)");
    TableScan customers = scan("join-bare", "customers");
    assertThat(texts(customers.where())).containsExactly("((email)::text = $1)");
    assertThat(texts(customers.joins())).containsExactly("(id = $1)");
  }

  @Test
  void theOrderIsThatOfTheSortAbove() {
    assertThat(order(scan("join-bare", "orders")))
        .containsExactly("shipped_at DESC", "customer_id");
    assertThat(scan("join-bare", "orders").limited()).isTrue();
    assertThat(order(scan("join-bare", "customers"))).isEmpty();
  }

  @Test
  void theOuterSideOfAnOuterJoinCannotBeLookedUp() {
    assertThat(texts(scan("left-join-bare", "orders").joins()))
        .containsExactly("(customer_id = $1)");
    assertThat(scan("left-join-bare", "customers").joins()).isEmpty();
    assertThat(texts(scan("left-join-bare", "customers").where()))
        .containsExactly("((country = $1) OR active)");
  }

  @Test
  void partitionsAreReadAsTheirParent() {
    TableScan events = scan("partitions-bare", "events");
    assertThat(texts(events.where())).containsExactly("(kind = $1)");
    assertThat(texts(events.joins())).containsExactly("(customer_id = $1)");
    assertThat(order(events)).containsExactly("at");
    assertThat(events.limited()).isTrue();
    assertThat(events.aliases()).containsExactlyInAnyOrder("e", "e_1", "e_2");
    assertThat(events.rows()).isEqualTo(11431);
  }

  @Test
  void theSmallestValueIsTheFirstInOrder() {
    TableScan orders = scan("min-bare", "orders");
    assertThat(order(orders)).containsExactly("shipped_at");
    assertThat(orders.limited()).isTrue();
  }

  @Test
  void aGroupingWantsAnOrderAndItsLimitIsNotOneOfRows() {
    TableScan orders = scan("group-bare", "orders");
    assertThat(order(orders)).containsExactly("customer_id");
    assertThat(orders.limited()).isFalse();
  }

  @Test
  void aHashedSubplanHidesALookUp() {
    assertThat(texts(scan("hashed-subplan-bare", "orders").joins()))
        .containsExactly("(customer_id = $1)");
  }

  @Test
  void aCorrelatedSubplanLooksUp() {
    assertThat(texts(scan("subplan", "orders").joins())).containsExactly("(customer_id = $1)");
    assertThat(scan("subplan", "orders").where()).isEmpty();
  }

  @Test
  void anUpdateReadsItsTable() {
    assertThat(texts(scan("update", "orders").where())).containsExactly("(customer_id = $1)");
  }

  @Test
  void tablesOfNoInterestAreLeftOut() {
    ScanReader nothing = new ScanReader(relation -> Optional.empty(), Commutators.COMPARISONS);
    assertThat(nothing.read(Plans15.read("join-bare"))).isEmpty();
  }
}
