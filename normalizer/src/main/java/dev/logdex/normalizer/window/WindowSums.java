package dev.logdex.normalizer.window;

import dev.logdex.normalizer.event.Fingerprint;
import dev.logdex.normalizer.event.QueryWindow;
import dev.logdex.normalizer.event.Sample;
import dev.logdex.normalizer.statement.Execution;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Adds up the executions of a stretch of log, by database, statement and window. */
public final class WindowSums {
  /**
   * Statements that a planner can be asked about. Others get no sample: it would be of no use, and
   * some of them ({@code ALTER ROLE … PASSWORD}) hold secrets.
   */
  private static final Set<String> PLANNABLE =
      Set.of("select", "insert", "update", "delete", "merge", "with", "values", "table", "declare");

  private final WindowLimits limits;
  private final Map<Key, Sum> sums = new LinkedHashMap<>();
  private long samplesDropped;
  private long textsCut;

  public WindowSums(WindowLimits limits) {
    this.limits = limits;
  }

  /**
   * Adds one execution.
   *
   * @param text the normalized statement, without literals; asked for when it is the first of its
   *     kind
   */
  public void add(Execution execution, Fingerprint fingerprint, Supplier<String> text) {
    Key key = new Key(execution.database(), fingerprint, windowStart(execution.loggedAt()));
    Sum sum = sums.get(key);
    if (sum == null) {
      String whole = text.get();
      sum =
          new Sum(
              WindowSum.empty(key.database, fingerprint, cut(whole), key.start, limits.size()),
              limits.samples() > 0 && plannable(whole));
      sums.put(key, sum);
    }
    sum.window.add(execution, sum.sampled ? sample(execution) : null);
  }

  /** What was added, in the order in which each window was first met. */
  public List<QueryWindow> windows() {
    return sums.values().stream().map(sum -> sum.window.soFar()).toList();
  }

  /** Executions that gave no sample because they were too long for one. */
  public long samplesDropped() {
    return samplesDropped;
  }

  /** Windows whose normalized text had to be cut. */
  public long textsCut() {
    return textsCut;
  }

  private Instant windowStart(Instant loggedAt) {
    long size = limits.size().toMillis();
    return Instant.ofEpochMilli(Math.floorDiv(loggedAt.toEpochMilli(), size) * size);
  }

  private @Nullable Sample sample(Execution execution) {
    if (execution.parameters().truncated()) {
      samplesDropped++;
      return null;
    }
    Sample sample =
        new Sample(
            execution.statement().toString(),
            execution.parameters().values(),
            1,
            execution.elapsedMs());
    if (SampleSet.length(sample) > limits.sampleLength()) {
      samplesDropped++;
      return null;
    }
    return sample;
  }

  private static boolean plannable(String text) {
    int start = 0;
    while (start < text.length() && (text.charAt(start) == '(' || text.charAt(start) == ' ')) {
      start++;
    }
    int end = start;
    while (end < text.length() && Character.isLetter(text.charAt(end))) {
      end++;
    }
    return PLANNABLE.contains(text.substring(start, end).toLowerCase(Locale.ROOT));
  }

  private String cut(String text) {
    if (text.length() <= limits.textLength()) {
      return text;
    }
    textsCut++;
    int end = limits.textLength();
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
  }

  private record Key(String database, Fingerprint fingerprint, Instant start) {}

  private record Sum(WindowSum window, boolean sampled) {}
}
