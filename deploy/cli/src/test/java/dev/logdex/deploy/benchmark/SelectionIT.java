package dev.logdex.deploy.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.event.StatementCost;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.embedded.ItParts;
import dev.logdex.normalizer.event.Fingerprint;
import dev.logdex.tpch.TpchQuery;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is recommended for TPC-H's queries, really built on a small database. */
class SelectionIT {
  private static final double SCALE = 0.05;

  private static String name;
  private static String url;
  private static List<TableAnalysis> tables;

  @BeforeAll
  static void analyse() throws SQLException {
    name = ItParts.postgres().createDatabase("selection");
    url = ItParts.postgres().superuserUrl(name);
    SelectionBenchmark.fill(url, SCALE);
    tables = TpchAnalysis.of(url);
  }

  @AfterAll
  static void drop() {
    if (name != null) {
      ItParts.postgres().dropDatabase(name);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {3_000_000, 6_000_000, 20_000_000})
  void whatIsReallyBuiltKeepsToTheBudgetAndMakesNoQueryDearer(long budget) throws SQLException {
    IndexSet set = new IndexSet("budget", Recommended.within(budget, tables));

    assertThat(set.indexes()).isNotEmpty();
    assertThat(set.sizeBytes()).isLessThanOrEqualTo(budget);
    try (MeasuredDatabase database = MeasuredDatabase.open(url)) {
      database.build(set);
      try {
        assertThat(database.sizeBytes(set)).isLessThanOrEqualTo(Math.round(1.1 * budget));
        Map<String, Double> before = database.without(set, () -> costs(database));
        Map<String, Double> after = costs(database);
        assertThat(sum(after)).isLessThan(0.1 * sum(before));
        assertThat(after)
            .allSatisfy(
                (query, cost) ->
                    assertThat(cost).as(query).isLessThanOrEqualTo(1.1 * before.get(query)));
      } finally {
        database.drop(set);
      }
    }
  }

  @Test
  void moreStorageIsNeverWorthLess() throws SQLException {
    try (MeasuredDatabase database = MeasuredDatabase.open(url)) {
      double none = sum(costs(database));
      double little = supposed(database, 3_000_000);
      double unbounded = supposed(database, Long.MAX_VALUE);

      assertThat(little).isLessThan(none);
      assertThat(unbounded).isLessThanOrEqualTo(little);
    }
  }

  @Test
  void noIndexIsReallyMuchLargerThanExpected() throws SQLException {
    try (MeasuredDatabase database = MeasuredDatabase.open(url)) {
      for (PlannedIndex index : new Peers(tables).everyHelping()) {
        IndexSet alone = new IndexSet("alone", List.of(index));
        database.create(alone);
        long size = database.sizeBytes(alone);
        database.drop(alone);
        assertThat(size).as(index.toString()).isLessThan(Math.round(1.5 * index.sizeBytes()));
      }
    }
  }

  /** The queries that get really slower with these indexes at scale 1, and three that do not. */
  @Test
  void gainsThatAreGoneWithoutACacheAreMarked() {
    assertThat(restingOnCache("USING btree (l_suppkey)")).contains(fingerprint(7), fingerprint(21));
    assertThat(restingOnCache("USING btree (l_partkey)"))
        .contains(fingerprint(9))
        .doesNotContain(fingerprint(17), fingerprint(19), fingerprint(20));
    assertThat(restingOnCache("USING btree (o_custkey)"))
        .contains(fingerprint(5), fingerprint(7))
        .doesNotContain(fingerprint(22));
  }

  private static List<String> restingOnCache(String index) {
    return tables.stream()
        .flatMap(table -> table.statementCosts().stream())
        .filter(cost -> cost.index().equals(index) && cost.needsCache())
        .map(StatementCost::fingerprint)
        .toList();
  }

  private static String fingerprint(int query) {
    return new Fingerprint(query).toString();
  }

  @Test
  void aBudgetOfNothingBuildsNothing() {
    assertThat(Recommended.within(0, tables)).isEmpty();
  }

  private static double supposed(MeasuredDatabase database, long budget) throws SQLException {
    database.suppose(new IndexSet("supposed", Recommended.within(budget, tables)));
    try {
      return sum(costs(database));
    } finally {
      database.forget();
    }
  }

  private static Map<String, Double> costs(MeasuredDatabase database) throws SQLException {
    Map<String, Double> costs = new HashMap<>();
    for (TpchQuery query : TpchQuery.all()) {
      costs.put(query.name(), database.cost(query.sql()));
    }
    return costs;
  }

  private static double sum(Map<String, Double> costs) {
    return costs.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
