package dev.logdex.normalizer.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreparedCallTest {
  private static final String DETAIL = "prepare: PREPARE p1(int, text) AS SELECT $1, $2";

  static List<Arguments> calls() {
    return List.of(
        Arguments.of("EXECUTE p1(3, 'it''s');", List.of("3", "it's")),
        Arguments.of("execute  \"p1\" ( -3.5 ,\n NULL )", Arrays.asList("-3.5", null)),
        Arguments.of("/* a */ EXECUTE p1(true, 'a, b)') ; -- c", List.of("true", "a, b)")),
        Arguments.of("EXECUTE p1(3 + 1, 'x')", List.of()),
        Arguments.of("EXECUTE p1(f(1, 2), 'x')", List.of()),
        Arguments.of("EXECUTE p1('2026-01-01'::date, 'x')", List.of()),
        Arguments.of("EXECUTE p1", List.of()),
        Arguments.of("EXECUTE p1(", List.of()),
        Arguments.of("EXECUTE p1('unclosed", List.of()));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void argumentsAreTakenWhenAllAreSimple(String message, List<@Nullable String> arguments) {
    PreparedCall call = PreparedCall.of(message, DETAIL);

    assertThat(call).isNotNull();
    assertThat(call.statement()).isEqualTo("SELECT $1, $2");
    assertThat(call.parameters()).isEqualTo(arguments);
  }

  @Test
  void thePreparedTextEndsWithItsStatement() {
    PreparedCall call =
        PreparedCall.of(
            "EXECUTE p", "prepare: PREPARE p (numeric(10,2)[]) as\nSELECT ';', $$;$$ ; SELECT 2");

    assertThat(call).isNotNull();
    assertThat(call.statement()).isEqualTo("SELECT ';', $$;$$");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"SELECT 1", "EXECUTE p1(1); SELECT 2", "EXECUTE p1(1); EXECUTE p2(1)", "EXECUTED"})
  void otherMessagesAreNoCall(String message) {
    assertThat(PreparedCall.of(message, DETAIL)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "parameters: $1 = '1'",
        "prepare: BEGIN; PREPARE p1 AS SELECT 1",
        "prepare: PREPARE p1(int",
        "prepare: PREPARE p1",
        "prepare: ",
      })
  void otherDetailsAreNoText(String detail) {
    assertThat(PreparedCall.of("EXECUTE p1(1)", detail)).isNull();
  }
}
