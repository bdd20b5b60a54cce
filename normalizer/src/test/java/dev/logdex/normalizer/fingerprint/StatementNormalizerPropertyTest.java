package dev.logdex.normalizer.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.sql.SqlLexer;
import dev.logdex.sql.TokenKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementNormalizerPropertyTest {

  /** Tokens of plausible statements; {@code ?} is a place for a value. */
  private static final List<String> STATEMENTS =
      List.of(
          "select a , \"B c\" , count ( * ) from t as x where x . a = ? and b <> ? or c in ( ? , ? )"
              + " group by 1 , a order by 2 desc , b limit ? offset ?",
          "insert into t ( a , b ) values ( ? , ? ) , ( ? , ? ) on conflict ( a ) do update set b ="
              + " ? where t . c is not null returning a",
          "update t set a = ? , b = a - ? , c = c || ? where d between ? and ? and e like ?",
          "delete from t using u where t . a = u . a and u . b = any ( array [ ? , ? ] )",
          "with x as ( select a from t where b = ? ) select case when a = ? then ? else ? end - ?"
              + " from x left join y on x . a = y . a and y . c @> ?",
          "select f ( ? , g ( ? ) ) , a [ ? ] , row ( ? , ? ) from generate_series ( ? , ? ) as s",
          "select a from t where ( a , b ) in ( ( ? , ? ) , ( ? , ? ) ) and c is distinct from ?",
          "begin ; select a from t where b = ? ; commit");

  /** Every way to write a value, given what must not be seen. */
  private static final List<Function<String, String>> LITERALS =
      List.of(
          secret -> "'" + secret + "'",
          secret -> "'it''s " + secret + "'",
          secret -> "'a'\n  '" + secret + "'",
          secret -> "E'\\'" + secret + "\\\\'",
          secret -> "e'" + secret + "\\n'",
          secret -> "U&'" + secret + "\\0041'",
          secret -> "U&'" + secret + "' UESCAPE '!'",
          secret -> "N'" + secret + "'",
          secret -> "$$" + secret + "'$$",
          secret -> "$x$ $$" + secret + "\" $x$",
          secret -> "'" + secret + "'::text",
          secret -> "'" + secret + "' :: character varying ( 77123 )",
          secret -> "'" + secret + "'::timestamp(6) with time zone::date",
          secret -> "cast ( '" + secret + "' as numeric(77123, 2) )",
          secret -> "date '" + secret + "'",
          secret -> "timestamp with time zone '" + secret + "'",
          secret -> "interval '" + secret + "' day to second",
          secret -> "pg_catalog.jsonb '{\"" + secret + "\": 1}'",
          secret -> "77123",
          secret -> "-77123",
          secret -> "+ 77123.5",
          secret -> "77123::int",
          secret -> "- - 0x77123f",
          secret -> "77_123e-5",
          secret -> ".77123",
          secret -> "B'1010101010101'",
          secret -> "x'77123f'",
          secret -> "$1",
          secret -> "$77123::int[]",
          secret -> "null",
          secret -> "true",
          secret -> "FALSE::bool");

  private static final String[] BLANKS = {
    " ", "\n", "\t \r\n", "/* 'x */", " -- don't\n", " /*a/*b*/;*/ ", "  "
  };

  private final StatementNormalizer normalizer = new StatementNormalizer();

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void neitherValuesNorTheirFormNorSpacingNorCaseMatter(long seed) {
    Random random = new Random(seed);
    for (String statement : STATEMENTS) {
      NormalizedStatement expected = normalize(statement.replace("?", "$1"));
      for (int round = 0; round < 500; round++) {
        String secret = "zqx" + random.nextInt(1_000_000);
        String text = written(statement, secret, random);
        NormalizedStatement actual = normalize(text);
        assertThat(actual.text()).as(text).isEqualTo(expected.text());
        assertThat(actual.fingerprint()).as(text).isEqualTo(expected.fingerprint());
        assertThat(actual.complete()).as(text).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void noPartOfAValueIsLeftWhereverATextIsCut(long seed) {
    Random random = new Random(seed);
    List<String> statements = new ArrayList<>(STATEMENTS);
    statements.add("alter role joe password ?");
    statements.add("set application_name = ?");
    for (String statement : statements) {
      for (int round = 0; round < 500; round++) {
        String text = written(statement, "zqx" + random.nextInt(1_000_000), random);
        String cut = text.substring(0, random.nextInt(text.length()));
        String left = normalizer.normalize(cut).map(NormalizedStatement::text).orElse("");
        assertThat(left).as(cut).doesNotContain("zqx").doesNotContain("77");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theCanonicalTextIsItsOwnCanonicalTextAndHoldsNoConstant(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 50_000; round++) {
      Optional<NormalizedStatement> first = normalizer.normalize(soup(random));
      if (first.isEmpty()) {
        continue;
      }
      String text = first.get().text();
      NormalizedStatement second = normalize(text);
      assertThat(second.text()).isEqualTo(text);
      assertThat(second.fingerprint()).isEqualTo(first.get().fingerprint());
      assertHoldsNoConstant(text);
    }
  }

  private static void assertHoldsNoConstant(String text) {
    SqlLexer lexer = new SqlLexer();
    lexer.reset(text);
    while (lexer.next()) {
      assertThat(lexer.kind().isString() || lexer.kind() == TokenKind.COMMENT).as(text).isFalse();
      assertThat(lexer.kind() != TokenKind.NUMBER || lexer.end() - lexer.start() <= 4)
          .as(text)
          .isTrue();
      assertThat(lexer.terminated()).as(text).isTrue();
    }
  }

  private static final String[] PIECES = {
    "select",
    "from",
    "where",
    "and",
    "not",
    "null",
    "true",
    "is",
    "in",
    "values",
    "array",
    "order",
    "group",
    "by",
    "limit",
    "as",
    "cast",
    "date",
    "interval",
    "timestamp",
    "with",
    "time",
    "zone",
    "day",
    "to",
    "second",
    "distinct",
    "on",
    "set",
    "into",
    "case",
    "end",
    "double",
    "precision",
    "character",
    "varying",
    "a",
    "B",
    "\"c\"",
    "\"D e\"",
    "\"user\"",
    "\"key\"",
    "\"\"",
    "U&\"x\"",
    "'s'",
    "E's'",
    "U&'s'",
    "N's'",
    "B'1'",
    "$$s$$",
    "1",
    "12",
    "1.5",
    "99999",
    "$1",
    "$7",
    "-",
    "+",
    "*",
    "=",
    "!=",
    "||",
    "@-",
    "::",
    "::",
    ":",
    ":=",
    "..",
    ".",
    ",",
    ",",
    "(",
    "(",
    "(",
    ")",
    ")",
    ")",
    "[",
    "]",
    ";",
    "{",
    "\\",
    "$ ",
    "--\n",
    "/**/",
    "\u0000",
    "é",
    "uescape '!'",
    "?"
  };

  private static String soup(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(14); i >= 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]).append(" ");
    }
    return text.toString();
  }

  private static String written(String statement, String secret, Random random) {
    return statement
        .lines()
        .flatMap(line -> List.of(line.split(" ", -1)).stream())
        .map(token -> token.equals("?") ? literal(secret, random) : recased(token, random))
        .collect(Collectors.joining(" "))
        .replace("\"B C\"", "\"B c\"")
        .transform(text -> respaced(text, random));
  }

  private static String literal(String secret, Random random) {
    return LITERALS.get(random.nextInt(LITERALS.size())).apply(secret);
  }

  private static String recased(String token, Random random) {
    if (token.contains("\"") || random.nextInt(3) > 0) {
      return token.equals("c\"") || random.nextBoolean() || !token.matches("[a-z]")
          ? token
          : '"' + token + '"';
    }
    return token.toUpperCase(Locale.ROOT);
  }

  /** Other blanks between tokens outside of quotes. */
  private static String respaced(String text, Random random) {
    StringBuilder out = new StringBuilder();
    SqlLexer lexer = new SqlLexer();
    lexer.reset(text);
    byte[] bytes = lexer.bytes();
    while (lexer.next()) {
      out.append(
          new String(bytes, lexer.start(), lexer.end() - lexer.start(), StandardCharsets.UTF_8));
      out.append(BLANKS[random.nextInt(BLANKS.length)]);
    }
    return out.toString();
  }

  private NormalizedStatement normalize(String text) {
    Optional<NormalizedStatement> statement = normalizer.normalize(text);
    assertThat(statement).as(text).isPresent();
    return statement.orElseThrow();
  }
}
