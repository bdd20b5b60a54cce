package dev.logdex.normalizer.window;

import dev.logdex.normalizer.event.Fingerprint;
import dev.logdex.normalizer.event.QueryWindow;
import dev.logdex.normalizer.event.Sample;
import dev.logdex.normalizer.statement.Execution;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One window while executions are being added to it. */
final class WindowSum {
  private final String text;
  private final boolean wantsSamples;
  private final SampleSet samples = new SampleSet();
  private final Map<String, Long> users = new TreeMap<>();
  private long calls;
  private long timedCalls;
  private long totalMicros;
  private double minTimeMs;
  private double maxTimeMs;

  WindowSum(String text, boolean wantsSamples) {
    this.text = text;
    this.wantsSamples = wantsSamples;
  }

  boolean wantsSamples() {
    return wantsSamples;
  }

  void add(Execution execution, @Nullable Sample sample) {
    calls++;
    users.merge(execution.user(), 1L, Long::sum);
    if (execution.elapsedMs() != null) {
      addTime(execution.elapsedMs());
    }
    if (sample != null) {
      samples.add(sample);
    }
  }

  QueryWindow toQueryWindow(
      String database, Fingerprint fingerprint, Instant start, Duration size) {
    return new QueryWindow(
        QueryWindow.VERSION,
        database,
        fingerprint,
        text,
        start,
        size,
        "",
        calls,
        timedCalls,
        WindowMerge.milliseconds(totalMicros),
        minTimeMs,
        maxTimeMs,
        samples.all(),
        WindowMerge.bounded(users));
  }

  private void addTime(double elapsedMs) {
    minTimeMs = timedCalls == 0 ? elapsedMs : Math.min(minTimeMs, elapsedMs);
    maxTimeMs = Math.max(maxTimeMs, elapsedMs);
    totalMicros += WindowMerge.micros(elapsedMs);
    timedCalls++;
  }
}
