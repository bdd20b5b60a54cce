package dev.logdex.analyzer.round;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RoundScheduleTest {
  private static final long SECOND = 1_000_000_000L;

  private final RoundSchedule schedule =
      new RoundSchedule(Duration.ofSeconds(2), Duration.ofSeconds(30));

  @Test
  void withoutAWindowNoRoundIsDue() {
    assertThat(schedule.isDue(100 * SECOND, true)).isFalse();
    assertThat(schedule.isPending()).isFalse();
  }

  @Test
  void aRoundIsDueWhenNoMoreWindowsCome() {
    schedule.windowCame(0);
    schedule.windowCame(SECOND);
    assertThat(schedule.isDue(2 * SECOND, true)).isFalse();
    assertThat(schedule.isDue(3 * SECOND, true)).isTrue();
  }

  @Test
  void aRoundIsDueAfterAWhileAlthoughWindowsStillCome() {
    assertThat(schedule.isDue(0, true)).isFalse();
    for (int second = 0; second < 30; second++) {
      schedule.windowCame(second * SECOND);
      assertThat(schedule.isDue(second * SECOND, false)).isFalse();
    }
    assertThat(schedule.isDue(30 * SECOND, false)).isTrue();
  }

  @Test
  void noRoundIsDueBeforeTheTopicIsKnown() {
    schedule.windowCame(0);
    assertThat(schedule.isDue(100 * SECOND, false)).isFalse();
    assertThat(schedule.isDue(101 * SECOND, true)).isTrue();
  }

  @Test
  void afterARoundTheNextWindowStartsAnew() {
    schedule.windowCame(0);
    schedule.done();
    assertThat(schedule.isDue(100 * SECOND, true)).isFalse();
    schedule.windowCame(100 * SECOND);
    assertThat(schedule.isDue(101 * SECOND, true)).isFalse();
    assertThat(schedule.isDue(102 * SECOND, true)).isTrue();
  }

  @Test
  void aFailedRoundIsTriedAgainLaterEachTimeUpToABound() {
    schedule.windowCame(0);
    assertThat(schedule.retry(10 * SECOND)).isEqualTo(Duration.ofSeconds(1));
    assertThat(schedule.isDue(10 * SECOND, true)).isFalse();
    assertThat(schedule.isDue(11 * SECOND, true)).isTrue();
    assertThat(schedule.retry(11 * SECOND)).isEqualTo(Duration.ofSeconds(2));
    for (int i = 0; i < 10; i++) {
      schedule.retry(11 * SECOND);
    }
    assertThat(schedule.retry(11 * SECOND)).isEqualTo(Duration.ofSeconds(30));
    schedule.done();
    schedule.windowCame(50 * SECOND);
    assertThat(schedule.retry(50 * SECOND)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void clocksThatStartBelowZeroAreNoTrouble() {
    long start = Long.MIN_VALUE + 5;
    schedule.windowCame(start);
    assertThat(schedule.isDue(start + SECOND, true)).isFalse();
    assertThat(schedule.isDue(start + 2 * SECOND, true)).isTrue();
  }
}
