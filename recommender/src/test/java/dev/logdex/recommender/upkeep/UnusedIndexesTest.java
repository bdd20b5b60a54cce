package dev.logdex.recommender.upkeep;

import static dev.logdex.recommender.AnalysisBuilder.btree;
import static dev.logdex.recommender.upkeep.Indexes.CONSTRAINT;
import static dev.logdex.recommender.upkeep.Indexes.invalid;
import static dev.logdex.recommender.upkeep.Indexes.orders;
import static dev.logdex.recommender.upkeep.Indexes.plain;
import static dev.logdex.recommender.upkeep.Indexes.tied;
import static dev.logdex.recommender.upkeep.Indexes.unique;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.event.ExistingIndex;
import dev.logdex.analyzer.event.IndexTies;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.recommender.AnalysisBuilder;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.usage.IndexFigures;
import dev.logdex.recommender.usage.IndexUsage;
import dev.logdex.recommender.usage.NodeUsage;
import dev.logdex.recommender.usage.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnusedIndexesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
  private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(35));

  private static IndexFigures figures(String index, long scans) {
    return new IndexFigures(
        new Reading.Name("public", index), scans, null, null, 1_000_000L, 1_000.0);
  }

  private static Reading reading(Instant since, boolean replica, int standbys, long scans) {
    return Reading.of(
        NOW,
        since,
        replica,
        standbys,
        List.of(figures("a", scans), figures("orders_pkey", 77)),
        List.of());
  }

  private static NodeUsage primary(Instant since, long scans) {
    return NodeUsage.read("shop", "db1", reading(since, false, 0, scans));
  }

  private static NodeUsage replica(Instant since, long scans) {
    return NodeUsage.read("shop", "db2", reading(since, true, 0, scans));
  }

  private static List<Recommendation> advice(TableAnalysis analysis, NodeUsage... nodes) {
    return Indexes.advice(Finding.UNUSED, analysis, new IndexUsage(List.of(nodes)), List.of());
  }

  private static List<Recommendation> advice(NodeUsage... nodes) {
    return advice(orders(plain("a", "a")), nodes);
  }

  @Test
  void anIndexThatNoNodeReadsIsUnused() {
    Recommendation advice = advice(primary(LONG_AGO, 0), replica(LONG_AGO, 0)).get(0);

    assertThat(advice.ddl()).isEqualTo("DROP INDEX CONCURRENTLY public.a");
    assertThat(advice.title()).isEqualTo("Drop the index a of public.orders: nothing reads it");
    assertThat(advice.body())
        .contains("| scans on db1 | `none for 35 days` |")
        .contains("| scans on db2 (replica) | `none for 35 days` |");
  }

  @Test
  void withoutFiguresOfProductionNothingIsUnused() {
    assertThat(advice()).isEmpty();
  }

  @Test
  void anIndexThatOnlyTheReplicaReadsIsUsed() {
    assertThat(advice(primary(LONG_AGO, 0), replica(LONG_AGO, 1))).isEmpty();
  }

  @Test
  void aNodeThatDoesNotAnswerMayReadTheIndex() {
    assertThat(advice(primary(LONG_AGO, 0), NodeUsage.unknown("shop", "db2", "refused"))).isEmpty();
    assertThat(
            advice(
                primary(LONG_AGO, 0),
                NodeUsage.unknown(NodeUsage.ANY_DATABASE, "prometheus", "refused")))
        .isEmpty();
  }

  @Test
  void otherDatabasesNodesDoNotMatter() {
    assertThat(advice(primary(LONG_AGO, 0), NodeUsage.unknown("blog", "db9", "refused")))
        .hasSize(1);
    assertThat(advice(NodeUsage.read("blog", "db9", reading(LONG_AGO, false, 0, 0)))).isEmpty();
  }

  @Test
  void aNodeWhoseCountersAreYoungDoesNotCountYet() {
    Instant young = LONG_AGO.plusSeconds(1);

    assertThat(advice(primary(LONG_AGO, 0), replica(young, 0))).isEmpty();
    assertThat(advice(primary(young, 0))).isEmpty();
    assertThat(advice(primary(null, 0))).isEmpty();
  }

  @Test
  void aReplicaThatNobodyConfiguredMayReadTheIndex() {
    NodeUsage followed = NodeUsage.read("shop", "db1", reading(LONG_AGO, false, 1, 0));

    assertThat(advice(followed)).isEmpty();
    assertThat(advice(followed, replica(LONG_AGO, 0))).hasSize(1);
  }

  @Test
  void replicasAloneSayNothing() {
    assertThat(advice(replica(LONG_AGO, 0))).isEmpty();
  }

  @Test
  void aServerThatCountsNothingSaysNothing() {
    assertThat(
            advice(
                NodeUsage.read(
                    "shop",
                    "db1",
                    Reading.of(NOW, LONG_AGO, false, 0, List.of(figures("a", 0)), List.of()))))
        .isEmpty();
  }

  @Test
  void anIndexThatANodeDoesNotHaveIsNotKnown() {
    assertThat(
            advice(
                primary(LONG_AGO, 0),
                NodeUsage.read(
                    "shop", "db2", Reading.of(NOW, LONG_AGO, true, 0, List.of(), List.of()))))
        .isEmpty();
  }

  @Test
  void anIndexThatWasSeenToAppearIsAsOldAsThat() {
    Reading before =
        Reading.of(NOW.minus(Duration.ofDays(1)), LONG_AGO, false, 0, List.of(), List.of());
    IndexUsage usage =
        new IndexUsage(List.of(primary(LONG_AGO, 0)))
            .after(new IndexUsage(List.of(NodeUsage.read("shop", "db1", before))));

    assertThat(Indexes.advice(Finding.UNUSED, orders(plain("a", "a")), usage, List.of())).isEmpty();
    assertThat(
            Indexes.advice(
                Finding.UNUSED,
                orders(plain("a", "a")),
                new IndexUsage(List.of(primary(LONG_AGO, 0)))
                    .after(new IndexUsage(List.of(primary(LONG_AGO, 0)))),
                List.of()))
        .hasSize(1);
  }

  @Test
  void aLastReadingLongAgoIsKnownFromPostgres16On() {
    assertThat(advice(NodeUsage.read("shop", "db1", lastRead(Duration.ofDays(40))))).hasSize(1);
    assertThat(advice(NodeUsage.read("shop", "db1", lastRead(Duration.ofDays(3))))).isEmpty();
  }

  private static Reading lastRead(Duration ago) {
    IndexFigures figures =
        new IndexFigures(
            new Reading.Name("public", "a"), 5, NOW.minus(ago), null, 1_000_000L, null);
    return Reading.of(NOW, NOW.minus(Duration.ofDays(100)), false, 0, List.of(figures), List.of());
  }

  @Test
  void anIndexThatTheLogsPlansReadIsUsed() {
    assertThat(
            advice(
                AnalysisBuilder.table("orders")
                    .existing(plain("a", "a"))
                    .query("q", "(a = $1)", 1, 10, 10, "a")
                    .build(),
                primary(LONG_AGO, 0)))
        .isEmpty();
  }

  @Test
  void whatIsThereForMoreThanQueriesStays() {
    for (ExistingIndex index :
        List.of(
            unique("a", "a"),
            invalid("a", "a"),
            tied("a", btree("a"), CONSTRAINT),
            tied("a", btree("a"), new IndexTies(false, false, false, false, true)),
            tied("a", btree("a"), null))) {
      assertThat(advice(orders(index), primary(LONG_AGO, 0))).isEmpty();
    }
  }

  @Test
  void smallIndexesAreLeftAlone() {
    IndexFigures small =
        new IndexFigures(new Reading.Name("public", "a"), 0, null, null, 32L * 1024, null);

    assertThat(
            advice(
                NodeUsage.read(
                    "shop",
                    "db1",
                    Reading.of(
                        NOW,
                        LONG_AGO,
                        false,
                        0,
                        List.of(small, figures("orders_pkey", 1)),
                        List.of()))))
        .isEmpty();
  }
}
