package dev.logdex.analyzer.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.IndexElement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MergingTest {
  private static List<String> merged(IndexDefinition... definitions) {
    return new Merging(column -> 8)
        .of(List.of(definitions)).stream().map(IndexDefinition::sql).toList();
  }

  private static IndexDefinition btree(List<String> keys, String... include) {
    return index("btree", keys, null, include);
  }

  private static IndexDefinition index(
      String method, List<String> keys, @Nullable String where, String... include) {
    List<IndexElement> elements = keys.stream().map(IndexElement::ascending).toList();
    return new IndexDefinition(method, elements, List.of(include), where);
  }

  @Test
  void whatTheSameKeysCarryIsPutTogether() {
    assertThat(merged(btree(List.of("a"), "c"), btree(List.of("a"), "b", "d")))
        .containsExactly("USING btree (a) INCLUDE (b, c, d)");
  }

  @Test
  void ofThreeThereIsEveryPairAndTheWhole() {
    assertThat(merged(btree(List.of("a"), "b"), btree(List.of("a"), "c"), btree(List.of("a"), "d")))
        .containsExactlyInAnyOrder(
            "USING btree (a) INCLUDE (b, c)",
            "USING btree (a) INCLUDE (b, d)",
            "USING btree (a) INCLUDE (c, d)",
            "USING btree (a) INCLUDE (b, c, d)");
  }

  @Test
  void longerKeysTakeInWhatShorterOnesCarry() {
    assertThat(merged(btree(List.of("a"), "c", "d"), btree(List.of("a", "c"))))
        .containsExactly("USING btree (a, c) INCLUDE (d)");
  }

  @Test
  void whatCarriesNothingIsTakenInWithoutMore() {
    assertThat(merged(btree(List.of("a")), btree(List.of("a", "b")))).isEmpty();
  }

  @Test
  void otherKeysOtherRowsAndOtherMethodsStayApart() {
    assertThat(
            merged(
                btree(List.of("a"), "b"),
                btree(List.of("c"), "d"),
                index("btree", List.of("a"), "e > 0", "f"),
                index("gist", List.of("a"), null, "g")))
        .isEmpty();
  }

  @Test
  void itIsNotMadeWiderThanAnybodyWants() {
    assertThat(merged(btree(List.of("a"), "b", "c", "d"), btree(List.of("a"), "e", "f", "g")))
        .isEmpty();
  }

  @Test
  void manyThatBeginAlikeMakeFewAndTheWidestIsAmongThem() {
    List<IndexDefinition> many = new ArrayList<>();
    Stream.of("b", "c", "d", "e", "f").forEach(each -> many.add(btree(List.of("a"), each)));

    assertThat(merged(many.toArray(IndexDefinition[]::new)))
        .doesNotHaveDuplicates()
        .hasSize(12)
        .contains("USING btree (a) INCLUDE (b, c, d, e, f)");
  }
}
