package dev.logdex.analyzer.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterCastsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "select interval $1|select $1::interval",
        "select a from t where d > date $2 - interval $1|"
            + "select a from t where d > $2::date - $1::interval",
        "select date from t where date = $1|select date from t where date = $1",
        "select 'interval $1'|select 'interval $1'",
      })
  void aTypeBeforeAParameterBecomesACast(String text, String expected) {
    assertThat(ParameterCasts.afterTypes(text)).isEqualTo(expected);
  }

  @Test
  void everyPlaceOfAParameterGetsItsOwnNumber() {
    assertThat(ParameterCasts.apart("select * from t where $1 is null or a = $1 and b = $2"))
        .isEqualTo("select * from t where $1 is null or a = $2 and b = $3");
  }

  @Test
  void aCastTouchesNoOtherParameterAndNoneThatHasOne() {
    assertThat(ParameterCasts.cast("select concat($1, $11, $1::text)", "$1", "text"))
        .isEqualTo("select concat($1::text, $11, $1::text)");
  }

  @Test
  void operandsAreCastByTurns() {
    assertThat(
            ParameterCasts.castOperands(
                "select * from t where at > $1 - $2 and a = $3",
                List.of("timestamptz", "interval")))
        .isEqualTo("select * from t where at > $1::timestamptz - $2::interval and a = $3");
  }

  @Test
  void valuesTellTypes() {
    assertThat(
            ParameterCasts.castByValues(
                "select f($1, $2, $3, $4)", Arrays.asList("5", null, "it's", "2024-01-02")))
        .isEqualTo("select f($1::integer, $2, $3::text, $4::date)");
  }

  @ParameterizedTest
  @CsvSource({
    "5, integer",
    "-12345678901, bigint",
    "1.5, numeric",
    "t, boolean",
    "2024-01-02, date",
    "2024-01-02 03:04:05, timestamp",
    "2024-01-02 03:04:05+02, timestamptz",
    "6f9619ff-8b86-d011-b42d-00cf4fc964ff, uuid",
    "hello, text",
  })
  void aValueLooksLikeItsType(String value, String type) {
    assertThat(ParameterCasts.typeOf(value)).isEqualTo(type);
  }
}
