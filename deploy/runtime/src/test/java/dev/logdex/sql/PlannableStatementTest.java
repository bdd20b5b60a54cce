package dev.logdex.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.sql.PlannableStatement.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlannableStatementTest {

  static Stream<Arguments> rewritten() {
    return Stream.of(
        Arguments.of("SELECT  A.b,\n\"C d\" FROM t;", "select a . b , \"C d\" from t"),
        Arguments.of(" ; (select 1) ; ; ", "( select 1 )"),
        Arguments.of("select /* ; drop table x; */ 1 -- ; drop", "select 1"),
        Arguments.of("select 1/* */-/**/-2", "select 1 - - 2"),
        Arguments.of("select $$;$$", "select E'\\073'"),
        Arguments.of("select $q$it's \\ fine$q$", "select E'it''s \\\\ fine'"),
        Arguments.of("select 'a\\'", "select E'a\\\\'"),
        Arguments.of("select E'\\';DROP TABLE x;--'", "select E'''\\073DROP TABLE x\\073--'"),
        Arguments.of("select E'a\\\\'';b'", "select E'a\\\\''\\073b'"),
        Arguments.of("select 'it''s'", "select 'it''s'"),
        Arguments.of("select 'a' -- ;\n 'b'", "select 'ab'"),
        Arguments.of("select 'a' 'b'", "select 'a' 'b'"),
        Arguments.of("select 'a\nb\tc'", "select E'a\\012b\\011c'"),
        Arguments.of("select n'x;', B'1'\n'0', x'1F'", "select nchar E'x\\073' , B'10' , X'1F'"),
        Arguments.of("select U&'\\003B!;'", "select E'\\073!\\073'"),
        Arguments.of("select U&'!003b' /* x */ uescape '!'", "select E'\\073'"),
        Arguments.of("select U&\"d!0061t\" uescape $$!$$ from t", "select \"dat\" from t"),
        Arguments.of("select \"a;b\"", "select U&\"a\\003bb\""),
        Arguments.of("select \"a\"\"\\;\"", "select U&\"a\"\"\\\\\\003b\""),
        Arguments.of("select \"a\\b\"", "select \"a\\b\""),
        Arguments.of("select \"a;b\" uescape '!'", "select U&\"a\\003bb\" \"uescape\" '!'"),
        Arguments.of("select a$b$c, $1", "select \"a$b$c\" , $1"),
        Arguments.of(
            "select a ?| b, a ? 'x', @-1, a->>'b'", "select a ?| b , a ? 'x' , @- 1 , a ->> 'b'"),
        Arguments.of(
            "select '{fn now()}', \"{d}\"", "select E'\\173fn now()\\175' , U&\"\\007bd\\007d\""),
        Arguments.of(
            "select 1_000, 0x1F, 1e5, .5, 1..2", "select 1_000 , 0x1F , 1e5 , .5 , 1 .. 2"),
        Arguments.of(
            "with a as (select 1) update t set b=:c::int",
            "with a as ( select 1 ) update t set b = : c :: int"),
        Arguments.of("select 'straße', straße", "select 'straße' , straße"));
  }

  @ParameterizedTest
  @MethodSource("rewritten")
  void isWrittenInOneForm(String text, String sql) {
    assertThat(sql(PlannableStatement.generic(text))).isEqualTo(sql);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | EMPTY",
        "-- only a comment | EMPTY",
        "; | EMPTY",
        "SELECT 1; DROP TABLE users | SEVERAL_STATEMENTS",
        "SELECT 1;; select 2 | SEVERAL_STATEMENTS",
        "SELECT $$;$$; DROP TABLE users | SEVERAL_STATEMENTS",
        "SELECT 'a\\'; DROP TABLE x; --' | SEVERAL_STATEMENTS",
        "SELECT 1 /* /* */ ; */; DROP TABLE users | SEVERAL_STATEMENTS",
        "SELECT (1; DROP TABLE users) | SEVERAL_STATEMENTS",
        "(; select 1) | SEVERAL_STATEMENTS",
        "DROP TABLE users | NOT_A_QUERY",
        "EXPLAIN ANALYZE DELETE FROM users | NOT_A_QUERY",
        "ANALYZE select | NOT_A_QUERY",
        "(ANALYZE) select 1 | NOT_A_QUERY",
        "declare c cursor for select 1 | NOT_A_QUERY",
        "execute p(1) | NOT_A_QUERY",
        "do $$ begin end $$ | NOT_A_QUERY",
        "begin; select 1 | NOT_A_QUERY",
        "\"select\" 1 | NOT_A_QUERY",
        "'select' | NOT_A_QUERY",
        "{call f()} | NOT_A_QUERY",
        "/* select 1 | UNTERMINATED",
        "select 'a | UNTERMINATED",
        "select 'it''s ''; | UNTERMINATED",
        "select $a$ $$ | UNTERMINATED",
        "select \"a | UNTERMINATED",
        "select 1 /* | UNTERMINATED",
        "select E'\\' | UNTERMINATED",
        "select $1 | PARAMETER_MISSING",
        "select $0 | PARAMETER_MISSING",
        "select $4294967297 | PARAMETER_MISSING",
        "select {fn now()} | MALFORMED",
        "select {d '2020-01-01'} | MALFORMED",
        "select \\x | MALFORMED",
        "select $abc | MALFORMED",
        "select E'\\u12' | MALFORMED",
        "select E'\\000' | MALFORMED",
        "select U&'\\12' | MALFORMED",
        "select U&'a' uescape '+' | MALFORMED",
        "select U&'a' uescape 'ab' | MALFORMED",
        "select U&'a' uescape x | MALFORMED",
        "select \"\" | MALFORMED",
        "select b'2' | MALFORMED",
        "select x'1;' | MALFORMED",
      })
  void isRefused(String text, Refusal reason) {
    assertThat(PlannableStatement.of(text, List.of()).refusal()).hasValue(reason);
  }

  @Test
  void aZeroByteIsRefused() {
    assertThat(PlannableStatement.generic("select 1 \u0000 drop").refusal())
        .hasValue(Refusal.MALFORMED);
    assertThat(PlannableStatement.generic("select 'a\u0000'").refusal())
        .hasValue(Refusal.MALFORMED);
    assertThat(PlannableStatement.of("select $1", List.of("a\u0000")).refusal())
        .hasValue(Refusal.MALFORMED);
  }

  @Test
  void parametersBecomeConstants() {
    String text = "select -$1,$2::int,E$1,x-$3,$2\n$2,'a'\n$1,$11 from t limit$1";
    List<@Nullable String> values =
        Arrays.asList("5", null, "';drop table t;--\\", "", "", "", "", "", "", "", "{}");
    assertThat(sql(PlannableStatement.of(text, values)))
        .isEqualTo(
            "select - '5' , NULL :: int , \"e$1\" , x - E'''\\073drop table t\\073--\\\\' ,"
                + " NULL NULL , 'a' '5' , E'\\173\\175' from t \"limit$1\"");
  }

  @Test
  void parametersStayForAGenericPlan() {
    PlannableStatement statement =
        PlannableStatement.generic("update t set a=$2 where b=-$1 and c=$2::int")
            .statement()
            .orElseThrow();
    assertThat(statement.sql()).isEqualTo("update t set a = $2 where b = - $1 and c = $2 :: int");
    assertThat(statement.parameterCount()).isEqualTo(2);
    assertThat(statement.kind()).isEqualTo(StatementKind.UPDATE);
  }

  @Test
  void itsTextIsNotPrintedByAccident() {
    PlannableStatement statement =
        PlannableStatement.of("select 'secret'", List.of()).statement().orElseThrow();
    assertThat(statement.toString()).doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whateverIsAcceptedIsOneStatementOfTheSameTokens(long seed) {
    Random random = new Random(seed);
    int accepted = 0;
    for (int round = 0; round < 30_000; round++) {
      String text = "select " + soup(random);
      List<@Nullable String> values = Arrays.asList(";'\\", "a b", null, "--", "/*", "$$", "E'");
      Optional<PlannableStatement> generic = PlannableStatement.generic(text).statement();
      Optional<PlannableStatement> filled = PlannableStatement.of(text, values).statement();
      if (filled.isEmpty()) {
        continue;
      }
      accepted++;
      assertThat(filled.get().sql()).doesNotMatch("(?s).*[;{}\\p{Cntrl}].*");
      assertThat(generic.orElseThrow().sql()).doesNotMatch("(?s).*[;{}\\p{Cntrl}].*");
      assertThat(tokens(generic.get().sql(), null)).as(text).isEqualTo(tokens(text, null));
      assertThat(tokens(filled.get().sql(), values)).as(text).isEqualTo(tokens(text, values));
      assertThat(StatementSplitter.split(filled.get().sql())).containsExactly(filled.get().sql());
      assertThat(PlannableStatement.generic(generic.get().sql()).statement().orElseThrow().sql())
          .isEqualTo(generic.get().sql());
    }
    assertThat(accepted).isGreaterThan(3_000);
  }

  private static final String[] PIECES = {
    "'",
    "''",
    "\"",
    "$$",
    "$a$",
    "$1",
    "$2",
    "$3",
    ";",
    "--",
    "/*",
    "*/",
    "\\",
    "\\'",
    "\n",
    " ",
    "E'",
    "U&'",
    "U&\"",
    "N'",
    "b'1'",
    "x'f'",
    "a",
    "B",
    "1",
    "0x",
    "1e",
    ".",
    "..",
    ":",
    "::",
    "=",
    "-",
    "+",
    "@",
    "?",
    "*",
    "/",
    "(",
    ")",
    "[",
    "]",
    ",",
    "uescape",
    "'!'",
    "{",
    "select",
    "ä",
    "_",
    "'x'",
    "'it''s;'",
    "\"a;\"",
    "$$;$$",
    "-- ;\n",
    "/* ; */",
    "E'\\';'",
    "U&'\\0041'",
    " ",
    " ",
    " "
  };

  private static String soup(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  /** What a parser would be given: kinds and values, comments and trailing semicolons left out. */
  private static List<String> tokens(String text, @Nullable List<@Nullable String> values) {
    List<String> tokens = new ArrayList<>();
    SqlLexer lexer = new SqlLexer();
    lexer.reset(text);
    while (lexer.nextNotComment()) {
      String raw =
          new String(
              lexer.bytes(), lexer.start(), lexer.end() - lexer.start(), StandardCharsets.UTF_8);
      switch (lexer.kind()) {
        case STRING, ESCAPE_STRING, DOLLAR_STRING -> tokens.add("'" + lexer.value().orElseThrow());
        case UNICODE_STRING -> tokens.add("'" + unicodeValue(lexer));
        case UNICODE_IDENTIFIER -> tokens.add("name " + unicodeValue(lexer));
        case NATIONAL_STRING -> {
          tokens.add("name nchar");
          tokens.add("'" + lexer.value().orElseThrow());
        }
        case BIT_STRING, HEX_STRING ->
            tokens.add(raw.substring(0, 1).toUpperCase(Locale.ROOT) + lexer.value().orElseThrow());
        case IDENTIFIER, QUOTED_IDENTIFIER -> tokens.add("name " + lexer.value().orElseThrow());
        case SEMICOLON -> {}
        case PARAMETER -> {
          String value = values == null ? raw : values.get(Integer.parseInt(raw.substring(1)) - 1);
          tokens.add(values == null ? raw : value == null ? "name null" : "'" + value);
        }
        default -> tokens.add(raw);
      }
    }
    return tokens;
  }

  private static String unicodeValue(SqlLexer lexer) {
    int end = lexer.end();
    SqlLexer ahead = new SqlLexer();
    ahead.reset(lexer.bytes(), end, lexer.bytes().length - end);
    if (!ahead.nextNotComment() || !ahead.isWord("uescape")) {
      return lexer.value().orElseThrow();
    }
    ahead.nextNotComment();
    String value = lexer.value(ahead.value().orElseThrow().charAt(0)).orElseThrow();
    lexer.seek(ahead.end());
    return value;
  }

  private static String sql(PlannableStatement.Result result) {
    return result.statement().orElseThrow().sql();
  }
}
