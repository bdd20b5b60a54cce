package dev.logdex.analyzer.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.logdex.normalizer.event.DurationSketch;
import dev.logdex.normalizer.event.Fingerprint;
import dev.logdex.normalizer.event.PlanEvidence;
import dev.logdex.normalizer.event.PlanFormat;
import dev.logdex.normalizer.event.QueryWindow;
import dev.logdex.normalizer.event.Sample;
import dev.logdex.normalizer.event.WindowDetails;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WindowFoldTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final WindowFold fold = new WindowFold(Duration.ofHours(24), 3, 3);

  private static QueryWindow window(
      String database, long id, int minute, String part, long calls, Sample... samples) {
    return new QueryWindow(
        QueryWindow.VERSION,
        database,
        new Fingerprint(id),
        "select " + id,
        START.plus(Duration.ofMinutes(minute)),
        Duration.ofMinutes(1),
        part,
        calls,
        calls / 2,
        calls * 3.0,
        1,
        9,
        List.of(samples),
        Map.of());
  }

  private static Sample sample(String text, long calls, @Nullable Double maxTimeMs) {
    return new Sample(text, List.of(), calls, maxTimeMs);
  }

  @Test
  void differentKeysAddUp() {
    fold.add(window("shop", 1, 0, "", 10));
    fold.add(window("shop", 1, 1, "", 20));
    fold.add(window("shop", 1, 1, "late", 5));
    Workload workload = fold.workload();
    assertThat(workload.statements())
        .singleElement()
        .satisfies(
            statement -> {
              assertThat(statement.calls()).isEqualTo(35);
              assertThat(statement.timedCalls()).isEqualTo(17);
              assertThat(statement.totalTimeMs()).isEqualTo(105);
              assertThat(statement.callsPerMinute()).isEqualTo(17.5);
            });
  }

  @Test
  void aLaterRecordOfAKeyReplacesAnEarlierOne() {
    fold.add(window("shop", 1, 0, "", 10));
    fold.add(window("shop", 1, 0, "", 12));
    assertThat(fold.workload().statements().get(0).calls()).isEqualTo(12);
  }

  @Test
  void databasesAreKeptApart() {
    fold.add(window("shop", 1, 0, "", 10));
    fold.add(window("crm", 1, 0, "", 3));
    assertThat(fold.workload().statements())
        .extracting(WorkloadStatement::database, WorkloadStatement::calls)
        .containsExactly(tuple("crm", 3L), tuple("shop", 10L));
  }

  @Test
  void ratesAreOverTheTimeThatTheWindowsCover() {
    fold.add(window("shop", 1, 0, "", 10));
    fold.add(window("shop", 2, 99, "", 5));
    Workload workload = fold.workload();
    assertThat(workload.span()).isEqualTo(Duration.ofMinutes(100));
    assertThat(workload.to()).isEqualTo(START.plus(Duration.ofMinutes(100)));
    assertThat(workload.statements().get(0).callsPerMinute()).isCloseTo(0.1, within(1e-9));
  }

  @Test
  void aSpanIsAtLeastAMinute() {
    fold.add(
        new QueryWindow(
            1,
            "shop",
            new Fingerprint(1),
            "x",
            START,
            Duration.ofSeconds(1),
            "",
            6,
            0,
            0,
            0,
            0,
            List.of(),
            Map.of()));
    assertThat(fold.workload().statements().get(0).callsPerMinute()).isEqualTo(6);
  }

  @Test
  void whatIsOlderThanTheLookBackIsForgotten() {
    fold.add(window("shop", 1, 0, "", 10));
    fold.add(window("shop", 1, 10, "", 1));
    fold.add(window("shop", 2, 24 * 60, "", 5));
    assertThat(fold.add(window("shop", 3, 0, "", 7))).isFalse();
    assertThat(fold.workload().statements())
        .extracting(WorkloadStatement::calls)
        .containsExactly(1L, 5L);
  }

  @Test
  void theOrderOfArrivalDoesNotMatter() {
    WindowFold other = new WindowFold(Duration.ofHours(24), 3, 3);
    List<QueryWindow> windows =
        List.of(
            window("shop", 2, 3, "", 1, sample("b", 1, 5.0)),
            window("shop", 1, 2, "", 2, sample("a", 2, null)),
            window("shop", 2, 1, "", 3, sample("c", 1, 9.0)));
    windows.forEach(fold::add);
    for (int i = windows.size() - 1; i >= 0; i--) {
      other.add(windows.get(i));
    }
    assertThat(other.workload()).isEqualTo(fold.workload());
  }

  @Test
  void beyondTheCapTheMostCalledStatementsStay() {
    for (int id = 1; id <= 5; id++) {
      fold.add(window("shop", id, 0, "", id));
    }
    Workload workload = fold.workload();
    assertThat(workload.leftOut()).isEqualTo(2);
    assertThat(workload.statements())
        .extracting(statement -> statement.fingerprint().bits())
        .containsExactly(3L, 4L, 5L);
  }

  @Test
  void theMostFrequentSamplesAreChosenAndTheSlowest() {
    List<WeightedSample> chosen =
        SampleChoice.choose(
            Arrays.asList(
                sample("rare and slow", 1, 900.0),
                sample("often", 5, 2.0),
                sample("often", 6, 1.0),
                sample("sometimes", 4, null),
                sample("seldom", 3, 3.0),
                sample("hardly", 2, 3.0)),
            3);
    assertThat(chosen)
        .extracting(WeightedSample::statement, WeightedSample::calls)
        .containsExactly(tuple("often", 11L), tuple("sometimes", 4L), tuple("rare and slow", 1L));
  }

  @Test
  void samplesWithoutTimesAreChosenByFrequencyAlone() {
    assertThat(SampleChoice.choose(List.of(sample("a", 1, null), sample("b", 2, null)), 1))
        .extracting(WeightedSample::statement)
        .containsExactly("b");
  }

  @Test
  void parametersTellSamplesApart() {
    Sample one = new Sample("select $1", Arrays.asList("1", null), 1, null);
    Sample other = new Sample("select $1", Arrays.asList("1", "null"), 1, null);
    assertThat(SampleChoice.choose(List.of(one, other), 3)).hasSize(2);
  }

  @Test
  void aSampleDoesNotPrintItsLiterals() {
    assertThat(new WeightedSample("select 'secret'", List.of("secret"), 1).toString())
        .doesNotContain("secret");
  }

  @Test
  void windowsWithoutCallsAreNoWorkload() {
    fold.add(window("shop", 1, 0, "", 0));
    fold.add(window("shop", 2, 5, "", 10));

    Workload workload = fold.workload();

    assertThat(workload.statements())
        .extracting(WorkloadStatement::fingerprint, WorkloadStatement::callsPerMinute)
        .containsExactly(tuple(new Fingerprint(2), 10.0));
  }

  @Test
  void otherStatementsAreNoneThatCouldBePlanned() {
    fold.add(window("shop", 0, 0, "others-1", 10));

    assertThat(fold.workload().statements()).isEmpty();
  }

  @Test
  void theOrderInWhichWindowsComeDoesNotMatter() {
    List<QueryWindow> windows = new ArrayList<>();
    for (int minute = 0; minute < 20; minute++) {
      for (long id = 1; id <= 3; id++) {
        windows.add(
            rich(
                window(
                    "shop",
                    id,
                    minute,
                    "",
                    10 + minute,
                    sample("a " + minute % 4, 3, 5.0 + minute),
                    sample("b " + minute, 1, null)),
                minute));
      }
    }
    Workload inOrder = folded(windows);
    assertThat(inOrder.statements()).hasSize(3);
    assertThat(inOrder.statements().get(0).details().plans()).hasSize(LogDetails.MOST_PLANS);
    for (long seed = 0; seed < 20; seed++) {
      List<QueryWindow> shuffled = new ArrayList<>(windows);
      Collections.shuffle(shuffled, new Random(seed));
      assertThat(folded(shuffled)).isEqualTo(inOrder);
    }
  }

  private static Workload folded(List<QueryWindow> windows) {
    WindowFold fold = new WindowFold(Duration.ofHours(24), 3, 3);
    windows.forEach(fold::add);
    return fold.workload();
  }

  /** The window with two users, an identity of the server's and a plan. */
  private static QueryWindow rich(QueryWindow window, int minute) {
    PlanEvidence plan =
        new PlanEvidence(PlanFormat.TEXT, "plan " + minute, window.windowStart(), minute, null);
    return new QueryWindow(
        window.version(),
        window.database(),
        window.fingerprint(),
        window.text(),
        window.windowStart(),
        window.windowSize(),
        window.part(),
        window.calls(),
        window.timedCalls(),
        window.totalTimeMs(),
        window.minTimeMs(),
        window.maxTimeMs(),
        window.samples(),
        Map.of("ann", 1L, "bob", 2L),
        new WindowDetails(
            1,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            1,
            1,
            1,
            DurationSketch.NONE,
            List.of(plan),
            Map.of(),
            Map.of(42L, 3L)));
  }
}
