package dev.logdex.normalizer.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.embedded.ItParts;
import dev.logdex.embedded.PostgresServer;
import dev.logdex.normalizer.event.Fingerprint;
import dev.logdex.sql.SqlLexer;
import dev.logdex.sql.TokenKind;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Forms of a statement have one fingerprint, and what has one fingerprint has one query id in
 * Postgres, too. Left out are the families where we fold more than it does: lengths of lists and
 * numbers of rows, types of constants, parameters for constants, NULL, TRUE and FALSE for other
 * values.
 */
class SameQueryIdIT {
  /** {@code ?i} is a place for a whole number, {@code ?t} for a text. */
  private static final List<String> STATEMENTS =
      List.of(
          "select a from t",
          "select a from u",
          "select b from t",
          "select a as b from t",
          "select distinct a from t",
          "select distinct on ( 1 ) a , b from t",
          "select t . a from t",
          "select x . a from t as x",
          "select a , \"C d\" from t",
          "select a , \"c d\" from t",
          "select a from t where a = ?i",
          "select a from t where a <> ?i",
          "select a from t where a != ?i",
          "select a from t where a <= ?i",
          "select a from t where a = - a",
          "select a from t where a - ?i = b",
          "select a from t where a + ?i = b",
          "select a from t where - a = b",
          "select a from t where a = ?i and b = ?i",
          "select a from t where a = ?i or b = ?i",
          "select a from t where not ( a = ?i and b = ?i )",
          "select a from t where name = ?t",
          "select a from t where name like ?t",
          "select a from t where name ilike ?t",
          "select a from t where name ~ ?t",
          "select a from t where name || ?t = name",
          "select a from t where a in ( ?i , ?i , ?i )",
          "select a from t where a not in ( ?i , ?i , ?i )",
          "select a from t where a = any ( array [ ?i , ?i ] )",
          "select a from t where a in ( ?i , b )",
          "select a from t where a in ( select b from u )",
          "select a from t where a in ( select ?i from u )",
          "select a from t where exists ( select from u where u . a = t . a )",
          "select a from t where b is null",
          "select a from t where b is not null",
          "select a from t where b is distinct from ?i",
          "select a from t where b between ?i and ?i",
          "select a from t order by a",
          "select a from t order by a desc",
          "select a from t order by a desc nulls last",
          "select a , b from t order by 1",
          "select a , b from t order by 2",
          "select a , b from t order by a , b limit ?i",
          "select a , b from t order by a , b limit ?i offset ?i",
          "select a from t for update",
          "select a from t for share",
          "select a from t for update skip locked",
          "select t . a from t join u on t . a = u . a",
          "select t . a from t left join u on t . a = u . a",
          "select t . a from t right join u on t . a = u . a",
          "select t . a from t full join u on t . a = u . a",
          "select t . a from t cross join u",
          "select t . a from t join u using ( a )",
          "select a from t union select a from u",
          "select a from t union all select a from u",
          "select a from t except select a from u",
          "select count ( * ) from t",
          "select count ( a ) from t",
          "select count ( distinct a ) from t",
          "select a , count ( * ) from t group by a",
          "select a , count ( * ) from t group by 1",
          "select a , count ( * ) from t group by a having count ( * ) > ?i",
          "select count ( * ) over ( partition by a order by b ) from t",
          "select a , sum ( b ) from t group by rollup ( a )",
          "select case when a = ?i then ?i else b end from t",
          "select a :: text from t",
          "select a :: int8 from t",
          "select coalesce ( b , ?i ) from t",
          "select lower ( name ) from t where upper ( name ) = ?t",
          "with w as ( select a from t where b = ?i ) select * from w",
          "insert into t ( a , b ) values ( ?i , ?i )",
          "insert into t ( b , a ) values ( ?i , ?i )",
          "insert into t ( a , name ) values ( ?i , ?t ) on conflict do nothing",
          "insert into t ( a , name ) values ( ?i , ?t ) returning a",
          "insert into t ( a , b ) values ( ?i , default )",
          "update t set a = ?i where b = ?i",
          "update t set b = ?i where a = ?i",
          "update t set a = a + ?i , name = ?t where b = ?i",
          "delete from t where a = ?i",
          "delete from t using u where t . a = u . a and u . b = ?i");

  private static final List<String> NUMBERS =
      List.of("1", "42", "-5", "(7)", "- 8", "'5'::int", "3 :: integer", "cast ( 9 as int4 )");

  private static final List<String> TEXTS =
      List.of(
          "'x'",
          "'it''s'",
          "E'\\'\\n'",
          "U&'d!0061' uescape '!'",
          "$$a$$",
          "$x$ $$' $x$",
          "'a'\n  'b'",
          "'y'::text",
          "text 'z'",
          "cast ( 'w' as text )");

  private static final String[] BLANKS = {
    " ", "\n", "\t\r\n", "/* 'x */", " -- don't\n", " /*a/*b*/;*/ "
  };

  private static final int FORMS = 6;

  private final PostgresServer postgres = ItParts.postgres();
  private final StatementNormalizer normalizer = new StatementNormalizer();
  private final Random random = new Random(1);
  private String database = "";

  @BeforeEach
  void createDatabase() {
    database = postgres.createDatabase("fingerprints");
  }

  @AfterEach
  void dropDatabase() {
    postgres.dropDatabase(database);
  }

  @Test
  void textsOfOneFingerprintHaveOneQueryId() throws SQLException {
    try (Connection connection = DriverManager.getConnection(postgres.superuserUrl(database));
        Statement sql = connection.createStatement()) {
      sql.execute("create table t (a int primary key, b int, name text, \"C d\" int, \"c d\" int)");
      sql.execute("create table u (a int, b int)");
      sql.execute("set compute_query_id = on");
      Map<Fingerprint, String> ids = new HashMap<>();
      for (String statement : STATEMENTS) {
        Fingerprint expected =
            normalizer.normalize(statement.replaceAll("\\?.", "1")).orElseThrow().fingerprint();
        for (int form = 0; form < FORMS; form++) {
          String text = written(statement);
          String id = queryId(sql, text);
          Fingerprint actual = normalizer.normalize(text).orElseThrow().fingerprint();
          assertThat(actual).as(text).isEqualTo(expected);
          String other = ids.putIfAbsent(actual, id);
          assertThat(other == null ? id : other).as(text).isEqualTo(id);
        }
      }
    }
  }

  @Test
  void namesAreOneWhereTheyAreOneToPostgres() throws SQLException {
    String name = "x".repeat(62) + "é";
    try (Connection connection = DriverManager.getConnection(postgres.superuserUrl(database));
        Statement sql = connection.createStatement()) {
      sql.execute("create table t (" + name + " int)");
      sql.execute("set compute_query_id = on");
      String asWritten = "select " + name + "yz from t";
      String cut = "select \"" + "x".repeat(62) + "\" from t";
      assertThat(queryId(sql, asWritten)).isEqualTo(queryId(sql, cut));
      assertThat(normalizer.normalize(asWritten)).isEqualTo(normalizer.normalize(cut));
    }
  }

  private static String queryId(Statement sql, String text) throws SQLException {
    try (ResultSet plan = sql.executeQuery("explain (verbose) " + text)) {
      String line = "";
      while (plan.next()) {
        line = plan.getString(1);
      }
      assertThat(line).as(text).startsWith("Query Identifier: ");
      return line;
    }
  }

  /** The statement in another form. */
  private String written(String statement) {
    StringBuilder text = new StringBuilder();
    for (String token : statement.split(" (?=([^\"]*\"[^\"]*\")*[^\"]*$)", -1)) {
      switch (token) {
        case "?i" -> text.append(one(NUMBERS));
        case "?t" -> text.append(one(TEXTS));
        default -> text.append(recased(token));
      }
      text.append(' ');
    }
    return respaced(text.toString()) + (random.nextBoolean() ? ";" : "");
  }

  private String recased(String token) {
    if (token.matches("[abtu]|name") && random.nextInt(3) == 0) {
      return '"' + token + '"';
    }
    return token.contains("\"") || random.nextBoolean() ? token : token.toUpperCase(Locale.ROOT);
  }

  private String respaced(String text) {
    StringBuilder out = new StringBuilder();
    SqlLexer lexer = new SqlLexer();
    lexer.reset(text);
    while (lexer.next()) {
      out.append(
          new String(
              lexer.bytes(), lexer.start(), lexer.end() - lexer.start(), StandardCharsets.UTF_8));
      // a line end after a string would make it go on in the next one
      boolean string = lexer.kind().isString() || lexer.kind() == TokenKind.COMMENT;
      out.append(string ? " " : BLANKS[random.nextInt(BLANKS.length)]);
    }
    return out.toString();
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
