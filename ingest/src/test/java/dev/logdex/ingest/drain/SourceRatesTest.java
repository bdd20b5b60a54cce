package dev.logdex.ingest.drain;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SourceRatesTest {
  private long now;
  private final SourceRates rates =
      new SourceRates(
          100,
          new TimeMeter() {
            @Override
            public long currentTimeNanos() {
              return now;
            }

            @Override
            public boolean isWallClockBased() {
              return false;
            }
          });

  @Test
  void tenSecondsWorthMayComeAtOnceAndNoMoreUntilTimePasses() {
    rates.sent("a", 999);
    assertThat(rates.mayGoOn("a")).isTrue();
    rates.sent("a", 1);
    assertThat(rates.mayGoOn("a")).isFalse();
    pass(Duration.ofSeconds(1));
    assertThat(rates.mayGoOn("a")).isTrue();
  }

  @Test
  void aLargeRequestIsTakenAsAWholeAndWaitedForAfterwards() {
    rates.sent("a", 2000);
    pass(Duration.ofSeconds(9));
    assertThat(rates.mayGoOn("a")).isFalse();
    pass(Duration.ofSeconds(2));
    assertThat(rates.mayGoOn("a")).isTrue();
  }

  @Test
  void sourcesDoNotHoldEachOtherBack() {
    rates.sent("a", 5000);
    assertThat(rates.mayGoOn("b")).isTrue();
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
