package dev.logdex.recommender.upkeep;

import static dev.logdex.recommender.upkeep.Indexes.invalid;
import static dev.logdex.recommender.upkeep.Indexes.orders;
import static dev.logdex.recommender.upkeep.Indexes.plain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.event.ExistingIndex;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.analyzer.event.TableFacts;
import dev.logdex.analyzer.event.TableNeighbours;
import dev.logdex.recommender.AnalysisBuilder;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.Severity;
import dev.logdex.recommender.usage.IndexUsage;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OtherAdviceTest {
  private static List<Recommendation> advice(TableAnalysis analysis) {
    return new OtherAdvice(UpkeepPolicy.DEFAULT).of(analysis, IndexUsage.NOTHING_KNOWN, List.of());
  }

  @Test
  void aboutOneIndexThereIsOneAdvice() {
    assertThat(advice(orders(plain("tmp_a", "a"), plain("a", "a"))))
        .singleElement()
        .satisfies(advice -> assertThat(advice.title()).endsWith("it repeats a"));
  }

  @Test
  void theMostSevereComesFirst() {
    assertThat(advice(orders(plain("a", "a"), plain("ab", "a", "b"), invalid("c", "c"))))
        .extracting(Recommendation::severity)
        .containsExactly(Severity.MEDIUM, Severity.LOW);
  }

  @Test
  void theSameAnalysisGivesTheSameAdvice() {
    TableAnalysis analysis = orders(plain("a", "a"), plain("ab", "a", "b"), invalid("c", "c"));

    assertThat(advice(analysis)).isEqualTo(advice(analysis));
  }

  @Test
  void whatIsTurnedOffIsNotLookedFor() {
    assertThat(
            new OtherAdvice(UpkeepPolicy.DEFAULT.only(Set.of()))
                .of(
                    orders(plain("a", "a"), plain("ab", "a", "b"), invalid("c", "c")),
                    IndexUsage.NOTHING_KNOWN,
                    List.of()))
        .isEmpty();
  }

  @Test
  void theIndexOfAParentIsDroppedWithItsPartsAndMadeAgainWithThem() {
    TableFacts parent =
        new TableFacts(1, 1, 1, true, 3, null, null, null, List.of(), TableNeighbours.NONE);
    ExistingIndex short1 =
        new ExistingIndex(
            "a",
            AnalysisBuilder.btree("a"),
            "CREATE INDEX a ON ONLY public.orders USING btree (a)",
            false,
            false,
            true,
            1);
    Recommendation advice =
        advice(
                AnalysisBuilder.table("orders")
                    .facts(parent)
                    .existing(short1)
                    .existing(plain("ab", "a", "b"))
                    .build())
            .get(0);

    assertThat(advice.ddl()).isEqualTo("DROP INDEX public.a");
    assertThat(advice.inverseDdl()).isEqualTo("CREATE INDEX a ON public.orders USING btree (a)");
    assertThat(advice.steps().get(0).lock()).startsWith("ACCESS EXCLUSIVE");
  }
}
