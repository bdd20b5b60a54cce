package dev.logdex.analyzer.workload;

import static java.util.Comparator.comparingLong;
import static java.util.Objects.requireNonNull;

import dev.logdex.normalizer.event.Fingerprint;
import java.util.ArrayList;
import java.util.List;

/**
 * A statement of the look-back.
 *
 * @param database as the log names it; empty when it does not
 * @param text normalized: no literal in it
 * @param callsPerMinute over the workload's span
 * @param timedCalls those of the calls whose duration is known
 * @param samples a few real forms to plan it with, most frequent first; may be empty. Private data
 */
public record WorkloadStatement(
    String database,
    Fingerprint fingerprint,
    String text,
    long calls,
    double callsPerMinute,
    long timedCalls,
    double totalTimeMs,
    List<WeightedSample> samples) {
  public WorkloadStatement {
    requireNonNull(database, "database");
    requireNonNull(fingerprint, "fingerprint");
    requireNonNull(text, "text");
    samples = List.copyOf(samples);
  }

  /**
   * The same statement counted together with what the log says of it under another name of the
   * database.
   */
  public WorkloadStatement plus(WorkloadStatement other) {
    List<WeightedSample> all = new ArrayList<>(samples);
    all.addAll(other.samples);
    all.sort(comparingLong(WeightedSample::calls).reversed());
    int most = Math.max(samples.size(), other.samples.size());
    return new WorkloadStatement(
        database,
        fingerprint,
        text,
        calls + other.calls,
        callsPerMinute + other.callsPerMinute,
        timedCalls + other.timedCalls,
        totalTimeMs + other.totalTimeMs,
        all.subList(0, most));
  }

  /** Milliseconds a timed call; 0 when none was timed. */
  public double meanTimeMs() {
    return timedCalls == 0 ? 0 : totalTimeMs / timedCalls;
  }
}
