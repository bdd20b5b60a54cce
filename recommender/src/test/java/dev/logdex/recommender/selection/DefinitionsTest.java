package dev.logdex.recommender.selection;

import static dev.logdex.recommender.AnalysisBuilder.btree;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.IndexElement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a      | a      | true",
        "a      | a b    | true",
        "a b    | a b c  | true",
        "a b    | a      | false",
        "b      | a b    | false",
        "a c    | a b c  | false",
      })
  void aBtreeServesInPlaceOfOneWhoseKeysLeadItsOwn(String wanted, String existing, boolean serves) {
    assertThat(
            Definitions.servesInPlaceOf(
                btree(existing.trim().split(" ")), btree(wanted.trim().split(" "))))
        .isEqualTo(serves);
  }

  @Test
  void aBtreeIsReadBackwardsToo() {
    IndexDefinition descending =
        new IndexDefinition(
            "btree", List.of(new IndexElement("a", null, true, true)), List.of(), null);

    assertThat(Definitions.servesInPlaceOf(btree("a", "b"), descending)).isTrue();
  }

  @Test
  void nullsInAnotherPlaceAreAnotherOrder() {
    IndexDefinition nullsFirst =
        new IndexDefinition(
            "btree", List.of(new IndexElement("a", null, false, true)), List.of(), null);

    assertThat(Definitions.servesInPlaceOf(btree("a"), nullsFirst)).isFalse();
  }

  @Test
  void aMixOfDirectionsIsServedByItsReverseOnly() {
    IndexDefinition mixed =
        new IndexDefinition(
            "btree",
            List.of(IndexElement.ascending("a"), new IndexElement("b", null, true, true)),
            List.of(),
            null);
    IndexDefinition reverse =
        new IndexDefinition(
            "btree",
            List.of(new IndexElement("a", null, true, true), IndexElement.ascending("b")),
            List.of(),
            null);

    assertThat(Definitions.servesInPlaceOf(reverse, mixed)).isTrue();
    assertThat(Definitions.servesInPlaceOf(btree("a", "b"), mixed)).isFalse();
  }

  @Test
  void aPartialIndexServesInPlaceOfNoOtherDefinition() {
    IndexDefinition partial = withWhere(btree("a", "b"), "deleted_at IS NULL");

    assertThat(Definitions.servesInPlaceOf(partial, btree("a"))).isFalse();
    assertThat(Definitions.servesInPlaceOf(btree("a", "b"), withWhere(btree("a"), "x"))).isFalse();
    assertThat(Definitions.servesInPlaceOf(partial, partial)).isTrue();
  }

  @Test
  void otherMethodsAndOperatorClassesAreOtherIndexes() {
    IndexDefinition hash = new IndexDefinition("hash", btree("a").elements(), List.of(), null);
    IndexDefinition pattern =
        new IndexDefinition(
            "btree",
            List.of(new IndexElement("a", "text_pattern_ops", false, false)),
            List.of(),
            null);

    assertThat(Definitions.servesInPlaceOf(btree("a"), hash)).isFalse();
    assertThat(Definitions.servesInPlaceOf(hash, btree("a"))).isFalse();
    assertThat(Definitions.servesInPlaceOf(btree("a"), pattern)).isFalse();
    assertThat(Definitions.servesInPlaceOf(hash, hash)).isTrue();
  }

  @Test
  void includedColumnsMustBeInTheOther() {
    IndexDefinition including =
        new IndexDefinition("btree", btree("a").elements(), List.of("b"), null);

    assertThat(Definitions.servesInPlaceOf(btree("a"), including)).isFalse();
    assertThat(Definitions.servesInPlaceOf(btree("a", "b"), including)).isTrue();
    assertThat(Definitions.servesInPlaceOf(including, btree("a"))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "deleted_at IS NULL | (deleted_at IS NULL) | true",
        "((a = 1))          | a = 1                | true",
        "(a = 1) OR (b = 1) | a = 1) OR (b = 1     | false",
        "(a = ')') AND (b)  | a = ')') AND (b      | false",
        "a IS NULL          | b IS NULL            | false",
      })
  void outerParenthesesOfAPredicateMeanNothing(String one, String other, boolean same) {
    assertThat(Definitions.same(withWhere(btree("x"), one), withWhere(btree("x"), other)))
        .isEqualTo(same);
  }

  private static IndexDefinition withWhere(IndexDefinition definition, String where) {
    return new IndexDefinition(
        definition.method(), definition.elements(), definition.include(), where);
  }
}
