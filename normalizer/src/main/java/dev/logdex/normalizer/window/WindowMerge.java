package dev.logdex.normalizer.window;

import dev.logdex.normalizer.event.QueryWindow;
import dev.logdex.normalizer.event.Sample;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Adds up windows of the same database, statement and time. Figures come out the same in whatever
 * order they are added: times are summed in whole microseconds, the unit in which they are logged.
 */
public final class WindowMerge {
  private static final int MOST_USERS = 100;
  private static final double MICROS_PER_MS = 1000;

  private WindowMerge() {}

  /** The sum of two, with samples to choose from later. */
  public static QueryWindow add(QueryWindow a, QueryWindow b) {
    SampleSet samples = new SampleSet();
    samples.addAll(a.samples());
    samples.addAll(b.samples());
    return sum(a, b, samples.all());
  }

  /** The window with no more than that many samples, the best it has. */
  public static QueryWindow finish(QueryWindow window, int mostSamples) {
    SampleSet samples = new SampleSet();
    samples.addAll(window.samples());
    return withSamples(window, samples.best(mostSamples));
  }

  /** The same window, as a part of itself that is to be added to what was forgotten. */
  public static QueryWindow asPart(QueryWindow window, String part) {
    return new QueryWindow(
        window.version(),
        window.database(),
        window.fingerprint(),
        window.text(),
        window.windowStart(),
        window.windowSize(),
        part,
        window.calls(),
        window.timedCalls(),
        window.totalTimeMs(),
        window.minTimeMs(),
        window.maxTimeMs(),
        window.samples(),
        window.users());
  }

  static long micros(double milliseconds) {
    return Math.round(milliseconds * MICROS_PER_MS);
  }

  static double milliseconds(long micros) {
    return micros / MICROS_PER_MS;
  }

  /** Calls by user; the rarest of too many are counted under the empty name. */
  static Map<String, Long> bounded(Map<String, Long> users) {
    if (users.size() <= MOST_USERS) {
      return users;
    }
    Map<String, Long> kept = new TreeMap<>();
    List<Map.Entry<String, Long>> ranked =
        users.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .toList();
    for (int rank = 0; rank < ranked.size(); rank++) {
      Map.Entry<String, Long> user = ranked.get(rank);
      kept.merge(rank < MOST_USERS - 1 ? user.getKey() : "", user.getValue(), Long::sum);
    }
    return kept;
  }

  private static QueryWindow sum(QueryWindow a, QueryWindow b, List<Sample> samples) {
    Map<String, Long> users = new TreeMap<>(a.users());
    b.users().forEach((user, calls) -> users.merge(user, calls, Long::sum));
    return new QueryWindow(
        a.version(),
        a.database(),
        a.fingerprint(),
        a.text(),
        a.windowStart(),
        a.windowSize(),
        a.part(),
        a.calls() + b.calls(),
        a.timedCalls() + b.timedCalls(),
        milliseconds(micros(a.totalTimeMs()) + micros(b.totalTimeMs())),
        minTime(a, b),
        Math.max(a.maxTimeMs(), b.maxTimeMs()),
        samples,
        bounded(users));
  }

  private static double minTime(QueryWindow a, QueryWindow b) {
    if (a.timedCalls() == 0 || b.timedCalls() == 0) {
      return a.timedCalls() == 0 ? b.minTimeMs() : a.minTimeMs();
    }
    return Math.min(a.minTimeMs(), b.minTimeMs());
  }

  private static QueryWindow withSamples(QueryWindow window, List<Sample> samples) {
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
        samples,
        window.users());
  }
}
