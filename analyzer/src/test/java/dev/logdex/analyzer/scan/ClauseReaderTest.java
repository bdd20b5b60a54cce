package dev.logdex.analyzer.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClauseReaderTest {
  private static final ClauseReader ORDERS = new ClauseReader(Set.of("o"), Commutators.COMPARISONS);

  private static Clause read(String condition) {
    return ORDERS.read(ClauseReader.conjuncts(condition).get(0));
  }

  private static String castTo(String condition) {
    return read(condition).operands().get(0).castTo();
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
          (o.a = o.b)
          (o.name = ('x'::text COLLATE "C") = true)
          (o.* IS NOT DISTINCT FROM ROW(1))
          CASE WHEN (o.a > 1) THEN true ELSE false END
          (o.a IS NOT TRUE)
          """)
  void noIndexElementServesSuchACondition(String condition) {
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
    assertThat(castTo("((o.email)::text = 'x'::text)")).isEqualTo("text");
    assertThat(castTo("((o.at)::timestamp without time zone > 'x'::timestamp without time zone)"))
        .isEqualTo("timestamp without time zone");
    assertThat(castTo("((o.ids)::integer[] = '{1}'::integer[])")).isEqualTo("integer[]");
    assertThat(castTo("((o.m)::public.mood = 'x'::public.mood)")).isEqualTo("public.mood");
    assertThat(castTo("(o.email = 'x'::text)")).isNull();
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
          o.a COLLATE "C" DESC    | a COLLATE "C" DESC
          lower(o.email)          | lower(email)
          (o.a + 424242) DESC     | (a + $1) DESC
          """)
  void readsASortKey(String key, String text) {
    assertThat(SortKey.parse(key, Set.of("o"), Commutators.COMPARISONS).orElseThrow().text())
        .isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"c.at", "(count(*)) DESC", "o.a USING ~<~", "(o.a + c.b)", "o.*"})
  void aSortKeyThatIsNoColumnIsNone(String key) {
    assertThat(SortKey.parse(key, Set.of("o"), Commutators.COMPARISONS)).isEmpty();
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

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          (lower(o.email) = 'x'::text)                     | COMPARISON | lower(email)                    | =   | text
          (lower((o.email)::text) = 'x'::text)             | COMPARISON | lower((email)::text)            | =   | text
          ((o.a + 1) > 7)                                  | COMPARISON | (a + 1)                         | >   | integer
          (7 < (o.a + 1))                                  | COMPARISON | (a + 1)                         | >   | integer
          ((o.data ->> 'k'::text) = 'x'::text)             | COMPARISON | (data ->> 'k'::text)            | =   | text
          (((o.data -> 'a'::text) ->> 'k'::text) = 'x'::text) | COMPARISON | ((data -> 'a'::text) ->> 'k'::text) | = | text
          ((o.at)::date = '2020-01-01'::date)              | COMPARISON | ((at)::date)                    | =   | date
          ((o.name)::character varying(3) = 'x'::text)     | COMPARISON | ((name)::character varying(3))  | =   | text
          (date_trunc('day'::text, o.at) = '2020-01-01 00:00:00'::timestamp without time zone) | COMPARISON | date_trunc('day'::text, at) | = | timestamp without time zone
          (EXTRACT(year FROM o.at) = '2020'::numeric)      | COMPARISON | EXTRACT(year FROM at)           | =   | numeric
          ((o.at AT TIME ZONE 'UTC'::text) > '2020-01-01'::timestamp without time zone) | COMPARISON | (at AT TIME ZONE 'UTC'::text) | > | timestamp without time zone
          (COALESCE(o.a, 0) = 5)                           | COMPARISON | COALESCE(a, 0)                  | =   | integer
          (o.tags[1] = 'x'::text)                          | COMPARISON | (tags[1])                       | =   | text
          (o.tags @> '{x}'::text[])                        | COMPARISON | tags                            | @>  | text[]
          (o.data ? 'k'::text)                             | COMPARISON | data                            | ?   | text
          (o.words @@ '''x'''::tsquery)                    | COMPARISON | words                           | @@  | tsquery
          (to_tsvector('english'::regconfig, o.note) @@ '''x'''::tsquery) | COMPARISON | to_tsvector('english'::regconfig, note) | @@ | tsquery
          (o.span && '[1,2)'::int4range)                   | COMPARISON | span                            | &&  | int4range
          (o.place <@ '(1,1),(0,0)'::box)                  | COMPARISON | place                           | <@  | box
          (o.note ~~* '%x%'::text)                         | COMPARISON | note                            | ~~* | text
          (o.a OPERATOR(pg_catalog.=) 5)                   | COMPARISON | a                               | =   | integer
          (o.status <> ALL ('{a,b}'::text[]))              | ALL        | status                          | <>  | text[]
          (lower(o.a) IS NULL)                             | IS_NULL    | lower(a)                        | ``  |
          (o.a IS TRUE)                                    | BOOLEAN    | a                               | ``  |
          (NOT is_odd(o.a))                                | BOOLEAN    | is_odd(a)                       | ``  |
          (o.price > '1.5'::double precision)              | COMPARISON | price                           | >   | double precision
          (o.price > 1.5)                                  | COMPARISON | price                           | >   | numeric
          (o.id = '5'::bigint)                             | COMPARISON | id                              | =   | bigint
          (o.m = 'x'::public.mood)                         | COMPARISON | m                               | =   | public.mood
          """)
  void anOperandIsWhatAnIndexCouldBeOn(
      String condition, Clause.Form form, String key, String operator, String valueType) {
    Clause clause = read(condition);
    assertThat(clause.form()).isEqualTo(form);
    assertThat(clause.operands()).extracting(Operand::key).containsExactly(key);
    assertThat(clause.operator()).isEqualTo(operator);
    assertThat(clause.value().type()).isEqualTo(valueType);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          (o.status = 'open'::text)                        | (status = 'open'::text)
          ('open'::text = o.status)                        | ('open'::text = status)
          (o."Kind" = 7)                                   | ("Kind" = 7)
          (o.deleted_at IS NULL)                           | (deleted_at IS NULL)
          o.active                                         | (active)
          (NOT o.active)                                   | (NOT active)
          ((o.a = 1) OR (o.b = 'x'::text))                 | ((a = 1) OR (b = 'x'::text))
          (o.a IS NOT TRUE)                                | (a IS NOT TRUE)
          (o.status <> ALL ('{a,b}'::text[]))              | (status <> ALL ('{a,b}'::text[]))
          (o.a = $1)                                       |
          (o.a = c.a)                                      |
          (o.a = (InitPlan 1).col1)                        |
          (hashed SubPlan 2)                               |
          """)
  void aConditionOnConstantsAloneMayStandInAPartialIndex(String condition, String predicate) {
    assertThat(read(condition).predicate()).isEqualTo(predicate);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          (o.a ~~ 'x%'::text)       | true
          (o.a ~~ '%x'::text)       | false
          (o.a ~~ '_x'::text)       | false
          (o.a ~~ ''::text)         | false
          (o.a ~~* '12%'::text)     | true
          (o.a ~~* 'x%'::text)      | false
          (o.a ~ '^abc'::text)      | true
          (o.a ~ 'abc'::text)       | false
          (o.a ~ '^a*'::text)       | false
          (o.a ~ '^(ab)'::text)     | false
          (o.a ^@ 'x'::text)        | true
          (o.a ~~ $1)               | false
          """)
  void aPatternMayHaveAFixedBeginning(String condition, boolean anchored) {
    assertThat(read(condition).value().anchored()).isEqualTo(anchored);
  }

  @Test
  void anAlternativeHasNoFixedBeginning() {
    assertThat(read("(o.a ~ '^a|b'::text)").value().anchored()).isFalse();
  }

  @Test
  void theArmsOfAnOrAreClausesOfTheirOwn() {
    Clause or = read("((o.a = 1) OR ((o.b = 2) AND (o.c > 3)) OR (o.d = c.x))");
    assertThat(or.form()).isEqualTo(Clause.Form.OR);
    assertThat(or.arms()).extracting(List::size).containsExactly(1, 2, 1);
    assertThat(or.columns()).containsExactly("a", "b", "c", "d");
    assertThat(or.joins()).isTrue();
    assertThat(or.text()).isEqualTo("((a = $1) OR ((b = $2) AND (c > $3)) OR (d = $4))");
  }

  @Test
  void constantsDoNotMakeClausesDifferent() {
    Clause one = read("(o.status = 'one'::text)");
    Clause other = read("(o.status = 'other'::text)");
    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    assertThat(one.toString()).isEqualTo("(status = $1)");
    Clause agreed = one.agreeingWith(other);
    assertThat(agreed.predicate()).isNull();
    assertThat(agreed.value().constant()).isNull();
    assertThat(one.agreeingWith(one).predicate()).isEqualTo("(status = 'one'::text)");
  }

  @Test
  void aKeyWithAConstantThatSamplesDisagreeOnIsNone() {
    Clause one = read("((o.data ->> 'a'::text) = 'x'::text)");
    Clause other = read("((o.data ->> 'b'::text) = 'x'::text)");
    assertThat(one.text()).isEqualTo("((data ->> $1) = $2)");
    assertThat(one.agreeingWith(other).operands().get(0).key()).isNull();
    Clause sameKey = read("((o.data ->> 'a'::text) = 'y'::text)");
    assertThat(one.agreeingWith(sameKey).operands().get(0).key()).isEqualTo("(data ->> 'a'::text)");
  }

  @Test
  void whatSamplesCanDisagreeOnIsKnown() {
    assertThat(read("(o.status = 'one'::text)").hasConstants()).isTrue();
    assertThat(read("((o.data ->> 'a'::text) = $1)").hasConstants()).isTrue();
    assertThat(read("(o.status = $1)").hasConstants()).isFalse();
    assertThat(read("(o.deleted_at IS NULL)").hasConstants()).isFalse();
    Clause other = read("(o.status = 'other'::text)");
    assertThat(read("(o.status = 'one'::text)").agreeingWith(other).hasConstants()).isFalse();
  }

  @Test
  void anOperatorOfTheCatalogChangesSides() {
    ClauseReader reader = new ClauseReader(Set.of("o"), new Commutators(Map.of("<@", "@>")));
    Clause clause = reader.read(Expression.parse("'{x}'::text[] <@ o.tags"));
    assertThat(clause.operator()).isEqualTo("@>");
    assertThat(clause.text()).isEqualTo("(tags @> $1)");
    assertThat(read("('{x}'::text[] <@ o.tags)").form()).isEqualTo(Clause.Form.OTHER);
  }

  @Test
  void anOrderMayBeByADistance() {
    SortKey key =
        SortKey.parse("(o.place <-> '(0,0)'::point)", Set.of("o"), Commutators.COMPARISONS)
            .orElseThrow();
    assertThat(key.distance().operator()).isEqualTo("<->");
    assertThat(key.distance().operands().get(0).key()).isEqualTo("place");
    assertThat(key.text()).isEqualTo("(place <-> $1)");
  }
}
