package dev.logdex.analyzer.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.event.UnplannedReason;
import dev.logdex.analyzer.plan.PlanFailure;
import dev.logdex.normalizer.event.DeadLetterReason;
import dev.logdex.sql.PlannableStatement.Refusal;
import dev.logdex.sql.StatementKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RefusalsTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "42601, false, SYNTAX_ERROR, SYNTAX_ERROR",
    "42P01, false, UNKNOWN_OBJECT, UNKNOWN_OBJECT",
    "42703, true, UNKNOWN_OBJECT, UNKNOWN_OBJECT",
    "42883, false, UNKNOWN_OBJECT, UNKNOWN_OBJECT",
    "42501, false, PERMISSION_DENIED, PERMISSION_DENIED",
    "42P18, true, UNKNOWN_PARAMETER_TYPE, UNKNOWN_PARAMETER_TYPE",
    "22P02, true, UNKNOWN_PARAMETER_TYPE, UNKNOWN_PARAMETER_TYPE",
    "22P02, false, PLAN_FAILED, PLAN_FAILED",
    "57014, false, PLAN_TIMEOUT, PLAN_TIMEOUT",
    "55P03, false, PLAN_TIMEOUT, PLAN_TIMEOUT",
    "0A000, false, PLAN_FAILED, PLAN_FAILED"
  })
  void aSqlStateHasAReason(
      String state, boolean guessed, UnplannedReason reason, DeadLetterReason letter) {
    UnplannedPart part = Refusals.of(PlanFailure.of(state, null, guessed), "select 1");
    assertThat(part.reason()).isEqualTo(reason);
    assertThat(part.deadLetter()).isEqualTo(letter);
    assertThat(part.detail()).contains(state).endsWith(".");
  }

  @Test
  void aMissingTableIsNamedWhereItIsAName() {
    PlanFailure failure = PlanFailure.of("42P01", "shop.orders", false);
    assertThat(Refusals.of(failure, "select * from shop.orders").detail()).contains("shop.orders");
  }

  @Test
  void whatStandsInDoubleQuotesIsNotRepeated() {
    PlanFailure failure = PlanFailure.of("42703", "hunter2", false);
    assertThat(Refusals.of(failure, "select * from t where password = \"hunter2\"").detail())
        .doesNotContain("hunter2");
  }

  @ParameterizedTest
  @EnumSource(StatementKind.class)
  void whatIsNoQueryHasAReason(StatementKind kind) {
    assertThat(Refusals.of(kind, false).detail()).isNotBlank();
    assertThat(Refusals.of(kind, true).detail()).isNotBlank();
  }

  @Test
  void aDropIsSuspiciousOnlyBehindAnotherStatement() {
    assertThat(Refusals.of(StatementKind.DEFINITION, true).deadLetter())
        .isEqualTo(DeadLetterReason.NOT_PLANNABLE);
    assertThat(Refusals.of(StatementKind.DEFINITION, false).deadLetter()).isNull();
    assertThat(Refusals.of(StatementKind.TRANSACTION, true).deadLetter()).isNull();
  }

  @ParameterizedTest
  @EnumSource(Refusal.class)
  void everyRefusalHasAReason(Refusal refusal) {
    UnplannedPart part = Refusals.of(refusal);
    assertThat(part.detail()).matches("[A-Z].*\\.");
    assertThat(part.deadLetter() == null).isEqualTo(refusal == Refusal.EMPTY);
  }
}
