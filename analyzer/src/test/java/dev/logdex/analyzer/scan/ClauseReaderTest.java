package dev.logdex.analyzer.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClauseReaderTest {
  private static final ClauseReader ORDERS = new ClauseReader(Set.of("o"));

  private static Clause read(String condition) {
    return ORDERS.read(ClauseReader.conjuncts(condition).get(0));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          (o.id = 5)                                                  | COMPARISON | (id = $1)                      | id         | =
          (5 = o.id)                                                  | COMPARISON | (id = $1)                      | id         | =
          ('3'::numeric < o.amount)                                   | COMPARISON | (amount > $1)                  | amount     | >
          (o.id >= $1)                                                | COMPARISON | (id >= $1)                     | id         | >=
          (o.id = $0)                                                 | COMPARISON | (id = $1)                      | id         | =
          (o.id = (InitPlan 1).col1)                                  | COMPARISON | (id = $1)                      | id         | =
          (o.id = '-5'::integer)                                      | COMPARISON | (id = $1)                      | id         | =
          ((o.email)::text = 'x'::text)                               | COMPARISON | ((email)::text = $1)           | email      | =
          (o.status = 'it''s ; (x)'::text)                            | COMPARISON | (status = $1)                  | status     | =
          (o.status = E'a\\\\b'::text)                                | COMPARISON | (status = $1)                  | status     | =
          (o."Kind" = 7)                                              | COMPARISON | ("Kind" = $1)                  | Kind       | =
          (o."a.b" = 7)                                               | COMPARISON | ("a.b" = $1)                   | a.b        | =
          (o.at > '2020-01-01 00:00:00+00'::timestamp with time zone) | COMPARISON | (at > $1)                      | at         | >
          (o.at > (now() - '1 day'::interval))                        | COMPARISON | (at > (now() - $1))            | at         | >
          (o.at > CURRENT_DATE)                                       | COMPARISON | (at > CURRENT_DATE)            | at         | >
          (o.note ~~ 'secret%'::text)                                 | COMPARISON | (note ~~ $1)                   | note       | ~~
          (o.data ->> 'k'::text)                                      | COMPARISON | (data ->> $1)                  | data       | ->>
          (o.id = ANY ('{1,2}'::integer[]))                           | ANY        | (id = ANY ($1))                | id         | =
          (o.id = ANY (ARRAY[$1, $2]))                                | ANY        | (id = ANY ($1))                | id         | =
          ((o.email)::text = ANY ('{a,"b,c"}'::text[]))               | ANY        | ((email)::text = ANY ($1))     | email      | =
          (o.id IS NULL)                                              | IS_NULL    | (id IS NULL)                   | id         | ''
          (o.id IS NOT NULL)                                          | NOT_NULL   | (id IS NOT NULL)               | id         | ''
          o.active                                                    | BOOLEAN    | (active)                       | active     | ''
          (NOT o.active)                                              | BOOLEAN    | (NOT active)                   | active     | ''
          (ROW(o.at, o.id) < ROW('x'::text, 7))                       | ROW        | (ROW(at, id) < $1)             | at,id      | <
          """)
  void readsAConditionOnAColumn(
      String condition, Clause.Form form, String text, String columns, String operator) {
    Clause clause = read(condition);
    assertThat(clause.form()).isEqualTo(form);
    assertThat(clause.text()).isEqualTo(text);
    assertThat(String.join(",", clause.columns())).isEqualTo(columns);
    assertThat(clause.operator()).isEqualTo(operator.equals("''") ? "" : operator);
    assertThat(clause.joins()).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          (lower(o.email) = 'secret'::text)               | (lower(email) = $1)
          (lower((o.email)::text) = 'secret'::text)       | (lower((email)::text) = $1)
          ((o.a + 424242) = 7)                            | ((a + $1) = $2)
          ((o.a = 424242) OR (o.b = 'secret'::text))      | ((a = $1) OR (b = $2))
          (o.a = o.b)                                     | (a = b)
          (o.a <> ALL ('{424242}'::integer[]))            | (a <> ALL ($1))
          (o.name = 'secret'::text COLLATE "C")           | (name = $1 COLLATE "C")
          ((hashed SubPlan 2) OR (o.a = 424242))          | ((hashed SubPlan 2) OR (a = $1))
          ((o.at)::date = '2020-01-01'::date)             | ((at)::date = $1)
          ((o.name)::character varying(3) = 'secret'::text) | ((name)::character varying($1) = $2)
          CASE WHEN (o.a > 424242) THEN true ELSE false END | (CASE WHEN (a > $1) THEN $2 ELSE $3 END)
          (o.tags[424242] = 'secret'::text)               | (tags[$1] = $2)
          (o.a = pg_catalog.abs(o.b))                     | (a = pg_catalog.abs(b))
          (o.bits = B'101'::"bit")                        | (bits = $1)
          """)
  void keepsTheTextOfAnythingElseWithoutItsLiterals(String condition, String text) {
    Clause clause = read(condition);
    assertThat(clause.text()).isEqualTo(text).doesNotContain("secret").doesNotContain("424242");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          (lower(o.email) = 'x'::text)
          ((o.a = 1) OR (o.b = 2))
          (o.a = o.b)
          (o.a <> ALL ('{1}'::integer[]))
          (o.name = ('x'::text COLLATE "C") = true)
          (ROW(o.a, lower(o.b)) < ROW(1, 'x'::text))
          ((o.name)::character varying(3) = 'x'::text)
          (o.tags[1] = 'x'::text)
          """)
  void suchAConditionIsOnNoColumn(String condition) {
    assertThat(read(condition).form()).isEqualTo(Clause.Form.OTHER);
    assertThat(read(condition).columns()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          (c.id = o.customer_id)           | (customer_id = $1)
          (o.customer_id = c.id)           | (customer_id = $1)
          (o.at > (c.at + '1 day'::interval)) | (at > $1)
          (c.at < o.at)                    | (at > $1)
          (o.id = ANY (c.ids))             | (id = ANY ($1))
          """)
  void aComparisonWithAnotherTableIsAJoin(String condition, String text) {
    Clause clause = read(condition);
    assertThat(clause.joins()).isTrue();
    assertThat(clause.text()).isEqualTo(text);
    assertThat(clause.form()).isNotEqualTo(Clause.Form.OTHER);
  }

  @Test
  void anAndIsTakenApartAtEveryDepth() {
    assertThat(ClauseReader.conjuncts("((o.a = 1) AND ((o.b = 2) AND o.c) AND (NOT o.d))"))
        .hasSize(4);
    assertThat(ClauseReader.conjuncts("((o.a = 1) OR ((o.b = 2) AND o.c))")).hasSize(1);
    assertThat(ClauseReader.conjuncts("(o.a = ' AND '::text)")).hasSize(1);
  }

  @Test
  void theCastOfAColumnIsTold() {
    assertThat(read("((o.email)::text = 'x'::text)").castTo()).isEqualTo("text");
    assertThat(
            read("((o.at)::timestamp without time zone > 'x'::timestamp without time zone)")
                .castTo())
        .isEqualTo("timestamp without time zone");
    assertThat(read("((o.ids)::integer[] = '{1}'::integer[])").castTo()).isEqualTo("integer[]");
    assertThat(read("((o.m)::public.mood = 'x'::public.mood)").castTo()).isEqualTo("public.mood");
    assertThat(read("(o.email = 'x'::text)").castTo()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          o.at                    | at
          o.at DESC               | at DESC
          o.at DESC NULLS LAST    | at DESC NULLS LAST
          o.at NULLS FIRST        | at NULLS FIRST
          (o.email)::text         | email
          o."Kind" DESC           | Kind DESC
          """)
  void readsASortKey(String key, String text) {
    assertThat(SortKey.parse(key, Set.of("o")).orElseThrow().text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "c.at",
    "lower(o.email)",
    "(count(*)) DESC",
    "o.a COLLATE \"C\"",
    "o.a USING ~<~",
    "(o.a + 1)"
  })
  void aSortKeyThatIsNoColumnIsNone(String key) {
    assertThat(SortKey.parse(key, Set.of("o"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          (o.a = 1)                                                          | 1
          (o.a = ANY ('{1,2,3}'::integer[]))                                 | 3
          ((o.a = ANY ('{1,2,3}'::integer[])) AND (o.b = ANY ('{1,2}'::integer[]))) | 6
          (o.a = ANY (E'{"a,b","c\\\\"d",e}'::text[]))                       | 3
          (o.a = ANY ('{"a,b",c}'::text[]))                                  | 2
          (o.a = ANY ($1))                                                   | 10
          (o.a = ANY (ARRAY[$1, $2]))                                        | 2
          """)
  void anIndexIsSearchedForEachValueOfAList(String condition, double descents) {
    assertThat(ScanConditions.descents(condition)).isEqualTo(descents);
  }

  @Test
  void withoutAConditionAnIndexIsSearchedOnce() {
    assertThat(ScanConditions.descents(null)).isEqualTo(1);
  }

  @Test
  void damagedTextDoesNotThrow() {
    for (String text : List.of("", "(", ")", "((o.a = ", "o.", "(= 1)", "(o.a =)", "'", "(NOT)")) {
      ClauseReader.conjuncts(text)
          .forEach(condition -> assertThat(ORDERS.read(condition)).isNotNull());
    }
  }
}
