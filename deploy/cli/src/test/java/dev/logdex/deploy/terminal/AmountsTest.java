package dev.logdex.deploy.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1.0 kB",
    "23592960, 22.5 MB",
    "5497558138880, 5.0 TB"
  })
  void bytesAreInTheLargestFittingUnit(long bytes, String text) {
    assertThat(Amounts.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0 s", "PT59.4S, 59 s", "PT59.6S, 1 min 0 s", "PT1H2M, 1 h 2 min"})
  void durationsAreInWholeSeconds(String duration, String text) {
    assertThat(Amounts.duration(Duration.parse(duration.equals("0") ? "PT0S" : duration)))
        .isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0.25, 0.3 ms", "1234, 1.2 s", "185000, 3 min 5 s"})
  void millisecondsGetTheUnitThatFits(double ms, String text) {
    assertThat(Amounts.milliseconds(ms)).isEqualTo(text);
  }

  @Test
  void countsHaveThousandsApart() {
    assertThat(Amounts.count(1, "entry", "entries")).isEqualTo("1 entry");
    assertThat(Amounts.count(200_000, "entry", "entries")).isEqualTo("200,000 entries");
  }
}
