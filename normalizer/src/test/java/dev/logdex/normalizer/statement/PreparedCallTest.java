package dev.logdex.normalizer.statement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.normalizer.text.Utf8;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreparedCallTest {
  static List<Arguments> calls() {
    return List.of(
        Arguments.of("EXECUTE p1(3, 'it''s');", List.of("3", "it's")),
        Arguments.of("execute  \"p1\" ( -3.5 ,\n NULL )", Arrays.asList("-3.5", null)),
        Arguments.of("/* a */ EXECUTE P1(true, 'a, b)') ; -- c", List.of("true", "a, b)")),
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
    PreparedCall call = PreparedCall.in(Utf8.of(message));

    assertThat(call).isNotNull();
    assertThat(call.name()).isEqualTo("p1");
    assertThat(call.parameters().values()).isEqualTo(arguments);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        "EXECUTE p1(1); SELECT 2",
        "EXECUTE p1(1); EXECUTE p2(1)",
        "EXECUTED",
        "EXECUTE",
        ""
      })
  void otherMessagesAreNoCall(String message) {
    assertThat(PreparedCall.in(Utf8.of(message))).isNull();
  }

  @Test
  void thePreparedTextEndsWithItsStatement() {
    assertThat(named("PREPARE p (numeric(10,2)[]) as\nSELECT ';', $$;$$ ; SELECT 2"))
        .isEqualTo("SELECT ';', $$;$$");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PREPARE p AS SELECT 1 | SELECT 1",
        "PREPARE P(int) AS SELECT $1; | SELECT $1",
        "PREPARE \"p\" AS SELECT 1 | SELECT 1",
        "BEGIN; PREPARE p AS SELECT 1; COMMIT | SELECT 1",
        "PREPARE q AS SELECT 2; PREPARE p AS SELECT 1 | SELECT 1",
        "SELECT $1 | SELECT $1",
      })
  void theTextIsFoundWhereverItsNameIsPrepared(String source, String text) {
    assertThat(named(source)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PREPARE p(int",
        "PREPARE p",
        "PREPARE q AS SELECT 1",
        "PREPARE \"P\" AS SELECT 1",
        "SELECT 1; SELECT 2",
        "PREPARE p AS ",
        "PREPARE",
        "",
      })
  void otherTextsNameNone(String source) {
    assertThat(named(source)).isNull();
  }

  private static @Nullable String named(String source) {
    Utf8 text = PreparedText.named("p", Utf8.of(source));
    return text == null ? null : text.toString();
  }
}
