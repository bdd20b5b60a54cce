package dev.logdex.analyzer.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.catalog.Epoch;
import dev.logdex.analyzer.catalog.RelationName;
import dev.logdex.analyzer.catalog.Table;
import dev.logdex.analyzer.plan.PlanFailure;
import dev.logdex.analyzer.plan.Planned;
import dev.logdex.analyzer.plan.Plans15;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class WhatIfMemoryTest {
  private static final RelationName ORDERS = new RelationName("public", "orders");
  private static final RelationName ITEMS = new RelationName("public", "items");
  private static final StatementCosts COSTS = new StatementCosts(7, List.of());
  private static final String ON_ORDERS = "SELECT * FROM orders";
  private static final String ON_ITEMS = "SELECT * FROM items";
  private static final String INDEX = "CREATE INDEX ON items (a)";

  private final WhatIfMemory memory = new WhatIfMemory(3, 5_000);

  private static Epoch epoch(String database, String orders, String items) {
    return new Epoch(database, Map.of(ORDERS, orders, ITEMS, items));
  }

  @Test
  void aChangedTableMovesOnlyWhatReadsIt() {
    memory.epoch(epoch("15", "1", "1"));
    memory.keep(INDEX, ON_ORDERS, COSTS);
    memory.keep(INDEX, ON_ITEMS, COSTS);
    memory.epoch(epoch("15", "2", "1"));
    assertThat(memory.costs(INDEX, ON_ORDERS)).isEmpty();
    assertThat(memory.costs(INDEX, ON_ITEMS)).contains(COSTS);
  }

  @Test
  void aTableBehindAViewCountsToo() {
    memory.epoch(epoch("15", "1", "1"));
    SourceCost behind = new SourceCost(ITEMS, "i", 5, 1, List.of(), false, false);
    memory.keep(INDEX, "SELECT * FROM some_view", new StatementCosts(7, List.of(behind)));
    memory.epoch(epoch("15", "1", "2"));
    assertThat(memory.costs(INDEX, "SELECT * FROM some_view")).isEmpty();
  }

  @Test
  void anotherSettingMovesEverything() {
    memory.epoch(epoch("15", "1", "1"));
    memory.keep(INDEX, ON_ITEMS, COSTS);
    memory.epoch(epoch("16", "1", "1"));
    assertThat(memory.costs(INDEX, ON_ITEMS)).isEmpty();
  }

  @Test
  void aRefusalHoldsUntilAnythingChanges() {
    Planned unknown = new Planned.Refusal(PlanFailure.of("42P01", "itemz", false));
    memory.epoch(epoch("15", "1", "1"));
    memory.keep("today", "SELECT * FROM itemz", unknown);
    memory.epoch(epoch("15", "1", "1"));
    assertThat(memory.plan("today", "SELECT * FROM itemz")).contains(unknown);
    memory.epoch(epoch("15", "2", "1"));
    assertThat(memory.plan("today", "SELECT * FROM itemz")).isEmpty();
  }

  @Test
  void whatMayPassIsNotKept() {
    memory.keep("today", ON_ITEMS, new Planned.Refusal(PlanFailure.of("55P03", null, false)));
    assertThat(memory.plan("today", ON_ITEMS)).isEmpty();
  }

  private static Table table(RelationName name) {
    return new Table(name, name.name(), 1, 8192, 1, List.of(), List.of());
  }

  @Test
  void aTableIsKnownUntilItChanges() {
    Map<RelationName, Table> both = Map.of(ORDERS, table(ORDERS), ITEMS, table(ITEMS));
    memory.epoch(epoch("15", "1", "1"));
    memory.tables(known -> both);
    memory.epoch(epoch("15", "1", "2"));
    memory.tables(
        known -> {
          assertThat(known).containsOnlyKeys(ORDERS);
          return both;
        });
    memory.epoch(epoch("16", "1", "2"));
    memory.tables(
        known -> {
          assertThat(known).isEmpty();
          return both;
        });
  }

  @Test
  void whoseARelationIsIsAskedOnceUntilItChanges() {
    List<RelationName> asked = new ArrayList<>();
    Function<RelationName, Optional<RelationName>> ask =
        relation -> {
          asked.add(relation);
          return Optional.of(ORDERS);
        };
    memory.epoch(epoch("15", "1", "1"));
    assertThat(memory.tableOf(ITEMS, ask)).contains(ORDERS);
    assertThat(memory.tableOf(ITEMS, ask)).contains(ORDERS);
    assertThat(asked).hasSize(1);
    memory.epoch(epoch("15", "1", "2"));
    memory.tableOf(ITEMS, ask);
    assertThat(asked).hasSize(2);
  }

  @Test
  void plansAreKeptUpToTheirBytes() {
    Planned plan = new Planned.Success(Plans15.read("update"));
    memory.keep("today", "first", plan);
    long bytes = Plans15.read("update").approximateBytes();
    for (int i = 0; i <= 5_000 / bytes; i++) {
      memory.keep("today", "later " + i, plan);
    }
    assertThat(memory.plan("today", "first")).isEmpty();
    assertThat(memory.plan("today", "later " + 5_000 / bytes)).contains(plan);
  }

  @Test
  void theOldestAnswersGo() {
    for (int i = 0; i < 5; i++) {
      memory.keep(INDEX, "SELECT " + i, COSTS);
    }
    assertThat(memory.costs(INDEX, "SELECT 1")).isEmpty();
    assertThat(memory.costs(INDEX, "SELECT 2")).contains(COSTS);
  }
}
