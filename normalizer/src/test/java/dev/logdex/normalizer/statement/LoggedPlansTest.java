package dev.logdex.normalizer.statement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.normalizer.event.DeadLetterReason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoggedPlansTest {
  private static final String HEAD = "duration: 0.055 ms  plan:\n";
  private static final String SCAN =
      "Seq Scan on public.t  (cost=0.00..29.05 rows=421 width=36)"
          + " (actual time=0.007..0.050 rows=2 loops=1)";

  private final Conversation log = new Conversation();

  static List<Arguments> texts() {
    return List.of(
        text("SELECT 1", "", "Result  (cost=0.00..0.01 rows=1 width=4)", -1, 77),
        text("SELECT 1\n  FROM t\n WHERE a = 'x\n\ny'", "", SCAN + "\n  Output: id", 2, 77),
        // PostgreSQL 15, with a fake within query and filter
        text(
            "select *\nfrom t\nwhere id < 3 and name <> 'a\n"
                + "Seq Scan on t  (cost=0.00..1.00 rows=1 width=4)'",
            "",
            SCAN
                + "\n  Filter: ((t.id < 3) AND (t.name <> 'a\n"
                + "Seq Scan on t  (cost=0.00..1.00 rows=1 width=4)'::text))\n"
                + "  Rows Removed by Filter: 998\n  Buffers: shared hit=6",
            2,
            77),
        text("SELECT '\nSeq Scan on t  (cost=0.00..1.00 rows=1 width=4)\n'", "", SCAN, 2, 77),
        text(
            "SELECT $1",
            "\nQuery Parameters: $1 = 'o''clock\nx', $2 = '0123...'",
            SCAN + "\nQuery Identifier: -42",
            2,
            -42),
        text("SELECT '\nQuery Parameters: x'", "", SCAN, 2, 77),
        text(
            "SELECT 1",
            "",
            """
            Index Scan  (cost=0.00..29.05 rows=4 width=36) (actual rows=3.50 loops=4)
              ->  Seq Scan on t  (cost=0.00..1.00 rows=1 width=4) (never executed)
            Settings: work_mem = '64kB'
            JIT:
              Functions: 2""",
            14,
            77),
        text(
            "SELECT 1",
            "",
            "Seq Scan  (cost=0.00..29.05 rows=4 width=36) (never executed)",
            0,
            77));
  }

  private static Arguments text(
      String query, String parameters, String plan, double rows, long queryId) {
    return Arguments.of(query, parameters, plan, rows, queryId);
  }

  @ParameterizedTest
  @MethodSource("texts")
  void aPlanInTextIsToldApartFromItsQuery(
      String query, String parameters, String plan, double rows, long queryId) {
    log.say(HEAD + "Query Text: " + query + parameters + "\n" + plan);

    assertThat(log.executions).isEmpty();
    assertThat(log.reasons).isEmpty();
    assertThat(log.plans).hasSize(1);
    LoggedPlan read = log.plans.get(0);
    assertThat(read.format()).isEqualTo(LoggedPlan.Format.TEXT);
    assertThat(read.statement()).hasToString(query);
    assertThat(read.plan()).hasToString(plan);
    assertThat(read.rows()).isEqualTo(rows);
    assertThat(read.queryId()).isEqualTo(queryId);
    assertThat(read.elapsedMs()).isEqualTo(0.055);
  }

  @Test
  void aPlanInJsonLosesItsQueryAndKeepsItsNumbers() {
    log.say(
        HEAD
            + "{\n  \"Query Text\": \"select * from t\\n where \\\"a\\\" = $1\",\n"
            + "  \"Query Parameters\": \"$1 = 'secret'\",\n"
            + "  \"Plan\": {\"Node Type\": \"Seq Scan\", \"Total Cost\": 64.10, \"Actual Rows\": 2,"
            + " \"Actual Loops\": 3},\n  \"Query Identifier\": -9139831208379\n}");

    LoggedPlan plan = log.plans.get(0);
    assertThat(plan.format()).isEqualTo(LoggedPlan.Format.JSON);
    assertThat(plan.statement()).hasToString("select * from t\n where \"a\" = $1");
    assertThat(plan.plan())
        .hasToString(
            "{\"Plan\":{\"Node Type\":\"Seq Scan\",\"Total Cost\":64.10,\"Actual Rows\":2,"
                + "\"Actual Loops\":3},\"Query Identifier\":-9139831208379}");
    assertThat(plan.rows()).isEqualTo(6);
    assertThat(plan.queryId()).isEqualTo(-9139831208379L);
  }

  @Test
  void lineEndsThatAPlatformLeftInJsonAreTaken() {
    log.say(HEAD + "{\"Query Text\": \"select 1\nfrom t\", \"Plan\": {\"Filter\": \"(a\n > 1)\"}}");

    assertThat(log.plans.get(0).statement()).hasToString("select 1\nfrom t");
    assertThat(log.plans.get(0).rows()).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"Query Text\": \"select 1\", \"Plan\": {\"Node | TRUNCATED_STATEMENT",
        "{\"Query Text\": \"select 1\", \"Plan\": {} | TRUNCATED_STATEMENT",
        "{\"Query Text\": \"select 1\", \"Plan\": {}} x | DAMAGED_ENTRY",
        "{\"Query Text\": select} | DAMAGED_ENTRY",
        "{\"Query Text\": \"select 1\"} | UNSUPPORTED_PLAN_FORMAT",
        "{\"Plan\": [Your log message was truncated] | TRUNCATED_STATEMENT",
        "Query Text: SELECT 1 | TRUNCATED_STATEMENT",
        "Query Text: SELECT 1, [Your log message was truncated] | TRUNCATED_STATEMENT",
        "'' | TRUNCATED_STATEMENT",
        "anything | UNSUPPORTED_PLAN_FORMAT",
      })
  void aPlanThatCannotBeReadIsRejected(String plan, DeadLetterReason reason) {
    log.say(HEAD + plan);

    assertThat(log.plans).isEmpty();
    assertThat(log.reasons).containsExactly(reason);
  }

  @Test
  void jsonThatIsNestedWithoutEndIsRejected() {
    log.say(HEAD + "{\"Plan\": " + "[".repeat(100_000));

    assertThat(log.plans).isEmpty();
    assertThat(log.reasons).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Query Text: \"select 1\\n from t\"\nPlan: \n  Node Type: \"Seq Scan\"\n  Plan Rows: 1270",
        "<explain xmlns=\"http://www.postgresql.org/2009/explain\">\n  <Query-Text>select 1",
      })
  void otherFormatsAreToldOnceAndCounted(String plan) {
    log.say(HEAD + plan, HEAD + plan, HEAD + plan);

    assertThat(log.plans).isEmpty();
    assertThat(log.reasons).containsExactly(DeadLetterReason.UNSUPPORTED_PLAN_FORMAT);
    assertThat(log.log.counts().unsupportedPlans()).isEqualTo(3);
  }

  @Test
  void thePlanOfAnExecuteIsThatOfThePreparedText() {
    log.say(HEAD + "Query Text: PREPARE p1(int) AS SELECT 7 from t where id=$1;\n" + SCAN);

    assertThat(log.plans.get(0).statement()).hasToString("SELECT 7 from t where id=$1");
  }

  @Test
  void thePlanOfANestedStatementIsToldInItsContext() {
    log.context = "SQL statement \"SELECT count(*) from t\"\nPL/pgSQL function f1() line 1";
    log.say(HEAD + "Query Text: SELECT count(*) from t\n" + SCAN);

    assertThat(log.plans).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"LOG", "INFO", "NOTICE", "WARNING", "DEBUG"})
  void plansComeAtTheLevelThatIsConfigured(String level) {
    log.say(level, HEAD + "Query Text: SELECT 1\n" + SCAN, null, null);

    assertThat(log.plans).hasSize(1);
  }

  @Test
  void aPlanBeforeOrAfterItsStatementDoesNotChangeTheCall() {
    log.say(HEAD + "Query Text: SELECT 1\n" + SCAN, "duration: 0.6 ms  statement: SELECT 1");
    log.say("execute a: SELECT 2", HEAD + "Query Text: SELECT 2\n" + SCAN, "duration: 0.7 ms");
    log.log.settleAll();

    assertThat(log.statements()).containsExactly("SELECT 1", "SELECT 2");
    assertThat(log.executions).extracting(SeenExecution::elapsedMs).containsExactly(0.6, 0.7);
    assertThat(log.plans).hasSize(2);
  }
}
