package dev.logdex.normalizer.window;

import static org.assertj.core.api.Assertions.assertThat;

import com.datadoghq.sketch.ddsketch.DDSketch;
import dev.logdex.normalizer.event.DurationSketch;
import dev.logdex.normalizer.event.Fingerprint;
import dev.logdex.normalizer.event.PlanEvidence;
import dev.logdex.normalizer.event.PlanFormat;
import dev.logdex.normalizer.event.QueryWindow;
import dev.logdex.normalizer.event.Sample;
import dev.logdex.normalizer.event.WindowDetails;
import dev.logdex.runtime.EventJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WindowSumTest {
  private static final Instant TEN = Instant.parse("2026-01-01T10:00:00Z");

  @Test
  void callsTimesAndUsersAddUp() {
    QueryWindow sum =
        add(
            window(3, 2, 10.5, 0.5, 10.0, Map.of("ann", 2L, "bob", 1L)),
            window(2, 2, 0.3, 0.1, 0.2, Map.of("bob", 2L)));

    assertThat(sum).isEqualTo(window(5, 4, 10.8, 0.1, 10.0, Map.of("ann", 2L, "bob", 3L)));
  }

  @Test
  void aSideWithoutTimesSaysNothingAboutTheFastest() {
    QueryWindow untimed = window(1, 0, 0, 0, 0, Map.of());
    QueryWindow timed = window(1, 1, 5, 5, 5, Map.of());

    assertThat(add(untimed, timed)).isEqualTo(window(2, 1, 5, 5, 5, Map.of()));
    assertThat(add(timed, untimed)).isEqualTo(window(2, 1, 5, 5, 5, Map.of()));
  }

  @Test
  void timesAddUpToTheSameInAnyOrder() {
    List<QueryWindow> parts =
        new ArrayList<>(
            IntStream.range(0, 200)
                .mapToObj(i -> 0.1 + i * 0.013 + i * i * 1000.001)
                .map(time -> Math.round(time * 1000) / 1000.0)
                .map(time -> window(1, 1, time, time, time, Map.of()))
                .toList());
    QueryWindow inOrder = parts.stream().reduce(WindowSumTest::add).orElseThrow();
    Collections.shuffle(parts, new Random(1));

    assertThat(parts.stream().reduce(WindowSumTest::add)).contains(inOrder);
  }

  @Test
  void tooManyUsersAreCountedTogetherAndNoCallIsLost() {
    Map<String, Long> users = new TreeMap<>();
    for (int i = 0; i < 300; i++) {
      users.put("user" + i, 1L + i);
    }

    QueryWindow sum = add(window(0, 0, 0, 0, 0, users), window(0, 0, 0, 0, 0, Map.of("", 5L)));

    assertThat(sum.users()).hasSizeBetween(100, 101).containsKey("");
    assertThat(sum.users().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(300 * 301 / 2 + 5);
  }

  @Test
  void aFinishedWindowHasOnlyTheBestSamples() {
    List<Sample> many =
        IntStream.range(0, 20).mapToObj(i -> new Sample("s" + i, List.of(), i, null)).toList();

    QueryWindow finished = WindowSum.of(withSamples(many)).finished(5);

    assertThat(finished.samples()).hasSize(5).contains(new Sample("s19", List.of(), 19, null));
  }

  @Test
  void theLargestPossibleWindowFitsIntoARecord() {
    List<Sample> samples = new ArrayList<>();
    for (int i = 10; i < 30; i++) {
      samples.add(new Sample("\u0001".repeat(16 * 1024 - 2) + i, List.of(), 1, i * 1.0));
      samples.add(new Sample("\u0001".repeat(2 * 1024 - 2) + i, List.of(), 1, 1.0));
    }
    Map<String, Long> users = new TreeMap<>();
    Map<String, Map<String, Long>> tags = new TreeMap<>();
    Map<Long, Long> queryIds = new TreeMap<>();
    for (int i = 0; i < 200; i++) {
      users.put("\u0001".repeat(97) + i, Long.MAX_VALUE / 1000);
      queryIds.put(Long.MIN_VALUE + i, Long.MAX_VALUE / 1000);
      tags.put("\u0001".repeat(47) + i, new TreeMap<>());
      for (int j = 0; j < 20; j++) {
        tags.get("\u0001".repeat(47) + i).put("\u0001".repeat(97) + j, Long.MAX_VALUE / 10000);
      }
    }
    DDSketch durations = DurationSketch.empty();
    for (double ms = 0.001; ms < 1e9; ms *= 1.005) {
      durations.accept(ms, 1_000_003);
    }
    List<PlanEvidence> plans =
        IntStream.range(0, 3)
            .mapToObj(i -> new PlanEvidence(PlanFormat.TEXT, "\u0001".repeat(99) + i, TEN, 1, 1L))
            .toList();
    QueryWindow window =
        new QueryWindow(
            2,
            "\u0001".repeat(255),
            new Fingerprint(1),
            "\u0001".repeat(WindowLimits.MAX_TEXT_LENGTH),
            Instant.EPOCH,
            Duration.ofMinutes(1),
            "p",
            1,
            1,
            1,
            1,
            1,
            samples,
            users,
            new WindowDetails(
                1,
                1,
                1,
                1,
                1,
                1,
                1,
                1,
                1,
                1,
                1,
                1,
                DurationSketch.of(durations),
                plans,
                tags,
                queryIds));

    byte[] json = EventJson.write(WindowSum.of(window).finished(5));

    assertThat(json).hasSizeBetween(700_000, 1_048_576 - 10_000);
  }

  @Test
  void plansFillTheRoomThatTextAndSamplesLeaveInARecord() {
    List<PlanEvidence> plans =
        List.of(
            new PlanEvidence(PlanFormat.TEXT, "\u0001".repeat(100_000), TEN, 9, 1L),
            new PlanEvidence(PlanFormat.TEXT, "\u0001".repeat(80_000), TEN, 8, 1L),
            new PlanEvidence(PlanFormat.TEXT, "Seq Scan", TEN.plusMillis(1), 7, 1L));
    QueryWindow window = detailed(plans, Map.of(), Map.of());

    QueryWindow finished = WindowSum.of(window).finished(5);

    assertThat(finished.details().planEvidence()).containsExactly(plans.get(0), plans.get(2));
    assertThat(EventJson.write(finished)).hasSizeLessThan(1_048_576 - 10_000);
  }

  @Test
  void eventsPlansTagsAndIdentitiesAddUp() {
    QueryWindow first = detailed(List.of(), Map.of("app", Map.of("web", 2L)), Map.of(-1L, 1L));
    QueryWindow second =
        detailed(List.of(), Map.of("app", Map.of("web", 1L, "jobs", 5L)), Map.of(-1L, 2L, 7L, 0L));

    WindowDetails sum = add(first, second).details();

    assertThat(sum.errors()).isEqualTo(2);
    assertThat(sum.temporaryBytes()).isEqualTo(12);
    assertThat(sum.parseTimeMs()).isEqualTo(14.002);
    assertThat(sum.rows()).isEqualTo(24);
    assertThat(sum.tags()).isEqualTo(Map.of("app", Map.of("web", 3L, "jobs", 5L)));
    assertThat(sum.queryIds()).isEqualTo(Map.of(-1L, 3L, 7L, 0L));
  }

  @Test
  void timeOfFetchesIsInTheTotalEvenWhereNoCallWasTimed() {
    QueryWindow fetched = window(0, 0, 2.5, 0, 0, Map.of());

    assertThat(add(fetched, window(1, 1, 1, 1, 1, Map.of())))
        .isEqualTo(window(1, 1, 3.5, 1, 1, Map.of()));
  }

  @Test
  void theWindowOfOthersTellsNothingThatSaysWhichTheyAre() {
    QueryWindow window =
        detailed(
            List.of(new PlanEvidence(PlanFormat.TEXT, "Seq Scan", TEN, 9, 1L)),
            Map.of("app", Map.of("web", 2L)),
            Map.of(-1L, 1L));

    QueryWindow others = WindowSum.ofOthers(window, "others-3").finished(5);

    assertThat(others.key()).isEqualTo("shop/0000000000000000/1970-01-01T00:00:00Z/others-3");
    assertThat(others.text()).isEqualTo("other statements");
    assertThat(others.ofOtherStatements()).isTrue();
    assertThat(others.calls()).isEqualTo(window.calls());
    assertThat(others.details().errors()).isEqualTo(1);
    assertThat(others.samples()).isEmpty();
    assertThat(others.details().planEvidence()).isEmpty();
    assertThat(others.details().tags()).isEmpty();
    assertThat(others.details().queryIds()).isEmpty();
  }

  private static QueryWindow add(QueryWindow a, QueryWindow b) {
    WindowSum sum = WindowSum.of(a);
    sum.add(b);
    return sum.soFar();
  }

  private static QueryWindow window(
      long calls, long timed, double total, double min, double max, Map<String, Long> users) {
    return new QueryWindow(
        2,
        "shop",
        new Fingerprint(7),
        "select $1",
        Instant.EPOCH,
        Duration.ofMinutes(1),
        "",
        calls,
        timed,
        total,
        min,
        max,
        List.of(),
        users);
  }

  private static QueryWindow detailed(
      List<PlanEvidence> plans, Map<String, Map<String, Long>> tags, Map<Long, Long> queryIds) {
    return new QueryWindow(
        2,
        "shop",
        new Fingerprint(7),
        "select $1",
        Instant.EPOCH,
        Duration.ofMinutes(1),
        "",
        3,
        0,
        0,
        0,
        0,
        List.of(new Sample("select 1", List.of(), 3, null)),
        Map.of("ann", 3L),
        new WindowDetails(
            1, 2, 3, 4, 5, 6, 7.001, 8, 9, 10, 11, 12, DurationSketch.NONE, plans, tags, queryIds));
  }

  private static QueryWindow withSamples(List<Sample> samples) {
    return new QueryWindow(
        2,
        "shop",
        new Fingerprint(7),
        "select $1",
        Instant.EPOCH,
        Duration.ofMinutes(1),
        "",
        1,
        0,
        0,
        0,
        0,
        samples,
        Map.of());
  }
}
