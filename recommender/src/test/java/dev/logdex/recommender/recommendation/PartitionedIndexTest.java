package dev.logdex.recommender.recommendation;

import static dev.logdex.recommender.AnalysisBuilder.btree;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.event.Partition;
import dev.logdex.analyzer.event.TableFacts;
import dev.logdex.analyzer.event.TableName;
import dev.logdex.analyzer.event.TableNeighbours;
import dev.logdex.recommender.AnalysisBuilder;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.Step;
import dev.logdex.recommender.selection.GoodEnough;
import dev.logdex.recommender.selection.SelectorChoice;
import dev.logdex.recommender.selection.Thresholds;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartitionedIndexTest {
  private static final String ID = "0123456789abcdef";

  private static TableFacts parent(List<Partition> partitions, int leftOut, String... taken) {
    return new TableFacts(
        1_000_000,
        120_000_000,
        100,
        true,
        partitions.size() + leftOut,
        null,
        null,
        null,
        List.of(),
        new TableNeighbours(partitions, leftOut, List.of(taken)));
  }

  private static Partition leaf(String name, int parent) {
    return new Partition("public", name, Partition.Form.TABLE, parent);
  }

  private static List<String> steps(List<Partition> partitions, Set<String> taken) {
    return PartitionedIndex.of(
            new TableName("shop", "public", "orders"),
            "index_orders_on_a",
            btree("a"),
            ID,
            parent(partitions, 0),
            taken)
        .steps()
        .stream()
        .map(Step::sql)
        .toList();
  }

  @Test
  void eachPartitionIsIndexedAloneAndThenAttached() {
    assertThat(steps(List.of(leaf("orders_1", -1), leaf("orders_2", -1)), new HashSet<>()))
        .containsExactly(
            "CREATE INDEX index_orders_on_a ON ONLY public.orders USING btree (a)",
            "CREATE INDEX CONCURRENTLY index_orders_1_on_a ON public.orders_1 USING btree (a)",
            "ALTER INDEX public.index_orders_on_a ATTACH PARTITION public.index_orders_1_on_a",
            "CREATE INDEX CONCURRENTLY index_orders_2_on_a ON public.orders_2 USING btree (a)",
            "ALTER INDEX public.index_orders_on_a ATTACH PARTITION public.index_orders_2_on_a");
  }

  @Test
  void namesOfPartsAreFreeAndFit() {
    List<Partition> partitions =
        IntStream.range(0, 20).mapToObj(i -> leaf("p".repeat(60) + "_" + i, -1)).toList();
    Set<String> taken = new HashSet<>(Set.of("index_orders_on_b"));

    List<String> steps = steps(partitions, taken);

    assertThat(steps).hasSize(41);
    assertThat(taken).hasSize(22).allMatch(name -> name.getBytes(UTF_8).length <= 63);
  }

  @Test
  void aNameThatIsTakenInTheSchemaIsNotGivenAgain() {
    assertThat(
            steps(List.of(leaf("orders_1", -1)), new HashSet<>(Set.of("index_orders_1_on_a")))
                .get(1))
        .startsWith("CREATE INDEX CONCURRENTLY index_orders_1_on_a_01234567 ON");
  }

  @Test
  void theRecommendationOfAParentHasTheRecipe() {
    Recommendation advice = recommendation(parent(List.of(leaf("orders_1", -1)), 3));

    assertThat(advice.steps()).hasSize(3);
    assertThat(advice.ddl())
        .isEqualTo("CREATE INDEX index_orders_on_a ON ONLY public.orders USING btree (a)");
    assertThat(advice.inverseDdl()).isEqualTo("DROP INDEX public.index_orders_on_a");
    assertThat(advice.limits()).anyMatch(limit -> limit.startsWith("3 more partitions"));
    assertThat(advice.body()).contains("ATTACH PARTITION public.index_orders_1_on_a;");
  }

  @Test
  void aPlainTableHasOneStepAndANameThatNothingNearbyHas() {
    TableFacts facts =
        new TableFacts(
            1_000_000,
            120_000_000,
            100,
            false,
            0,
            null,
            null,
            null,
            List.of(),
            new TableNeighbours(List.of(), 0, List.of("index_orders_on_a")));
    Recommendation advice = recommendation(facts);

    assertThat(advice.steps()).hasSize(1);
    assertThat(advice.ddl()).startsWith("CREATE INDEX CONCURRENTLY index_orders_on_a_");
    assertThat(advice.limits()).isEmpty();
  }

  private static Recommendation recommendation(TableFacts facts) {
    return new Advisor(SelectorChoice.always(new GoodEnough()), Thresholds.DEFAULT, Limits.DEFAULT)
        .advise(
            AnalysisBuilder.table("orders")
                .facts(facts)
                .query("q", "(a = $1)", 10, 20_000)
                .candidate("a")
                .cell("q", "a", 10)
                .build())
        .recommendations()
        .get(0);
  }
}
