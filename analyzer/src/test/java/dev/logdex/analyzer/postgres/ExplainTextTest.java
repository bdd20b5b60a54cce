package dev.logdex.analyzer.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.sql.PlannableStatement;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplainTextTest {
  @Test
  void aStatementStandsBehindExplainWithoutAnalyze() {
    PlannableStatement statement =
        PlannableStatement.of("select ';' /* ; */", List.of()).statement().orElseThrow();
    assertThat(ExplainText.explain(statement))
        .startsWith("EXPLAIN (VERBOSE, COSTS, SUMMARY, FORMAT JSON) select ")
        .doesNotContain(";")
        .doesNotContainIgnoringCase("analyze");
  }

  @Test
  void aGenericPlanIsThatOfAPreparedStatement() {
    PlannableStatement statement =
        PlannableStatement.generic("select $1").statement().orElseThrow();
    assertThat(ExplainText.prepare(statement)).startsWith("PREPARE logdex_generic AS select ");
    assertThat(ExplainText.explainPrepared(2))
        .isEqualTo(
            "EXPLAIN (VERBOSE, COSTS, SUMMARY, FORMAT JSON) EXECUTE logdex_generic(NULL, NULL)");
    assertThat(ExplainText.explainPrepared(0)).endsWith("EXECUTE logdex_generic");
  }
}
