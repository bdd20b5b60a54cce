package dev.logdex.recommender.advice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.004, <0.01",
    "0.25, 0.25",
    "5, 5",
    "14.321, 14.32",
    "1250.4, '1,250'",
  })
  void rates(double rate, String text) {
    assertThat(Figures.rate(rate)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.0 %",
    "0.0004, <0.1 %",
    "0.051, 5.1 %",
    "0.5, 50 %",
    "0.998, 99.8 %",
    "0.9996, >99.9 %",
    "1, 100 %",
  })
  void percentagesNeverRoundToAllOrNothing(double share, String text) {
    assertThat(Figures.percent(share)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 bytes",
    "1023, 1023 bytes",
    "8192, 8.0 kB",
    "23592960, 22.5 MB",
    "157286400, 150 MB",
    "5497558138880, 5.0 TB",
    "9007199254740992, 8192 TB",
  })
  void sizesAreCountedAsPostgresDoes(long bytes, String text) {
    assertThat(Figures.bytes(bytes)).isEqualTo(text);
  }

  @Test
  void costsHaveTwoDecimals() {
    assertThat(Figures.cost(122555.868)).isEqualTo("122555.87");
  }
}
