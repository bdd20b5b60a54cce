package dev.logdex.normalizer.window;

import static dev.logdex.normalizer.window.LogOf.TEN;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.normalizer.event.QueryWindow;
import dev.logdex.normalizer.statement.Parameters;
import dev.logdex.normalizer.statement.StatementEvent.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One log gives the same windows in whatever order its lines come, however they are spread over
 * tasks, and wherever tasks commit, restart or hand on; only samples may be others after a restart.
 */
class SameWindowsPropertyTest {
  private static final int LINES = 600;
  private static final List<Kind> KINDS = List.of(Kind.values());

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 40);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anyOrderAnyTasksAndAnyPartsGiveTheSameWindows(long seed) {
    Random random = new Random(seed);
    List<Consumer<LogOf>> lines = lines(random, 4);
    Map<String, QueryWindow> expected = merged(List.of(), tell(new LogOf(), lines).all());

    Collections.shuffle(lines, random);
    List<QueryWindow> parts = new ArrayList<>();
    List<LogOf> tasks = List.of(new LogOf(), new LogOf(), new LogOf());
    for (Consumer<LogOf> line : lines) {
      LogOf task = tasks.get(random.nextInt(tasks.size()));
      line.accept(task);
      disturb(task, random, parts, false);
    }
    tasks.forEach(task -> parts.addAll(task.all()));
    Collections.shuffle(parts, random);

    assertThat(merged(throughCodec(parts), List.of())).containsExactlyInAnyOrderEntriesOf(expected);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void restartsInAnyOrderOfAnyTasksChangeNothingButTheChoiceOfSamples(long seed) {
    Random random = new Random(seed);
    List<Consumer<LogOf>> lines = lines(random, 4);
    Map<String, QueryWindow> expected = merged(List.of(), tell(new LogOf(), lines).all());

    Collections.shuffle(lines, random);
    List<QueryWindow> parts = new ArrayList<>();
    List<LogOf> tasks = List.of(new LogOf(), new LogOf(), new LogOf());
    for (Consumer<LogOf> line : lines) {
      LogOf task = tasks.get(random.nextInt(tasks.size()));
      line.accept(task);
      disturb(task, random, parts, true);
    }
    tasks.forEach(task -> parts.addAll(task.all()));

    assertThat(withoutSamples(merged(parts, List.of()))).isEqualTo(withoutSamples(expected));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aRestartAfterEachCommitChangesNothingButTheChoiceOfSamples(long seed) {
    Random random = new Random(seed);
    List<Consumer<LogOf>> lines = lines(random, 4);
    LogOf log = new LogOf();
    for (Consumer<LogOf> line : lines) {
      line.accept(log);
      if (random.nextInt(20) == 0) {
        log.commit();
        log.restart();
      }
    }

    assertThat(withoutSamples(log.all())).isEqualTo(withoutSamples(tell(new LogOf(), lines).all()));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void withMoreFormsThanAreHeldOnlyTheChoiceOfSamplesMayDiffer(long seed) {
    Random random = new Random(seed);
    List<Consumer<LogOf>> lines = lines(random, 1000);
    Map<String, QueryWindow> expected = merged(List.of(), tell(new LogOf(), lines).all());
    Collections.shuffle(lines, random);

    Map<String, QueryWindow> shuffled = merged(List.of(), tell(new LogOf(), lines).all());

    assertThat(withoutSamples(shuffled)).isEqualTo(withoutSamples(expected));
    assertThat(slowest(shuffled)).isEqualTo(slowest(expected));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void callsBeyondTheCapAreAllThere(long seed) {
    Random random = new Random(seed);
    List<Consumer<LogOf>> lines = lines(random, 4);
    LogOf capped = new LogOf(WindowLimits.DEFAULT, new WindowCaps(1000, 10_000_000, 2));

    List<QueryWindow> some = tell(capped, lines).all();
    List<QueryWindow> all = tell(new LogOf(), lines).all();

    assertThat(total(some, QueryWindow::calls)).isEqualTo(total(all, QueryWindow::calls));
    assertThat(total(some, window -> Math.round(window.totalTimeMs() * 1000)))
        .isEqualTo(total(all, window -> Math.round(window.totalTimeMs() * 1000)));
    assertThat(total(some, window -> window.details().errors()))
        .isEqualTo(total(all, window -> window.details().errors()));
  }

  /** Forms are the different literals that a statement comes with. */
  private static List<Consumer<LogOf>> lines(Random random, int forms) {
    List<Consumer<LogOf>> lines = new ArrayList<>();
    for (int i = 0; i < LINES; i++) {
      lines.add(line(random, forms));
    }
    return lines;
  }

  private static Consumer<LogOf> line(Random random, int forms) {
    int form = random.nextInt(forms);
    String statement =
        switch (random.nextInt(4)) {
          case 0 -> "select * from orders where id = " + form;
          case 1 -> "update t set a = '" + form + "'";
          case 2 -> "select " + form + " from a" + random.nextInt(3) + "x";
          default -> "commit /*controller='c" + random.nextInt(20) + "'*/"; // has no sample
        };
    Duration after = Duration.ofMillis(random.nextInt(150_000));
    double elapsedMs = random.nextInt(10_000_000) / 1000.0;
    String user = "user" + random.nextInt(130);
    long queryId = random.nextInt(30);
    int kind = random.nextInt(10);
    if (kind == 0) {
      Kind event = KINDS.get(random.nextInt(KINDS.size()));
      return log -> log.event(event, statement, elapsedMs, 8192);
    }
    if (kind == 1) {
      double rows = random.nextInt(100) - 10;
      String plan = "Seq Scan " + random.nextInt(50);
      return log -> log.plan(statement, plan, TEN.plus(after), elapsedMs, rows);
    }
    Double timed = kind == 2 ? null : elapsedMs;
    String database = random.nextBoolean() ? "shop" : "crm";
    return log ->
        log.call(database, user, statement, Parameters.NONE, TEN.plus(after), timed, queryId);
  }

  private static LogOf tell(LogOf log, List<Consumer<LogOf>> lines) {
    lines.forEach(line -> line.accept(log));
    return log;
  }

  private static void disturb(
      LogOf task, Random random, List<QueryWindow> parts, boolean restarts) {
    switch (random.nextInt(60)) {
      case 0 -> task.commit();
      case 1 -> {
        task.commit();
        if (restarts) {
          task.restart();
        }
      }
      case 2 -> parts.addAll(task.windows.takeEnded(TEN.plusSeconds(70), Duration.ZERO));
      case 3 -> parts.addAll(task.windows.takeAll());
      default -> {
        // goes on
      }
    }
  }

  private static List<QueryWindow> throughCodec(List<QueryWindow> parts) {
    return parts.stream().map(WindowCodec::write).map(WindowCodec::read).toList();
  }

  private static Map<String, QueryWindow> merged(List<QueryWindow> some, List<QueryWindow> more) {
    Map<String, WindowSum> sums = new TreeMap<>();
    List<QueryWindow> parts = new ArrayList<>(some);
    parts.addAll(more);
    for (QueryWindow part : parts) {
      WindowSum sum = sums.get(part.key());
      if (sum == null) {
        sums.put(part.key(), WindowSum.of(part));
      } else {
        sum.add(part);
      }
    }
    return sums.entrySet().stream()
        .collect(toMap(Map.Entry::getKey, entry -> entry.getValue().finished(5)));
  }

  private static long total(List<QueryWindow> windows, Function<QueryWindow, Long> figure) {
    return windows.stream().mapToLong(figure::apply).sum();
  }

  private static List<QueryWindow> withoutSamples(Map<String, QueryWindow> windows) {
    return withoutSamples(new TreeMap<>(windows).values());
  }

  private static List<QueryWindow> withoutSamples(Collection<QueryWindow> windows) {
    return windows.stream()
        .map(
            window ->
                new QueryWindow(
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
                    List.of(),
                    window.users(),
                    window.details()))
        .toList();
  }

  private static List<Double> slowest(Map<String, QueryWindow> windows) {
    return new TreeMap<>(windows)
        .values().stream()
            .map(
                window ->
                    window.samples().stream()
                        .mapToDouble(sample -> sample.maxTimeMs() == null ? -1 : sample.maxTimeMs())
                        .max()
                        .orElse(-1))
            .toList();
  }
}
