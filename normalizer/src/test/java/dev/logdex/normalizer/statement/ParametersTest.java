package dev.logdex.normalizer.statement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.normalizer.text.Utf8;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {
  @Test
  void quotesLinesNullsAndFakesAreRead() {
    assertThat(
            read(
                "parameters: $1 = 'o''clock\nsecond line', $2 = NULL, $3 = '', $4 = 'x'', $5 ="
                    + " ''fake', $5 = '\\x00ff', $6 = 'NULL'"))
        .containsExactly("o'clock\nsecond line", null, "", "x', $5 = 'fake", "\\x00ff", "NULL");
  }

  @Test
  void newerServersWriteACapital() {
    assertThat(read("Parameters: $1 = '1'")).containsExactly("1");
    assertThat(Parameters.in(Utf8.of("prepare: PREPARE a AS SELECT 1")).isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "parameters: ",
        "parameters: $1 = '1",
        "parameters: $1 = '1' [Your log message was truncated]",
        "parameters: $1 = '1', $3 = '2'",
        "parameters: $2 = '1'",
        "parameters: $1 = 1",
        "parameters: $1 = '01234567...'",
        "parameters: $1 = '1', $2 = '01234567...', $3 = '2'",
        "parameters: $1 = NULLIF",
      })
  void aListThatIsNotWholeIsNone(String detail) {
    assertThat(read(detail)).isEmpty();
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    List<String> values = new ArrayList<>(List.of("o'clock", "", "', $2 = 'x"));
    values.add(null);

    assertThat(Parameters.of(values).values()).isEqualTo(values);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "parameters: $1 = '1",
        "parameters: $1 = '01234567...'",
        "parameters: $1 = '...'",
        "parameters: $1 = '1', $2 = '01234567...', $3 = '2'",
        "parameters: $1 = '1' [Your log message was truncated]",
      })
  void aListThatTheServerCutIsMarked(String detail) {
    assertThat(Parameters.in(Utf8.of(detail)).truncated()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"parameters: $1 = '..', $2 = NULL", "parameters: $1 = 'a... b'", "other", ""})
  void aWholeListIsNot(String detail) {
    assertThat(Parameters.in(Utf8.of(detail)).truncated()).isFalse();
  }

  @Test
  void tenAndMoreAreRead() {
    StringBuilder detail = new StringBuilder("parameters: $1 = '1'");
    for (int number = 2; number <= 120; number++) {
      detail.append(", $").append(number).append(" = '").append(number).append("'");
    }

    assertThat(read(detail.toString())).hasSize(120).endsWith("120");
  }

  private static List<@Nullable String> read(String detail) {
    return Parameters.in(Utf8.of(detail)).values();
  }
}
