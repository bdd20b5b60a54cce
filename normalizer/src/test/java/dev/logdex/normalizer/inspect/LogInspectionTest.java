package dev.logdex.normalizer.inspect;

import static dev.logdex.normalizer.LogLines.execute;
import static dev.logdex.normalizer.LogLines.statement;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.logdex.normalizer.event.DeadLetterReason;
import dev.logdex.normalizer.inspect.InspectReport.NotUnderstood;
import dev.logdex.normalizer.inspect.InspectReport.StatementFigures;
import dev.logdex.normalizer.logentry.LogSettings;
import dev.logdex.normalizer.statement.StatementEvent.Kind;
import dev.logdex.runtime.EventJson;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogInspectionTest {
  private static final String AT = "2026-01-01T10:00:05Z";
  private static final Instant ARRIVED = Instant.parse("2026-02-01T00:00:00Z");

  private final LogInspection inspection = new LogInspection(LogSettings.defaults());

  @Test
  void callsAndTimesAddUpPerStatementDatabaseAndUser() {
    read(
        "a.log",
        statement(AT, 1.5, "select * from t where id = 1")
            + statement(AT, 0.25, "select * from t where id = 2")
            + execute(AT, 7, "select * from t where id = $1", "$1 = '3'")
            + statement(AT, 1, "select * from t where id = 1").replace("app@shop", "bob@shop"));

    InspectReport report = inspection.report();

    assertThat(report.entries()).isEqualTo(4);
    assertThat(report.executions()).isEqualTo(4);
    assertThat(report.errors()).isZero();
    assertThat(report.deadLetters()).isEmpty();
    assertThat(report.notUnderstood()).isEmpty();
    assertThat(report.fingerprints()).hasSize(2);
    StatementFigures app = report.fingerprints().get(0);
    assertThat(app.text()).isEqualTo("select * from t where id = $1");
    assertThat(app.database()).isEqualTo("shop");
    assertThat(app.user()).isEqualTo("app");
    assertThat(app.calls()).isEqualTo(3);
    assertThat(app.totalTimeMs()).isEqualTo(8.75);
    assertThat(app.minTimeMs()).isEqualTo(0.25);
    assertThat(app.maxTimeMs()).isEqualTo(7);
    assertThat(report.fingerprints().get(1).user()).isEqualTo("bob");
  }

  @Test
  void theLogsFormAndPrefixAreTold() {
    read("a.log", statement(AT, 1, "select 1"));

    assertThat(inspection.report().format()).isEqualTo("stderr");
    assertThat(inspection.report().prefix()).contains("%m").contains("[%p]");
    assertThat(inspection.facts("a.log")).isPresent();
    assertThat(inspection.facts("b.log")).isEmpty();
  }

  @Test
  void whatIsNotUnderstoodIsCountedByReasonWithItsFirstPlaces() {
    StringBuilder log = new StringBuilder(statement(AT, 1, "select 1"));
    log.append("garbage\n".repeat(5));
    log.append(statement(AT, 1, "select 'cut here"));
    log.append(statement(AT, 1, "select 2"));
    read("a.log", log.toString());

    InspectReport report = inspection.report();

    assertThat(report.executions()).isEqualTo(2);
    assertThat(report.deadLetters())
        .isEqualTo(
            Map.of(DeadLetterReason.NOT_A_LOG_LINE, 5L, DeadLetterReason.TRUNCATED_STATEMENT, 1L));
    assertThat(report.notUnderstood())
        .extracting(NotUnderstood::place)
        .containsExactly("a.log:2", "a.log:3", "a.log:4", "a.log:7");
  }

  @Test
  void placesGoOnFromBlockToBlock() {
    inspection.read("a.log", statement(AT, 1, "select 1").getBytes(UTF_8), "a.log", ARRIVED);
    inspection.read("a.log", "garbage\n".getBytes(UTF_8), "a.log", ARRIVED);
    inspection.end("a.log");

    assertThat(inspection.report().notUnderstood())
        .extracting(NotUnderstood::place)
        .containsExactly("a.log:2");
  }

  @Test
  void errorsAreCountedButAreNoExecutions() {
    read(
        "a.log",
        """
        2026-01-01 10:00:05.000 UTC [100] app@shop ERROR:  relation "nosuch" does not exist
        2026-01-01 10:00:05.000 UTC [100] app@shop STATEMENT:  select * from nosuch
        """);

    assertThat(inspection.report().errors()).isEqualTo(1);
    assertThat(inspection.report().entries()).isEqualTo(1);
    assertThat(inspection.report().executions()).isZero();
    assertThat(inspection.report().events()).containsExactly(Map.entry(Kind.ERROR, 1L));
    assertThat(inspection.report().fingerprints())
        .singleElement()
        .satisfies(
            figures -> {
              assertThat(figures.text()).isEqualTo("select * from nosuch");
              assertThat(figures.calls()).isZero();
              assertThat(figures.errors()).isEqualTo(1);
            });
  }

  @Test
  void furtherFetchesAreTimeOfTheirCall() {
    read(
        "a.log",
        """
        2026-01-01 10:00:05.000 UTC [100] app@shop LOG:  duration: 1.500 ms  execute S_1/C_2: select 1
        2026-01-01 10:00:05.100 UTC [100] app@shop LOG:  duration: 0.500 ms  execute fetch from S_1/C_2: select 1
        """);

    assertThat(inspection.report().executions()).isEqualTo(1);
    assertThat(inspection.report().events()).containsExactly(Map.entry(Kind.FETCH, 1L));
    assertThat(inspection.report().fingerprints())
        .extracting(StatementFigures::calls, StatementFigures::totalTimeMs)
        .containsExactly(tuple(1L, 2.0));
  }

  @Test
  void anEmptyLogIsAReportWithoutAnything() {
    inspection.end("a.log");

    InspectReport report = inspection.report();
    assertThat(report.entries()).isZero();
    assertThat(report.prefix()).isNull();
    assertThat(report.fingerprints()).isEmpty();
  }

  @Test
  void theReportHoldsNoLiterals() {
    read("a.log", statement(AT, 1, "select 'secret'") + statement(AT, 1, "select 'secret"));

    assertThat(EventJson.line(inspection.report())).doesNotContain("secret");
  }

  private void read(String source, String lines) {
    inspection.read(source, lines.getBytes(UTF_8), source, ARRIVED);
    inspection.end(source);
  }
}
