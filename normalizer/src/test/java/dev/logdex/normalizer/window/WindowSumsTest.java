package dev.logdex.normalizer.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.normalizer.event.Fingerprint;
import dev.logdex.normalizer.event.QueryWindow;
import dev.logdex.normalizer.statement.Execution;
import dev.logdex.normalizer.statement.Parameters;
import dev.logdex.normalizer.text.Place;
import dev.logdex.normalizer.text.Utf8;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowSumsTest {
  private static final Fingerprint ONE = new Fingerprint(1);
  private static final Fingerprint TWO = new Fingerprint(2);

  private final WindowSums sums = new WindowSums(WindowLimits.DEFAULT);

  @Test
  void executionsOfOneWindowAddUp() {
    sums.add(execution("shop", "ann", "2026-01-01T10:00:00Z", 1.5), ONE, () -> "select $1");
    sums.add(execution("shop", "bob", "2026-01-01T10:00:59.999Z", 0.5), ONE, () -> "select $1");
    sums.add(execution("shop", "bob", "2026-01-01T10:00:30Z", null), ONE, () -> "select $1");

    QueryWindow window = sums.windows().get(0);
    assertThat(sums.windows()).hasSize(1);
    assertThat(window.calls()).isEqualTo(3);
    assertThat(window.timedCalls()).isEqualTo(2);
    assertThat(window.totalTimeMs()).isEqualTo(2.0);
    assertThat(window.minTimeMs()).isEqualTo(0.5);
    assertThat(window.maxTimeMs()).isEqualTo(1.5);
    assertThat(window.users()).containsEntry("ann", 1L).containsEntry("bob", 2L);
    assertThat(window.windowStart()).isEqualTo("2026-01-01T10:00:00Z");
    assertThat(window.key()).isEqualTo("shop/0000000000000001/2026-01-01T10:00:00Z");
  }

  @Test
  void windowDatabaseAndFingerprintSeparate() {
    sums.add(execution("shop", "", "2026-01-01T10:00:00Z", 1.0), ONE, () -> "a");
    sums.add(execution("shop", "", "2026-01-01T10:01:00Z", 1.0), ONE, () -> "a");
    sums.add(execution("crm", "", "2026-01-01T10:00:00Z", 1.0), ONE, () -> "a");
    sums.add(execution("shop", "", "2026-01-01T10:00:00Z", 1.0), TWO, () -> "b");

    assertThat(sums.windows()).extracting(QueryWindow::calls).containsExactly(1L, 1L, 1L, 1L);
  }

  @Test
  void timesBeforeTheEpochBelongToAWindowToo() {
    sums.add(execution("shop", "", "1969-12-31T23:59:59.5Z", 1.0), ONE, () -> "a");

    assertThat(sums.windows().get(0).windowStart()).isEqualTo("1969-12-31T23:59:00Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select * from t",
        "SELECT 1",
        "( select $1)",
        "with a as (select $1) select",
        "insert into t"
      })
  void whatCanBePlannedHasASample(String text) {
    sums.add(execution("shop", "", "2026-01-01T10:00:00Z", 1.0), ONE, () -> text);

    assertThat(sums.windows().get(0).samples()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"alter role $1 password $2", "create user a", "selective", "", "(", "begin"})
  void whatCannotBePlannedHasNone(String text) {
    sums.add(execution("shop", "", "2026-01-01T10:00:00Z", 1.0), ONE, () -> text);

    assertThat(sums.windows().get(0).samples()).isEmpty();
    assertThat(sums.samplesDropped()).isZero();
  }

  @Test
  void anOverlongStatementIsCountedButGivesNoSample() {
    sums.add(
        new Execution(
            "shop",
            "",
            Utf8.of("x".repeat(16_000)),
            Parameters.of(List.of("y".repeat(1_000))),
            Instant.EPOCH,
            1.0,
            0,
            new Place("0:0", 1)),
        ONE,
        () -> "select $1");

    assertThat(sums.windows().get(0).calls()).isEqualTo(1);
    assertThat(sums.windows().get(0).samples()).isEmpty();
    assertThat(sums.samplesDropped()).isEqualTo(1);
  }

  @Test
  void samplesCanBeTurnedOff() {
    WindowSums without = new WindowSums(new WindowLimits(Duration.ofMinutes(1), 0, 100, 100));

    without.add(execution("shop", "", "2026-01-01T10:00:00Z", 1.0), ONE, () -> "select $1");

    assertThat(without.windows().get(0).samples()).isEmpty();
    assertThat(without.samplesDropped()).isZero();
  }

  @Test
  void anOverlongTextIsCutBetweenCharacters() {
    WindowSums small = new WindowSums(new WindowLimits(Duration.ofMinutes(1), 0, 0, 10));

    small.add(
        execution("shop", "", "2026-01-01T10:00:00Z", 1.0),
        ONE,
        () -> "select '\ud83d\ude00\ud83d\ude00'");

    assertThat(small.windows().get(0).text()).isEqualTo("select '\ud83d\ude00");
    assertThat(small.textsCut()).isEqualTo(1);
    small.add(execution("shop", "", "2026-01-01T10:00:00Z", 1.0), TWO, () -> "0123456789");
    assertThat(small.textsCut()).isEqualTo(1);
  }

  private static Execution execution(
      String database, String user, String loggedAt, Double elapsedMs) {
    return new Execution(
        database,
        user,
        Utf8.of("select 42"),
        Parameters.NONE,
        Instant.parse(loggedAt),
        elapsedMs,
        0,
        new Place("0:0", 1));
  }
}
