package dev.logdex.normalizer.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.normalizer.event.Fingerprint;
import dev.logdex.normalizer.event.QueryWindow;
import dev.logdex.normalizer.event.Sample;
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

    assertThat(sum.users()).hasSize(100).containsKey("user299").containsKey("");
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
    List<Sample> samples =
        IntStream.range(0, 5)
            .mapToObj(i -> new Sample("\u0001".repeat(16 * 1024 - 1) + i, List.of(), 1, 1.0))
            .toList();
    Map<String, Long> users = new TreeMap<>();
    for (int i = 0; i < 100; i++) {
      users.put("\u0001".repeat(60) + i, Long.MAX_VALUE / 1000);
    }
    QueryWindow window =
        new QueryWindow(
            1,
            "\u0001".repeat(63),
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
            users);

    assertThat(EventJson.write(window)).hasSizeLessThan(1_048_576 - 10_000);
  }

  private static QueryWindow add(QueryWindow a, QueryWindow b) {
    WindowSum sum = WindowSum.of(a);
    sum.add(b);
    return sum.soFar();
  }

  private static QueryWindow window(
      long calls, long timed, double total, double min, double max, Map<String, Long> users) {
    return new QueryWindow(
        1,
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

  private static QueryWindow withSamples(List<Sample> samples) {
    return new QueryWindow(
        1,
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
