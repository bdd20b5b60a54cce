package dev.logdex.normalizer.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the bytes: no exception, bounded memory, nothing left over for the next statement.
 * {@code -Dlogdex.fuzz=10000000} mutates statements for so many rounds instead of a few.
 */
class HostileStatementTest {
  private static final int ROUNDS = Integer.getInteger("logdex.fuzz", 30_000);

  private static final List<String> STATEMENTS =
      List.of(
          "UPDATE pgbench_accounts SET abalance = abalance + -4219 WHERE aid = 77123;",
          "SELECT \"orders\".\"id\", u.name FROM \"orders\" LEFT JOIN users u ON u.id = \"orders\"."
              + "\"user_id\" WHERE status IN ('new', E'pa\\'id', U&'d!0061' UESCAPE '!') AND"
              + " a @> ARRAY[1, 2] ORDER BY 1 DESC LIMIT 25 /*application='shop',action='x'*/",
          "INSERT INTO t (a, b) VALUES (1, $$x$$), (-2, $t$y$t$), ($1, DEFAULT) RETURNING id",
          "WITH r AS (SELECT * FROM t -- all\n WHERE d > now() - interval '1' day to second(3))"
              + " SELECT count(*), '5'::numeric(10,2), cast('x' as timestamp(3) with time zone)"
              + " FROM r GROUP BY rollup(1, 2), (3) HAVING sum(a) <> 0x1F",
          "select U&\"d!0061ta\" uescape '!', 'a'\n'b', B'01', 1e-5, .5, a[1:2], x::int[][] from t",
          "BEGIN; SELECT 1; /* x /* y */ z */ COMMIT");

  private static final String[] INSERTS = {
    "'",
    "\"",
    "$",
    "$$",
    "$x$",
    "/*",
    "*/",
    "--",
    "\n",
    "(",
    ")",
    "[",
    "]",
    ",",
    ";",
    "::",
    "E'",
    "U&'",
    "U&\"",
    "\\",
    "\0",
    "cast(",
    " in (",
    " values ",
    " order by ",
    "interval '",
    "timestamp",
    " uescape ",
    "ä",
    "-",
    "1",
    "."
  };

  private final StatementNormalizer normalizer = new StatementNormalizer();

  @Test
  void anythingIsReadAndReadTheSameWhereverItLies() {
    Random random = new Random(ROUNDS);
    StatementNormalizer another = new StatementNormalizer();
    for (int round = 0; round < ROUNDS; round++) {
      byte[] text = mutated(random);
      boolean any = normalizer.read(text, 0, text.length);
      // a name, a quote or a comment would go on in what lies after it
      byte[] among = new byte[text.length + 40];
      Arrays.fill(among, (byte) "x'\"/*$1 ".charAt(random.nextInt(8)));
      System.arraycopy(text, 0, among, 20, text.length);
      assertThat(another.read(among, 20, text.length)).isEqualTo(any);
      assertThat(another.fingerprintBits()).isEqualTo(normalizer.fingerprintBits());
      assertThat(another.complete()).isEqualTo(normalizer.complete());
      assertThat(another.text()).isEqualTo(normalizer.text());
      assertThat(another.verb()).isEqualTo(normalizer.verb());
      assertThat(another.tags()).isEqualTo(normalizer.tags());
      assertThat(normalizer.hasTags() || normalizer.tags().isEmpty()).isTrue();
      assertThat(normalizer.text()).doesNotContain("\0");
    }
  }

  private static byte[] mutated(Random random) {
    StringBuilder text = new StringBuilder(STATEMENTS.get(random.nextInt(STATEMENTS.size())));
    for (int i = random.nextInt(6); i > 0; i--) {
      int at = random.nextInt(text.length() + 1);
      switch (random.nextInt(5)) {
        case 0 -> text.delete(at, Math.min(text.length(), at + random.nextInt(20)));
        case 1 -> text.setLength(at);
        case 2 -> text.insert(at, text.substring(at, Math.min(text.length(), at + 30)));
        default -> text.insert(at, INSERTS[random.nextInt(INSERTS.length)]);
      }
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    for (int i = random.nextInt(3); i > 1 && bytes.length > 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return bytes;
  }

  static Stream<Arguments> huge() {
    int million = 1_000_000;
    return Stream.of(
        Arguments.of("unclosed quote", "select '", "x", 50 * million, "", false),
        Arguments.of("unclosed name", "select \"", "x", 10 * million, "", false),
        Arguments.of("unclosed dollar quote", "select $a$", "$", 10 * million, "", false),
        Arguments.of("unclosed comment", "select 1 ", "/*", million, "", false),
        Arguments.of("name", "select ", "x", 10 * million, "", true),
        Arguments.of("signs", "select a ", "+", million, " b", true),
        Arguments.of("operator", "select a ", "*@+", million, " b", true),
        Arguments.of("string", "select '", "''", 10 * million, "'", true),
        Arguments.of("list", "select a in (1", ", 'x'", million, ")", true),
        Arguments.of("rows", "insert into t values (1, 2)", ", (3, $4)", million, "", true),
        Arguments.of("parentheses", "select ", "(", million, "1", false),
        Arguments.of("lists in lists", "select ", "b in (", million, "", false),
        Arguments.of("items without values", "select a in (b", ", c", million, ")", true),
        Arguments.of("tokens", "select a", ", b", million, "", true),
        Arguments.of("more tokens than are read", "select a", ", bbbbbb", million, "", false),
        Arguments.of("statements", "", "select 1;", 100_000, "", true),
        Arguments.of("casts", "select 1", "::int", million, "", true),
        Arguments.of("comments", "select 1", "/*a='1'*/", million, "", true));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("huge")
  void hugeTextsAreReadInBoundedMemory(
      String name, String before, String repeated, int times, String after, boolean complete) {
    byte[] text = (before + repeated.repeat(times) + after).getBytes(StandardCharsets.UTF_8);
    assertThat(normalizer.read(text, 0, text.length)).isTrue();
    assertThat(normalizer.complete()).as(name).isEqualTo(complete);
    assertThat(normalizer.text().length()).isLessThan(2 * TokenBuffer.LONGEST_TEXT);
    normalizer.read(text, 0, 0);
    assertThat(normalizer.heldBytes()).isLessThan(2_000_000);
  }

  @Test
  void listsOfListsTakeNoLongerThanTheirLength() {
    String nested = "b in (".repeat(60_000) + "c" + ")".repeat(60_000);
    byte[] text = ("select " + nested).getBytes(StandardCharsets.UTF_8);
    assertThat(normalizer.read(text, 0, text.length)).isTrue();
    assertThat(normalizer.complete()).isTrue();
  }
}
