package dev.logdex.normalizer.window;

import dev.logdex.normalizer.event.Fingerprint;
import dev.logdex.normalizer.event.QueryWindow;
import dev.logdex.normalizer.event.Sample;
import dev.logdex.normalizer.statement.Execution;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One window while it is being added to. Figures come out the same in whatever order they are
 * added: times are summed in whole microseconds, the unit in which they are logged. Not
 * thread-safe.
 */
public final class WindowSum {
  private static final int MOST_USERS = 100;
  private static final double MICROS_PER_MS = 1000;

  /** What the objects of a window take in memory, about, without the characters of its texts. */
  private static final int OBJECTS_BYTES = 1000;

  private final String database;
  private final Fingerprint fingerprint;
  private final String text;
  private final Instant start;
  private final Duration size;
  private final String part;
  private final SampleSet samples = new SampleSet();
  private final Map<String, Long> users = new TreeMap<>();
  private long calls;
  private long timedCalls;
  private long totalMicros;
  private double minTimeMs;
  private double maxTimeMs;

  private WindowSum(
      String database,
      Fingerprint fingerprint,
      String text,
      Instant start,
      Duration size,
      String part) {
    this.database = database;
    this.fingerprint = fingerprint;
    this.text = text;
    this.start = start;
    this.size = size;
    this.part = part;
  }

  /** A window to which nothing has been added. */
  static WindowSum empty(
      String database, Fingerprint fingerprint, String text, Instant start, Duration size) {
    return new WindowSum(database, fingerprint, text, start, size, "");
  }

  /** A window that goes on from what there is of it. */
  public static WindowSum of(QueryWindow window) {
    return ofPart(window, window.part());
  }

  /** A window that goes on from what there is of it, as a part of itself with that name. */
  public static WindowSum ofPart(QueryWindow window, String part) {
    WindowSum sum =
        new WindowSum(
            window.database(),
            window.fingerprint(),
            window.text(),
            window.windowStart(),
            window.windowSize(),
            part);
    sum.add(window);
    return sum;
  }

  void add(Execution execution, @Nullable Sample sample) {
    calls++;
    if (execution.elapsedMs() != null) {
      addTimes(1, micros(execution.elapsedMs()), execution.elapsedMs(), execution.elapsedMs());
    }
    if (sample != null) {
      samples.add(sample);
    }
    users.merge(execution.user(), 1L, Long::sum);
    boundUsers();
  }

  /** Adds what there is elsewhere of the same window. */
  public void add(QueryWindow other) {
    calls += other.calls();
    if (other.timedCalls() > 0) {
      addTimes(
          other.timedCalls(), micros(other.totalTimeMs()), other.minTimeMs(), other.maxTimeMs());
    }
    samples.addAll(other.samples());
    other.users().forEach((user, times) -> users.merge(user, times, Long::sum));
    boundUsers();
  }

  /** The window with all samples from which some may be chosen later. */
  public QueryWindow soFar() {
    return window(samples.all());
  }

  /** The window with no more than that many samples, the best it has. */
  public QueryWindow finished(int mostSamples) {
    return window(samples.best(mostSamples));
  }

  /** When the window ends, in event time. */
  public Instant end() {
    return start.plus(size);
  }

  /** About how many bytes of memory it takes. */
  public long weight() {
    return OBJECTS_BYTES + text.length() + samples.weight();
  }

  private QueryWindow window(List<Sample> chosen) {
    return new QueryWindow(
        QueryWindow.VERSION,
        database,
        fingerprint,
        text,
        start,
        size,
        part,
        calls,
        timedCalls,
        totalMicros / MICROS_PER_MS,
        minTimeMs,
        maxTimeMs,
        chosen,
        users);
  }

  private void addTimes(long times, long micros, double least, double most) {
    minTimeMs = timedCalls == 0 ? least : Math.min(minTimeMs, least);
    maxTimeMs = Math.max(maxTimeMs, most);
    totalMicros += micros;
    timedCalls += times;
  }

  /** The rarest of too many users are counted under the empty name. */
  private void boundUsers() {
    if (users.size() <= MOST_USERS) {
      return;
    }
    List<String> rarest =
        users.entrySet().stream()
            .filter(user -> !user.getKey().isEmpty())
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .skip(MOST_USERS - 1L)
            .map(Map.Entry::getKey)
            .toList();
    for (String user : rarest) {
      Long times = users.remove(user);
      users.merge("", times == null ? 0 : times, Long::sum);
    }
  }

  private static long micros(double milliseconds) {
    return Math.round(milliseconds * MICROS_PER_MS);
  }
}
