package dev.logdex.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StatementSplitterTest {

  static Stream<Arguments> texts() {
    return Stream.of(
        split("select 1", "select 1"),
        split("select 1;", "select 1"),
        split("select 1; DROP TABLE users", "select 1", "DROP TABLE users"),
        split(" ;; /* a; */ ; -- b;\n ;"),
        split(""),
        split("select $$;$$; drop table t;", "select $$;$$", "drop table t"),
        split("select $a$;$$;$a$ ; x", "select $a$;$$;$a$", "x"),
        split("select 'a\\'; DROP TABLE x; --'", "select 'a\\'", "DROP TABLE x"),
        split("select E'a\\'; DROP TABLE x; --'", "select E'a\\'; DROP TABLE x; --'"),
        split("select \"a;b\"; select ';'", "select \"a;b\"", "select ';'"),
        split("select /* /* ; */ ; */ 1 -- ;\n + 2; b", "select /* /* ; */ ; */ 1 -- ;\n + 2", "b"),
        split("/* tag */ begin /* x */; /* y */ commit -- z", "begin", "commit"),
        split(
            "create rule r as on insert to t do (delete from u; notify v); select 'é'",
            "create rule r as on insert to t do (delete from u; notify v)",
            "select 'é'"),
        split("select 1); select 2", "select 1)", "select 2"),
        split("select 'cut; here", "select 'cut; here"));
  }

  private static Arguments split(String text, String... statements) {
    return Arguments.of(text, List.of(statements));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void separatesAtSemicolonsOutsideOfQuotesCommentsAndParentheses(
      String text, List<String> statements) {
    assertThat(StatementSplitter.split(text)).isEqualTo(statements);
  }
}
