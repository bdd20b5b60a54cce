package dev.logdex.recommender.recommendation;

import static dev.logdex.recommender.AnalysisBuilder.btree;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.IndexElement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IndexNameTest {
  private static final String ID = "0123456789abcdef";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "orders       | customer_id             | index_orders_on_customer_id",
        "orders       | customer_id placed_at   | index_orders_on_customer_id_and_placed_at",
        "Orders       | \"customerId\"          | index_Orders_on_customerId",
        "Größe        | \"Länge\"               | index_Größe_on_Länge",
        "order items  | \"select\"              | index_order_items_on_select",
        "say \"hi\"   | \"a\"\"b\"              | index_say_hi_on_a_b",
        "***          | \"+\"                   | index_unnamed_on_unnamed",
        "t            | (lower((email)::text))  | index_t_on_lower_email",
        "t            | lower(email)            | index_t_on_lower_email",
        "t            | (data->>'secret'::text) | index_t_on_data",
        "t            | coalesce(a,'secret')    | index_t_on_coalesce_a",
      })
  void namesSayTableAndKeys(String table, String keys, String name) {
    assertThat(name(table, btree(keys.split(" ")))).isEqualTo(name);
  }

  @Test
  void whatSetsAnIndexApartIsInItsName() {
    IndexElement descending = new IndexElement("b", null, true, true);
    IndexElement nullsLast = new IndexElement("b", null, true, false);
    IndexElement nullsFirst = new IndexElement("b", null, false, true);
    IndexElement pattern = new IndexElement("b", "text_pattern_ops", false, false);
    List<IndexElement> plain = List.of(IndexElement.ascending("b"));

    assertThat(name("t", new IndexDefinition("btree", List.of(descending), List.of(), null)))
        .isEqualTo("index_t_on_b_desc");
    assertThat(name("t", new IndexDefinition("btree", List.of(nullsLast), List.of(), null)))
        .isEqualTo("index_t_on_b_desc_nulls_last");
    assertThat(name("t", new IndexDefinition("btree", List.of(nullsFirst), List.of(), null)))
        .isEqualTo("index_t_on_b_nulls_first");
    assertThat(name("t", new IndexDefinition("btree", List.of(pattern), List.of(), null)))
        .isEqualTo("index_t_on_b_text_pattern_ops");
    assertThat(name("t", new IndexDefinition("btree", plain, List.of("c", "\"D\""), null)))
        .isEqualTo("index_t_on_b_include_c_and_D");
    assertThat(name("t", new IndexDefinition("btree", plain, List.of(), "(deleted_at IS NULL)")))
        .isEqualTo("index_t_on_b_where_deleted_at_is_null");
    assertThat(name("t", new IndexDefinition("brin", plain, List.of(), null)))
        .isEqualTo("index_t_on_b_using_brin");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "(status)::text = 'secret'::text            | status",
        "a = 'it''s secret' AND b > 4711             | a_and_b",
        "a = E'\\'secret' OR \"B c\" = $$secret$$     | a_or_B_c",
        "a = $tag$secret$tag$ AND b IS NOT NULL      | a_and_b_is_not_null",
        "placed_at > '2020-01-01'::timestamp without time zone | placed_at",
        "price > 1.5e10 AND n = ANY ('{4711}'::integer[])       | price_and_n_any",
      })
  void noLiteralOfAPredicateIsInTheName(String where, String words) {
    assertThat(name("t", new IndexDefinition("btree", btree("x").elements(), List.of(), where)))
        .isEqualTo("index_t_on_x_where_" + words.replace(' ', '_'));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20, 40, 55, 62, 63})
  void longNamesFitIn63BytesAndStayDistinct(int length) {
    String table = "t".repeat(length);
    String one = name(table, btree("a".repeat(60), "b".repeat(60)));
    String other =
        IndexName.of(table, btree("a".repeat(60), "c".repeat(60)), "fedcba9876543210", Set.of());

    assertThat(one.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(63);
    assertThat(one).startsWith("index_t").contains("_on_a").endsWith("_01234567");
    assertThat(other).isNotEqualTo(one);
  }

  @Test
  void aNameOfExactly63BytesIsNotCut() {
    String table = "t".repeat(63 - "index_".length() - "_on_a".length());

    assertThat(name(table, btree("a"))).isEqualTo("index_" + table + "_on_a").hasSize(63);
    assertThat(name(table + "t", btree("a"))).hasSizeLessThanOrEqualTo(63).endsWith("_01234567");
  }

  @Test
  void longNamesAreCutAtWordsAndNotAfterADanglingOne() {
    assertThat(
            name(
                "customer_orders",
                btree("first_column_name", "second_column_name", "third_column_name")))
        .isEqualTo("index_customer_orders_on_first_column_name_and_second_01234567");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ä", "ह", "𝒳"})
  void noCharacterIsCutInTwo(String letter) {
    for (int pad = 0; pad < 8; pad++) {
      String name =
          name("x".repeat(pad) + letter.repeat(30), btree("\"" + letter.repeat(30) + "\""));

      assertThat(name.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(63);
      assertThat(new String(name.getBytes(UTF_8), UTF_8)).isEqualTo(name);
      assertThat(name).contains("_on_" + letter);
    }
  }

  @Test
  void takenNamesAreNotTakenAgain() {
    Set<String> taken = new HashSet<>(Set.of("index_t_on_a"));
    List<String> names = new ArrayList<>();
    IntStream.range(0, 3)
        .forEach(
            i -> {
              names.add(IndexName.of("t", btree("a"), ID, taken));
              taken.add(names.get(i));
            });

    assertThat(names)
        .containsExactly(
            "index_t_on_a_01234567", "index_t_on_a_01234567_2", "index_t_on_a_01234567_3");
  }

  @Test
  void aLongTakenNameStaysWithin63Bytes() {
    IndexDefinition keys = btree("a".repeat(60));
    String first = name("t", keys);

    String second = IndexName.of("t", keys, ID, Set.of(first));

    assertThat(second).isNotEqualTo(first).hasSizeLessThanOrEqualTo(63);
  }

  private static String name(String table, IndexDefinition definition) {
    return IndexName.of(table, definition, ID, Set.of());
  }

  @Test
  void aTemporaryIndexSaysSoAndFits() {
    String name = IndexName.temporary("orders", btree("customer_id"), ID, Set.of());
    String longName =
        IndexName.temporary("t".repeat(63), btree("\"" + "ß".repeat(31) + "\""), ID, Set.of());

    assertThat(name).isEqualTo("tmp_index_orders_on_customer_id");
    assertThat(longName).startsWith("tmp_index_ttt").endsWith("_01234567");
    assertThat(longName.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(63);
    assertThat(List.of(name, longName)).allMatch(IndexName::isTemporary);
    assertThat(IndexName.isTemporary("index_orders_on_tmp_x")).isFalse();
  }

  @Test
  void aTemporaryIndexGetsANameOfItsOwn() {
    String taken = "tmp_index_orders_on_customer_id";

    assertThat(IndexName.temporary("orders", btree("customer_id"), ID, Set.of(taken)))
        .isEqualTo(taken + "_01234567");
  }
}
