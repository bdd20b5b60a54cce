package dev.logdex.normalizer.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementNormalizerTest {

  private final StatementNormalizer normalizer = new StatementNormalizer();

  /** The canonical text first, then statements that have it. */
  static Stream<Arguments> folded() {
    return Stream.of(
        same(
            "select * from orders where customer_id = $1 and status in ($2)"
                + " order by placed_at desc limit $3",
            "SELECT * FROM orders WHERE customer_id=42 AND status IN ('new', 'paid')"
                + " ORDER BY placed_at DESC LIMIT 10",
            "select *\n\tfrom \"orders\" -- all of them\n where customer_id = $1"
                + " and status in($2,$3,$4)/* x */order by placed_at desc limit $5;",
            "Select * From ORDERS Where Customer_Id = '42'::bigint And Status In (E'a\\'b')"
                + " Order By Placed_At Desc Limit (10) ; ;"),
        // signs
        same(
            "select $1 from t where a = $2 and b between $3 and $4 or f($5, $6)",
            "select -5 from t where a = -1 and b between -1 and +1 or f(-2,-3)",
            "select - 5 from t where a=-1 and b between - $1 and - - 1 or f(2, +.5)"),
        same("select a - $1, a[$2] - $3", "select a -5, a[-1]-5", "select a - 1, a[2] - -3"),
        same("select -a, -(a), - -a, a - -a", "select - a,-(a),- - a,a- -a"),
        same(
            "select case when $1 then $2 else $3 end - $4",
            "select case when 1 then -1 else -2 end-3"),
        same("select current_date - $1", "select current_date - 7", "select current_date-7"),
        same("select $1, f($2, $3), a in ($4)", "select (1), f((1), (-2)), a in ((1), ((2)))"),
        same("insert into t values ($1, $2)", "insert into t values ((1), (2)), (3, 4)"),
        // casts and types
        same(
            "select $1 from t where a > $2",
            "select '2020-01-01'::date from t where a > $1",
            "select $1::date from t where a > 5::pg_catalog.int4",
            "select date '2020-01-01' from t where a > '5'::numeric(10, 2)",
            "select cast('2020-01-01' as date) from t where a > -5::int8",
            "select CAST($1 AS timestamp with time zone) from t where a > (-5)::int",
            "select timestamp '2020-01-01' from t where a > '{1,2}'::int[][3]",
            "select timestamp(3) with time zone '2020-01-01' from t where a > $2::\"My Type\"(3)",
            "select interval '1' day from t where a > '5'::double precision",
            "select interval '1' day to second(3) from t where a > 'x'::character varying(10)",
            "select interval(3) '1 day' from t where a > 'x'::timestamp(3) without time zone",
            "select character varying(3) 'x' from t where a > 'x'::time with time zone",
            "select double precision '1' from t where a > '1'::interval day to second (3)",
            "select national char varying 'x' from t where a > '1'::int array[3]",
            "select N'x' from t where a > $1::text::date::setof x",
            "select pg_catalog.date '2020-01-01' from t where a > b'1'::bit varying(3)",
            "select U&'d!0061' uescape '!' from t where a > U&'x'",
            "select $$a;'b$$ from t where a > $x$ $$ $x$",
            "select 'a' -- x\n 'b' from t where a > X'1F'",
            "select 1_000 from t where a > 0x1F",
            "select 1e-5 from t where a > .5",
            "select null from t where a > true",
            "select NULL::text from t where a > FALSE"),
        same("select a::date, b::numeric($1, $2)", "select a::date, b::numeric(10,2)"),
        same("select $1 at time zone $2", "select '2020-01-01'::timestamp at time zone 'UTC'"),
        same("select $1 as date, $2 day", "select 1::int as date, 'x'::text day"),
        same("select now() - $1", "select now() - interval '1 day'", "select now() - $1::interval"),
        // lists
        same(
            "select a in ($1), b not in ($2)",
            "select a in (1,2,3), b not in (-1, null, 'x'::text)"),
        same("select (a, b) in (($1, $2))", "select (a, b) in ((1, 2), (3, 4), ($1, $2))"),
        same("select a in (lower($1))", "select a in (lower('A'), lower('B'))"),
        same("select a in ($1, b, c, b)", "select a in (1, b, 2, c, 3, b)"),
        same(
            "select a = any (array[$1]), array[[$2]], array[array[$3]]",
            "select a = any(array[1,2,3]), array[[1,2],[3,4]], array[array[1],array[2,3]]"),
        same("select a in (select b, $1, $2 from t)", "select a in (select b, 1, 2 from t)"),
        same("select f($1, $2), coalesce(a, $3, $4)", "select f(1, 2), coalesce(a, 1, 2)"),
        same(
            "insert into t (a, b) values ($1, $2) on conflict (a, b) do update set a = $3, b = $4",
            "INSERT INTO t(a,b) VALUES (1,'x'),(2,'y'),($1,$2) ON CONFLICT (a, b)"
                + " DO UPDATE SET a = 1, b = 2",
            "insert into t (a, b) values (1, null) on conflict (a, b) do update set a = 1, b = 2"),
        same(
            "insert into t values ($1, default), (default, $2) returning a, a",
            "insert into t values (1,default),(default,2),(3,default),(default,4) returning a, a"),
        same("insert into t values (default)", "insert into t values (default), (default)"),
        same(
            "select * from (values ($1, $2)) as v(a, b) where a in (values ($3))",
            "select * from (values (1,2),(3,4)) as v(a,b) where a in (values (1),(2))"),
        // output columns by number
        same(
            "select a, b from t order by 1, 2 desc limit $1",
            "select a,b from t order by 1,2 desc limit 5"),
        same(
            "select a from t group by 1 having $1 = $2", "select a from t group by 1 having 1 = 1"),
        same("select a group by rollup(1, 2), (3), 4", "select a group by rollup (1,2),(3), 4"),
        same("select distinct on (1) a", "select distinct on(1) a"),
        same(
            "select a order by a + $1, f($2, $3), $4, $5",
            "select a order by a+1, f(1,2), 10000, -1"),
        same("select a order by $1 + $2, $3 limit $4", "select a order by 1 + 1, 1::text limit 2"),
        same("select a order by 1 union select $1, $2", "select a order by 1 union select 1, 2"),
        same(
            "select f($1) over (partition by $2 order by a)",
            "select f(1) over(partition by 2 order by a)"),
        // names
        same(
            "select orders.id, \"order\".x, t.order from \"Orders\"",
            "SELECT \"orders\".\"id\", \"order\".\"x\", T.\"order\" FROM \"Orders\""),
        same(
            "select key, name, time, zone from t",
            "select \"key\", \"name\", \"time\", \"zone\" from \"t\""),
        same(
            "select \"a b\", \"A\", \"1a\", \"char\", \"\"\"\"",
            "select \"a b\",\"A\",\"1a\",\"char\",\"\"\"\""),
        same("select ÄÖü, straße", "SELECT \"ÄÖü\", STRaße"),
        // the grammar's own NULL, TRUE and FALSE
        same(
            "select a is null, b is not null, c is true, d is not false, not $1",
            "select a is null, b is not null, c is true, d is not false, not true"),
        same("alter table t alter a set not null", "ALTER TABLE t ALTER a SET NOT NULL"),
        same("select a is distinct from $1", "select a is distinct from null"),
        same("select a <> $1", "select a != 1", "select a<>2"),
        // the rest
        same(
            "select a ->> $1, b @> $2, c ?| array[$3], d::int",
            "select a->>'x', b@>'{}', c?|array['a','b'], d::int"),
        same("select count(*), t.* from t", "select COUNT( * ), t . * from t"),
        same("select a[$1 : $2]", "select a[1:2]"),
        same("select f(a => $1, b := $2)", "select f(a=>1, b:=2)"),
        same("alter role joe password $1", "ALTER ROLE joe PASSWORD 'secret'"),
        same(
            "create user mapping for u server s options (password $1)",
            "CREATE USER MAPPING FOR u SERVER s OPTIONS (password 'x')"),
        same("begin; select $1; commit", "BEGIN; SELECT 1;\n; COMMIT;"),
        same(
            "create rule r as on insert to t do (notify a; notify b)",
            "create rule r as on insert to t do (notify a ; notify b)"),
        same(
            "select a in (row($1, $2)), b = any (array[$3])",
            "select a IN (ROW(1,2), row($1, -2)), b = ANY(ARRAY[1, $1, -2, '3'::int])"),
        same("insert into t values ($1, $2)", "insert into t values (-1,'a'),($1,$2),(+3,null);"),
        same(
            "select a @- $1, a @-@ b, a = $2",
            "select a @- 1, a @-@ b, a =- 1",
            "select a @-/**/1,a @-@--\nb,a=-1"),
        same("select a <> -b", "select a != - b", "select a<>-b"),
        same("select a::x", "select a::\"x\"", "select a :: X"),
        same(
            "select $1 from " + "x".repeat(63),
            "select 1 from " + "x".repeat(64),
            "select 2 from \"" + "x".repeat(100) + '"',
            "select 3 from " + "X".repeat(63)),
        same("select " + "é".repeat(31) + " from t", "select " + "é".repeat(40) + " from T"),
        same("select \"" + " ".repeat(61) + "\"\"\"", "select \"" + " ".repeat(61) + "\"\"é\""),
        same("select $1 and $2", "select 1and 2", "select $1and $2"),
        same("select $1", "select 12ab", "select 0x"));
  }

  private static Arguments same(String canonical, String... texts) {
    return Arguments.of(canonical, texts);
  }

  @ParameterizedTest
  @MethodSource("folded")
  void statementsThatDifferInFormOrValuesAreOne(String canonical, String[] texts) {
    NormalizedStatement expected = normalize(canonical);
    assertThat(expected.text()).isEqualTo(canonical);
    for (String text : texts) {
      NormalizedStatement actual = normalize(text);
      assertThat(actual.text()).as(text).isEqualTo(canonical);
      assertThat(actual.fingerprint()).as(text).isEqualTo(expected.fingerprint());
      assertThat(actual.complete()).as(text).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "select a from t | select a from u",
        "select a from t | select b from t",
        "select a from t | select \"A\" from t",
        "select x.a from t | select y.a from t",
        "select a < 1 | select a <= 1",
        "select a = 1 and b = 2 | select a = 1 or b = 2",
        "select a - 1 | select a + 1",
        "select a - 1 | select a",
        "select -a | select a",
        "select a from t join u on true | select a from t left join u on true",
        "select a | select distinct a",
        "select a from t | select a from t for update",
        "select a order by a asc | select a order by a desc",
        "select a order by 1 | select a order by 2",
        "select a group by 1 | select a group by 2",
        "select a from t | select a from t limit 1",
        "select a union select b | select a except select b",
        "select a in (1) | select a not in (1)",
        "select a in (1, 2) | select a in (1, b)",
        "select a in (1) | select a in (select 1)",
        "select f(1) | select f(1, 2)",
        "select f(1) | select g(1)",
        "select a is null | select a is not null",
        "select a is true | select a is false",
        "select a::int | select a::text",
        "select a::int | select a",
        "select \"char\" '1' | select char '1'",
        "select \"user\" | select user",
        "select 'a' | select a",
        "insert into t values (1) | insert into t values (1, 2)",
        "insert into t values (1) | insert into t values (default)",
        "insert into t (a, b) values (1, 2) | insert into t (b, a) values (1, 2)",
        "select array[1] | select array[a]",
        "select 1; select 1 | select 1",
        "select a at time zone 'x' | select a",
        "update t set a = 1 | update t set b = 1",
        "select a[1] | select a",
        "select a from t for update | select a from t for share",
        "select a from t for update | select a from t for update skip locked",
        "select a order by a nulls first | select a order by a nulls last",
        "select a union select b | select a union all select b",
        "select a from t limit 1 | select a from t limit 1 offset 1",
        "select a from t join u on true | select a from t cross join u",
        "select x.a from t x where x.b = 1 | select y.a from t y where y.b = 1",
        "select a from t as x | select a from t",
        "select a < any (array[1]) | select a < all (array[1])",
        "select a # b | select a & b",
        "select a ->> 'x' | select a -> 'x'",
        "select a @- 1 | select a @ -1",
        "select a like 'x' | select a ilike 'x'",
        "select count(a) | select count(distinct a)",
        "select \"é\" | select \"É\"",
      })
  void statementsThatDifferInMoreAreTwo(String one, String other) {
    assertThat(normalize(one).fingerprint()).isNotEqualTo(normalize(other).fingerprint());
    assertThat(normalize(one).text()).isNotEqualTo(normalize(other).text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n", ";", "-- only a comment", "/* x */ ; /* y */", "\u0000"})
  void aTextWithoutTokensIsNoStatement(String text) {
    assertThat(normalizer.normalize(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 'abc",
        "select E'abc\\'",
        "select \"abc",
        "select $$abc",
        "select 1 /* abc",
        "select (1",
        "select a[1",
        "select a in (1, 2",
        "insert into t values (1), (2",
        "select 1 +",
        "select a,",
        "select a.",
        "select a::",
        "select $1::",
        "select $1::numeric(1",
        "select * from t where",
        "select * from t where a = 1 and",
        "select a or",
        "select a from",
        "select",
        "update t set",
        "select a in",
        "select a from t join u on",
        "select a order by",
        "insert into t values",
        "select a union all",
        "select a from t left",
        "select a is",
        "select a limit",
        "select a as",
        "select -",
        "select a where a =",
        "select 2 *",
        "select a from t for",
        "insert into",
        "select a not",
        "select a between",
        "select case",
        "select $1::timestamp with",
        "select 1; select a from",
        "select f(a =>",
        "select a[1:",
        "update",
        "delete",
        "with"
      })
  void aStatementThatWasCutIsIncomplete(String text) {
    assertThat(normalize(text).complete()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 1",
        "select *",
        "select a, *",
        "select t.* from t",
        "select a from t for update",
        "select a limit all",
        "set a = on",
        "set a to on",
        "insert into t default values",
        "select a.order",
        "select 1 as values",
        "select \"where\"",
        "commit",
        "end",
        "select a is null",
        "select current_date",
        "select 'it''s'",
        "select a from t where;",
        "select a order by a desc",
        "merge into t using u on a = b when matched then delete",
        "select a -- x",
        "select $1::int[]",
        "select a fetch first row only",
        "drop table t cascade",
        "select a for no key update",
        "vacuum full",
        "close all",
        "set a to default",
        "rollback to savepoint a"
      })
  void aStatementThatCanEndThereIsComplete(String text) {
    assertThat(normalize(text).complete()).isTrue();
  }

  @Test
  void countsTheStatementsOfAMessage() {
    assertThat(normalize("select 1").statements()).isEqualTo(1);
    assertThat(normalize(";;begin;/* x */;select ';' ; commit;").statements()).isEqualTo(3);
  }

  @Test
  void backslashesAreEscapesWhenTheServerReadsThemSo() {
    String text = "select 'it\\'s a secret' from t";
    assertThat(normalize(text).complete()).isFalse();
    normalizer.setStandardConformingStrings(false);
    assertThat(normalize(text).text()).isEqualTo("select $1 from t");
  }

  @Test
  void theFingerprintIsThereWithoutTheText() {
    byte[] text = "xx select 1 yy".getBytes(StandardCharsets.UTF_8);
    assertThat(normalizer.read(text, 3, 8)).isTrue();
    assertThat(normalizer.fingerprint()).isEqualTo(normalize("SELECT 2").fingerprint());
  }

  /** A fingerprint that changes parts the windows before from those after. */
  @Test
  void theFingerprintOfAStatementStaysTheSameInEveryVersion() {
    assertThat(normalize("select * from orders where id = 1").fingerprint())
        .hasToString("b9e6c094d65313b6");
  }

  @Test
  void aHugeStatementLeavesTheNextOneAlone() {
    String huge = "select a in (" + "f(x),1,".repeat(300_000) + "2)";
    assertThat(normalize(huge).text().length()).isGreaterThan(1_000_000);
    assertThat(normalize("select " + "(".repeat(100_000)).complete()).isFalse();
    assertThat(normalize("select 1").text()).isEqualTo("select $1");
  }

  private NormalizedStatement normalize(String text) {
    Optional<NormalizedStatement> statement = normalizer.normalize(text);
    assertThat(statement).as(text).isPresent();
    return statement.orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "select 1 | SELECT",
        "/* x */ ((SELECT 1)) union select 2 | SELECT",
        "insert into t values (1) | INSERT",
        "Update t set a = 1 | UPDATE",
        "delete from t; select 1 | DELETE",
        "merge into t using u on true when matched then delete | MERGE",
        "with a as (select 1) select * from a | WITH",
        "(values (1)) | VALUES",
        "table t | TABLE",
        "declare c cursor for select 1 | DECLARE",
        "prepare p as select 1 | PREPARE",
        "execute p(1) | EXECUTE",
        "begin | UTILITY",
        "vacuum t | UTILITY",
        "selects 1 | UTILITY",
        "\"select\" 1 | NONE",
        "42 | NONE",
        "(( | NONE",
      })
  void theVerbIsTheFirstWord(String text, StatementVerb verb) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    normalizer.read(utf8, 0, utf8.length);
    assertThat(normalizer.verb()).isEqualTo(verb);
  }
}
