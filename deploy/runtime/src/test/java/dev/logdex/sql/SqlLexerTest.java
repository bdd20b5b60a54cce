package dev.logdex.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlLexerTest {

  /** Kinds by a letter, then the text of the token, so that a case fits on a line. */
  static Stream<Arguments> texts() {
    return Stream.of(
        tokens("select * from t", "i:select", "op:*", "i:from", "i:t"),
        tokens("  \t\n\r\f\u000b x ", "i:x"),
        tokens("", new String[0]),
        tokens("straße_1$ _x", "i:straße_1$", "i:_x"),
        tokens("a.b.*", "i:a", ".:.", "i:b", ".:.", "op:*"),
        tokens("\"a\"\"b;\" \"\"", "qi:\"a\"\"b;\"", "qi:\"\""),
        tokens("U&\"d!0061\" uescape '!'", "ui:U&\"d!0061\"", "i:uescape", "s:'!'"),
        tokens(
            "u&'\\0041' u &'x' u&x", "us:u&'\\0041'", "i:u", "op:&", "s:'x'", "i:u", "op:&", "i:x"),
        // strings
        tokens("'it''s' 'a\\' x", "s:'it''s'", "s:'a\\'", "i:x"),
        tokens("E'a\\'b' e'\\\\'", "es:E'a\\'b'", "es:e'\\\\'"),
        tokens("'a' 'b'", "s:'a'", "s:'b'"),
        tokens("'a'\n'b'", "s:'a'\n'b'"),
        tokens("'a' -- it's\n  \t'b' x", "s:'a' -- it's\n  \t'b'", "i:x"),
        tokens("'a'\n--b\n'c'", "s:'a'\n--b\n'c'"),
        tokens("'a'\n/* b */ 'c'", "s:'a'", "c:/* b */", "s:'c'"),
        tokens("'a' -- b 'c'", "s:'a'", "c:-- b 'c'"),
        tokens("'a'\n- 'c'", "s:'a'", "op:-", "s:'c'"),
        tokens("E'a'\n'\\''", "es:E'a'\n'\\''"),
        tokens("'a'\nE'b'", "s:'a'", "es:E'b'"),
        tokens("b'01' X'1f' n'x' B'1''0'", "bs:b'01'", "hs:X'1f'", "ns:n'x'", "bs:B'1'", "s:'0'"),
        tokens("B'1'\n'0'", "bs:B'1'\n'0'"),
        tokens("be'x' ex'y'", "i:be", "s:'x'", "i:ex", "s:'y'"),
        // dollar quotes
        tokens("$$a;'$$ $t$a$$b$T$c$t$x", "ds:$$a;'$$", "ds:$t$a$$b$T$c$t$", "i:x"),
        tokens("$delim$...$junk$delim$", "ds:$delim$...$junk$delim$"),
        tokens("a$$b$$ c$t$x", "i:a$$b$$", "i:c$t$x"),
        tokens("1$$b$$", "n:1", "ds:$$b$$"),
        tokens("$é$x$é$", "ds:$é$x$é$"),
        tokens("$1 $12::int $1$a$x$a$", "p:$1", "p:$12", ":::::", "i:int", "p:$1", "ds:$a$x$a$"),
        tokens("$abc $ $(", "o:$", "i:abc", "o:$", "o:$", "(:("),
        // numbers
        tokens(
            "1 1.5 .5 1. 1e5 1.5E-3 1e+2",
            "n:1",
            "n:1.5",
            "n:.5",
            "n:1.",
            "n:1e5",
            "n:1.5E-3",
            "n:1e+2"),
        tokens(
            "1_000 0x1F 0b1_01 0o_17 0X_f", "n:1_000", "n:0x1F", "n:0b1_01", "n:0o_17", "n:0X_f"),
        tokens("1..10 1...5", "n:1", "..:..", "n:10", "n:1", "..:..", "n:.5"),
        tokens("1__0 1_ 1._5", "n:1", "i:__0", "n:1", "i:_", "n:1.", "i:_5"),
        tokens(
            "10and 0x 0xg 0b12 1e 1e+ 1ex",
            "n:10",
            "i:and",
            "n:0",
            "i:x",
            "n:0",
            "i:xg",
            "n:0",
            "i:b12",
            "n:1",
            "i:e",
            "n:1",
            "i:e",
            "op:+",
            "n:1",
            "i:ex"),
        tokens("$1and", "p:$1", "i:and"),
        tokens("-1 a-1", "op:-", "n:1", "i:a", "op:-", "n:1"),
        // operators
        tokens(
            "a<=b <> != => := :: :x a[1:2]",
            "i:a",
            "op:<=",
            "i:b",
            "op:<>",
            "op:!=",
            "op:=>",
            ":=::=",
            ":::::",
            ":::",
            "i:x",
            "i:a",
            "[:[",
            "n:1",
            ":::",
            "n:2",
            "]:]"),
        tokens(
            "=-1 <+1 *-+2",
            "op:=",
            "op:-",
            "n:1",
            "op:<",
            "op:+",
            "n:1",
            "op:*",
            "op:-",
            "op:+",
            "n:2"),
        tokens("?- @+ ~-1 -@-", "op:?-", "op:@+", "op:~-", "n:1", "op:-@-"),
        tokens("@>@- ->> #>> ?| ?& @@", "op:@>@-", "op:->>", "op:#>>", "op:?|", "op:?&", "op:@@"),
        tokens("+-+-1", "op:+", "op:-", "op:+", "op:-", "n:1"),
        // comments
        tokens("a--b\nc", "i:a", "c:--b", "i:c"),
        tokens("1*--2\n3", "n:1", "op:*", "c:--2", "n:3"),
        tokens("1+/*2*/3", "n:1", "op:+", "c:/*2*/", "n:3"),
        tokens("@-/*x*/1", "op:@-", "c:/*x*/", "n:1"),
        tokens("=-/*x*/1", "op:=", "op:-", "c:/*x*/", "n:1"),
        tokens("/*a/*b*/;*/c", "c:/*a/*b*/;*/", "i:c"),
        tokens("/*/*/**/*/*/x", "c:/*/*/**/*/*/", "i:x"),
        tokens("/**/x/***/y/*/ */z", "c:/**/", "i:x", "c:/***/", "i:y", "c:/*/ */", "i:z"),
        tokens("//*x*/", "op:/", "c:/*x*/"),
        // the rest
        tokens("f(a,b);", "i:f", "(:(", "i:a", ",:,", "i:b", "):)", ";:;"),
        tokens("{\\}\u0001", "o:{", "o:\\", "o:}", "o:\u0001"));
  }

  private static Arguments tokens(String text, String... expected) {
    return Arguments.of(text, List.of(expected));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void readsWhatPostgresReads(String text, List<String> expected) {
    assertThat(read(text, true)).isEqualTo(expected);
  }

  @Test
  void takesBackslashesAsEscapesWhenStringsDoNotConform() {
    assertThat(read("'a\\'; c' n'\\''", false)).containsExactly("s:'a\\'; c'", "ns:n'\\''");
    assertThat(read("'a\\'; c' x", true)).containsExactly("s:'a\\'", ";:;", "i:c", "s:' x?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'abc",
        "'abc''",
        "E'abc\\'",
        "E'abc\\",
        "b'1",
        "x'1",
        "n'a",
        "u&'a",
        "'a'\n'b",
        "$$a",
        "$t$a$$",
        "$t$a$t",
        "\"a",
        "\"a\"\"",
        "u&\"a",
        "/*",
        "/* a /* b */",
        "/* *"
      })
  void saysWhenTheTextEndsWithinAToken(String text) {
    for (String before : List.of("", "select ", "'x' ")) {
      List<String> tokens = read(before + text, true);
      assertThat(tokens.get(tokens.size() - 1)).endsWith(text + "?");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"'abc'", "E'\\\\'", "$$a$$", "\"a\"", "/* */", "-- a", "''", "1", "a"})
  void findsNothingAmissInWholeTokens(String text) {
    assertThat(read(text, true)).hasSize(1).noneMatch(token -> token.endsWith("?"));
  }

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of("FooBÄr", "foobÄr"),
        Arguments.of("\"Foo\"\"B\"", "Foo\"B"),
        Arguments.of("'it''s'", "it's"),
        Arguments.of("''", ""),
        Arguments.of("''''", "'"),
        Arguments.of("'a\\n'", "a\\n"),
        Arguments.of("'a' -- it's\n\n 'b''c'", "ab'c"),
        Arguments.of("E'\\b\\f\\n\\r\\t\\v\\\\\\'\\q'", "\b\f\n\r\t\u000b\\'q"),
        Arguments.of("E'\\101\\7\\1234\\x41\\x4\\xg\\8'", "A\u0007S4A\u0004xg8"),
        Arguments.of("E'\\303\\244'", "ä"),
        Arguments.of("E'\\u00e4\\U0001F600\\uD83D\\uDE00\\uD83D\\U0000DE00'", "ä😀😀😀"),
        Arguments.of("E'a'\n'\\n'", "a\n"),
        Arguments.of("U&'\\00e4\\+01F600\\\\''\\D83D\\DE00'", "ä😀\\'😀"),
        Arguments.of("U&\"\\0061\"\"\"", "a\""),
        Arguments.of("N'x'", "x"),
        Arguments.of("B'10'\n'01'", "1001"),
        Arguments.of("x'1fF'", "1fF"),
        Arguments.of("$$it's$$", "it's"),
        Arguments.of("$a$$b$ $$$a$", "$b$ $$"),
        Arguments.of("$$$$", ""));
  }

  @ParameterizedTest
  @MethodSource("values")
  void takesQuotesAndEscapesOff(String text, String value) {
    assertThat(lexerAt(text).value()).hasValue(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "E'\\u00'",
        "E'\\uD83D'",
        "E'\\uD83Dx'",
        "E'\\uDE00'",
        "E'\\U00110000'",
        "E'\\u0000'",
        "E'\\000'",
        "E'\\xff'",
        "E'\\303'",
        "U&'\\00'",
        "U&'\\'",
        "U&'\\D83D'",
        "U&'\\+110000'",
        "U&'\\0000'",
        "\"\"",
        "b'12'",
        "x'fg'",
        "b'1;'",
        "'cut",
        "\"cut"
      })
  void hasNoValueWherePostgresRefusesTheToken(String text) {
    assertThat(lexerAt(text).value()).isEmpty();
  }

  @Test
  void takesAnotherCharacterForUnicodeEscapes() {
    assertThat(lexerAt("U&'!0041\\0041!!'").value('!')).hasValue("A\\0041!");
  }

  @Test
  void readsAPartOfAnArrayAndGoesBackInIt() {
    byte[] bytes = "xx 'a' b'".getBytes(StandardCharsets.UTF_8);
    SqlLexer lexer = new SqlLexer();
    lexer.reset(bytes, 3, 5);
    assertThat(read(lexer)).containsExactly("s:'a'", "i:b");
    lexer.seek(7);
    assertThat(read(lexer)).containsExactly("i:b");
  }

  @Test
  void readsAnyBytesWithoutLosingOne() {
    Random random = new Random(1);
    byte[] alphabet =
        "'\"$/*-\\\n ueEbxnU&0159_.:;,()[]{}aZ\u0000=+~".getBytes(StandardCharsets.UTF_8);
    SqlLexer lexer = new SqlLexer();
    for (int round = 0; round < 20_000; round++) {
      byte[] text = new byte[random.nextInt(30)];
      for (int i = 0; i < text.length; i++) {
        text[i] =
            random.nextInt(20) == 0
                ? (byte) random.nextInt()
                : alphabet[random.nextInt(alphabet.length)];
      }
      lexer.setStandardConformingStrings(random.nextBoolean());
      lexer.reset(text, 0, text.length);
      int last = 0;
      while (lexer.next()) {
        assertThat(new String(text, last, lexer.start() - last, StandardCharsets.ISO_8859_1))
            .matches("[ \t\n\r\f\u000b]*");
        assertThat(lexer.end()).isGreaterThan(lexer.start());
        assertThat(lexer.terminated() || lexer.end() == text.length).isTrue();
        if (lexer.kind() == TokenKind.IDENTIFIER || lexer.kind().isString()) {
          lexer.value().ifPresent(value -> assertThat(value).doesNotContain("\u0000"));
        }
        last = lexer.end();
      }
      assertThat(new String(text, last, text.length - last, StandardCharsets.ISO_8859_1)).isBlank();
    }
  }

  private static SqlLexer lexerAt(String text) {
    SqlLexer lexer = new SqlLexer();
    lexer.reset(text);
    assertThat(lexer.next()).isTrue();
    assertThat(lexer.end()).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
    return lexer;
  }

  private static List<String> read(String text, boolean conforming) {
    SqlLexer lexer = new SqlLexer();
    lexer.setStandardConformingStrings(conforming);
    lexer.reset(text);
    return read(lexer);
  }

  private static List<String> read(SqlLexer lexer) {
    List<String> tokens = new ArrayList<>();
    while (lexer.next()) {
      String text =
          new String(
              lexer.bytes(), lexer.start(), lexer.end() - lexer.start(), StandardCharsets.UTF_8);
      tokens.add(abbreviated(lexer.kind(), text) + text + (lexer.terminated() ? "" : "?"));
    }
    return tokens;
  }

  private static String abbreviated(TokenKind kind, String text) {
    return switch (kind) {
      case IDENTIFIER -> "i:";
      case QUOTED_IDENTIFIER -> "qi:";
      case UNICODE_IDENTIFIER -> "ui:";
      case STRING -> "s:";
      case ESCAPE_STRING -> "es:";
      case UNICODE_STRING -> "us:";
      case NATIONAL_STRING -> "ns:";
      case BIT_STRING -> "bs:";
      case HEX_STRING -> "hs:";
      case DOLLAR_STRING -> "ds:";
      case NUMBER -> "n:";
      case PARAMETER -> "p:";
      case OPERATOR -> "op:";
      case COMMENT -> "c:";
      case OTHER -> "o:";
      default -> text + ":";
    };
  }
}
