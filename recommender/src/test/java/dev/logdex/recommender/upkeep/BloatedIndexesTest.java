package dev.logdex.recommender.upkeep;

import static dev.logdex.recommender.AnalysisBuilder.btree;
import static dev.logdex.recommender.upkeep.Indexes.of;
import static dev.logdex.recommender.upkeep.Indexes.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.logdex.analyzer.event.ColumnFacts;
import dev.logdex.analyzer.event.ExistingIndex;
import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.TableFacts;
import dev.logdex.analyzer.event.TableNeighbours;
import dev.logdex.recommender.AnalysisBuilder;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.RecommendationKind;
import dev.logdex.recommender.usage.IndexFigures;
import dev.logdex.recommender.usage.IndexUsage;
import dev.logdex.recommender.usage.NodeUsage;
import dev.logdex.recommender.usage.Reading;
import dev.logdex.recommender.usage.TableFigures;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BloatedIndexesTest {
  private static final TableFacts FACTS =
      new TableFacts(
          10_000_000,
          1L << 30,
          100,
          false,
          0,
          null,
          null,
          null,
          List.of(column("a", 4), column("b", 4), column("c", 4)),
          TableNeighbours.NONE);

  private static ColumnFacts column(String name, double width) {
    return new ColumnFacts(name, name, "integer", width, 1_000, 0, null);
  }

  private static List<Recommendation> advice(ExistingIndex index, Long bytes, Double entries) {
    Reading.Name name = new Reading.Name("public", index.name());
    Reading reading =
        Reading.of(
            Instant.EPOCH,
            null,
            false,
            0,
            List.of(new IndexFigures(name, 5, null, null, bytes, entries)),
            List.of(new TableFigures(new Reading.Name("public", "orders"), 1.0, null)));
    return Indexes.advice(
        Finding.BLOAT,
        AnalysisBuilder.table("orders").facts(FACTS).existing(index).build(),
        new IndexUsage(List.of(NodeUsage.read("shop", "db1", reading))),
        List.of());
  }

  @Test
  void theDueSizeIsThatOfAFreshIndex() {
    // measured: 22.5 MB for a million int4, 31.5 MB for three of them
    assertThat((double) DueSize.of(FACTS, plain("i", "a"), 1e6).orElseThrow())
        .isCloseTo(22.5e6, within(0.3e6));
    assertThat((double) DueSize.of(FACTS, plain("i", "a", "b", "c"), 1e6).orElseThrow())
        .isCloseTo(31.5e6, within(0.5e6));
  }

  @Test
  void anIndexOfManyTimesItsDueSizeIsRebuilt() {
    Recommendation advice = advice(plain("i", "a"), 700L << 20, 1e7).get(0);

    assertThat(advice.kind()).isEqualTo(RecommendationKind.REINDEX);
    assertThat(advice.ddl()).isEqualTo("REINDEX INDEX CONCURRENTLY public.i");
    assertThat(advice.title()).contains("it takes 700 MB where 21");
    assertThat(advice.sizeBytes()).isBetween(480L << 20, 490L << 20);
    assertThat(advice.inverseDdl()).isEmpty();
  }

  @Test
  void anIndexOfItsDueSizeIsLeftAlone() {
    assertThat(advice(plain("i", "a"), 300L << 20, 1e7)).isEmpty();
  }

  @Test
  void littleBloatIsLeftAlone() {
    assertThat(advice(plain("i", "a"), 90L << 20, 1e5)).isEmpty();
  }

  @Test
  void whatIsNotKnownIsNotBloat() {
    assertThat(advice(plain("i", "a"), null, 1e7)).isEmpty();
    assertThat(advice(plain("i", "a"), 700L << 20, null)).isEmpty();
    assertThat(advice(plain("i", "a"), 700L << 20, 0.0)).isEmpty();
    assertThat(advice(plain("i", "lower(a)"), 700L << 20, 1e7)).isEmpty();
    assertThat(
            Indexes.advice(
                Finding.BLOAT,
                AnalysisBuilder.table("orders").facts(FACTS).existing(plain("i", "a")).build()))
        .isEmpty();
  }

  @Test
  void onlyBtreesHaveADueSize() {
    IndexDefinition hash = new IndexDefinition("hash", btree("a").elements(), List.of(), null);

    assertThat(advice(of("i", hash), 700L << 20, 1e7)).isEmpty();
  }
}
