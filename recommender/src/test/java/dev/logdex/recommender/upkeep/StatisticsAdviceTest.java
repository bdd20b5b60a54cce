package dev.logdex.recommender.upkeep;

import static dev.logdex.recommender.AnalysisBuilder.fingerprint;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.event.Observation;
import dev.logdex.analyzer.event.TableFacts;
import dev.logdex.analyzer.event.TableNeighbours;
import dev.logdex.recommender.AnalysisBuilder;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.RecommendationKind;
import dev.logdex.recommender.event.Severity;
import dev.logdex.recommender.event.Step;
import dev.logdex.recommender.usage.IndexUsage;
import dev.logdex.recommender.usage.NodeUsage;
import dev.logdex.recommender.usage.Reading;
import dev.logdex.recommender.usage.TableFigures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** VACUUM, ANALYZE and CREATE STATISTICS. */
class StatisticsAdviceTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:00Z");
  private static final Observation LOW_VISIBILITY =
      new Observation.LowVisibility(List.of(fingerprint("q")), 0.3);
  private static final Observation OLD =
      new Observation.OldStatistics(List.of(fingerprint("q")), NOW.minus(Duration.ofDays(30)));

  private static AnalysisBuilder orders(Observation... observations) {
    AnalysisBuilder orders = AnalysisBuilder.table("orders").query("q", "(city = $1)", 2, 500);
    for (Observation observation : observations) {
      orders.observed(observation);
    }
    return orders;
  }

  private static Observation misestimate(String... columns) {
    return new Observation.Misestimate(List.of(fingerprint("q")), List.of(columns), 10, 90_000);
  }

  private static IndexUsage production(Double visible, Instant analysed) {
    return new IndexUsage(
        List.of(
            NodeUsage.read(
                "shop",
                "db1",
                Reading.of(
                    NOW,
                    null,
                    false,
                    0,
                    List.of(),
                    List.of(
                        new TableFigures(
                            new Reading.Name("public", "orders"), visible, analysed))))));
  }

  private static List<String> steps(Recommendation advice) {
    return advice.steps().stream().map(Step::sql).toList();
  }

  @Test
  void lowVisibilityCallsForVacuum() {
    Recommendation advice =
        Indexes.advice(Finding.VISIBILITY, orders(LOW_VISIBILITY).build()).get(0);

    assertThat(advice.kind()).isEqualTo(RecommendationKind.VACUUM);
    assertThat(advice.ddl()).isEqualTo("VACUUM public.orders");
    assertThat(advice.severity()).isEqualTo(Severity.INFO);
    assertThat(advice.limits()).singleElement().asString().contains("the analysis database");
    assertThat(advice.steps().get(0).transactional()).isFalse();
  }

  @Test
  void whatProductionSaysOfVisibilityGoesFirst() {
    assertThat(
            Indexes.advice(
                Finding.VISIBILITY,
                orders(LOW_VISIBILITY).build(),
                production(0.99, null),
                List.of()))
        .isEmpty();
    assertThat(
            Indexes.advice(
                Finding.VISIBILITY,
                orders(LOW_VISIBILITY).build(),
                production(0.4, null),
                List.of()))
        .singleElement()
        .satisfies(
            advice -> {
              assertThat(advice.severity()).isEqualTo(Severity.MEDIUM);
              assertThat(advice.limits()).isEmpty();
              assertThat(advice.body()).contains("| all-visible pages | `40 %` |");
            });
  }

  @Test
  void withoutAnObservationNothingIsAdvised() {
    for (Finding kind : List.of(Finding.VISIBILITY, Finding.STATISTICS, Finding.CORRELATION)) {
      assertThat(Indexes.advice(kind, orders().build(), production(0.1, Instant.EPOCH), List.of()))
          .isEmpty();
    }
  }

  @Test
  void oldStatisticsCallForAnalyze() {
    Recommendation advice = Indexes.advice(Finding.STATISTICS, orders(OLD).build()).get(0);

    assertThat(steps(advice)).containsExactly("ANALYZE public.orders");
    assertThat(advice.severity()).isEqualTo(Severity.LOW);
  }

  @Test
  void statisticsThatAreFreshInProductionAreNotOld() {
    Instant yesterday = NOW.minus(Duration.ofDays(1));

    assertThat(
            Indexes.advice(
                Finding.STATISTICS, orders(OLD).build(), production(1.0, yesterday), List.of()))
        .isEmpty();
  }

  @Test
  void aMisestimateByOneColumnCallsForAnalyze() {
    Recommendation advice =
        Indexes.advice(Finding.STATISTICS, orders(misestimate("city")).build()).get(0);

    assertThat(steps(advice)).containsExactly("ANALYZE public.orders");
    assertThat(advice.severity()).isEqualTo(Severity.MEDIUM);
    assertThat(advice.body()).contains("10 rows expected, 90,000 came, by conditions on city");
  }

  @Test
  void freshStatisticsThatMisleadAreMadeMoreDetailed() {
    TableFacts facts =
        new TableFacts(
            1_000, 100_000, 50, false, 0, null, NOW, null, List.of(), TableNeighbours.NONE);
    Recommendation advice =
        Indexes.advice(Finding.STATISTICS, orders(misestimate("city")).facts(facts).build()).get(0);

    assertThat(steps(advice))
        .containsExactly(
            "ALTER TABLE public.orders ALTER COLUMN city SET STATISTICS 1000",
            "ANALYZE public.orders");
    assertThat(advice.inverseDdl())
        .isEqualTo("ALTER TABLE public.orders ALTER COLUMN city SET STATISTICS -1");
  }

  @Test
  void aMisestimateBySeveralColumnsCallsForExtendedStatistics() {
    Recommendation advice =
        Indexes.advice(Finding.CORRELATION, orders(misestimate("City", "zip")).build()).get(0);

    assertThat(advice.kind()).isEqualTo(RecommendationKind.CREATE_STATISTICS);
    assertThat(steps(advice))
        .containsExactly(
            "CREATE STATISTICS public.\"stats_orders_on_City_and_zip\" ON \"City\", zip"
                + " FROM public.orders",
            "ANALYZE public.orders");
    assertThat(advice.inverseDdl())
        .isEqualTo("DROP STATISTICS public.\"stats_orders_on_City_and_zip\"");
  }

  @Test
  void severalColumnsAreNoMatterOfAnalyze() {
    assertThat(Indexes.advice(Finding.STATISTICS, orders(misestimate("city", "zip")).build()))
        .isEmpty();
  }

  @Test
  void moreColumnsThanStatisticsCanHaveGetNone() {
    assertThat(
            Indexes.advice(
                Finding.CORRELATION,
                orders(misestimate("a", "b", "c", "d", "e", "f", "g", "h", "i")).build()))
        .isEmpty();
  }

  @Test
  void namesOfStatisticsFit() {
    String column = "ß".repeat(31);
    Recommendation advice =
        Indexes.advice(
                Finding.CORRELATION, orders(misestimate(column, "b" + column.substring(1))).build())
            .get(0);

    assertThat(advice.indexName().getBytes(UTF_8)).hasSizeLessThanOrEqualTo(63);
  }

  @Test
  void differentColumnsAreDifferentAdvice() {
    assertThat(
            Indexes.advice(
                Finding.CORRELATION,
                orders(misestimate("a", "b"), misestimate("a", "c"), misestimate("a", "b"))
                    .build()))
        .extracting(Recommendation::id)
        .hasSize(2)
        .doesNotHaveDuplicates();
  }

  @Test
  void aConditionOnAnExpressionGetsStatisticsOfTheExpression() {
    Recommendation advice =
        Indexes.advice(
                Finding.CORRELATION,
                AnalysisBuilder.table("orders")
                    .query("q", "(lower((city)::text) = $1)", 2, 500)
                    .observed(misestimate("city"))
                    .build())
            .get(0);

    assertThat(advice.ddl())
        .isEqualTo(
            "CREATE STATISTICS public.stats_orders_on_lower_city ON (lower((city)::text))"
                + " FROM public.orders");
    assertThat(advice.limits()).singleElement().asString().contains("Postgres 14");
  }
}
