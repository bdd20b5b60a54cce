package dev.logdex.analyzer.workload;

import static java.util.Comparator.comparingLong;
import static java.util.Objects.requireNonNull;

import dev.logdex.normalizer.event.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * A statement of the look-back.
 *
 * @param database as the log names it; empty when it does not
 * @param text normalized: no literal in it
 * @param callsPerMinute over the workload's span
 * @param timedCalls those of the calls whose duration is known
 * @param samples a few real forms to plan it with, most frequent first; may be empty. Private data
 * @param details what else the log tells
 * @param merged the fingerprints of other statements that are the same to the server and counted in
 *     this one, sorted
 * @param searchPath schemas in which names without one are looked up, as the setting search_path
 *     has them; empty for what the analysis database has
 */
public record WorkloadStatement(
    String database,
    Fingerprint fingerprint,
    String text,
    long calls,
    double callsPerMinute,
    long timedCalls,
    double totalTimeMs,
    List<WeightedSample> samples,
    LogDetails details,
    List<Fingerprint> merged,
    String searchPath) {
  public WorkloadStatement {
    requireNonNull(database, "database");
    requireNonNull(fingerprint, "fingerprint");
    requireNonNull(text, "text");
    samples = List.copyOf(samples);
    requireNonNull(details, "details");
    merged = List.copyOf(merged);
    requireNonNull(searchPath, "searchPath");
  }

  /** A statement of which the log tells no more. */
  public WorkloadStatement(
      String database,
      Fingerprint fingerprint,
      String text,
      long calls,
      double callsPerMinute,
      long timedCalls,
      double totalTimeMs,
      List<WeightedSample> samples) {
    this(
        database,
        fingerprint,
        text,
        calls,
        callsPerMinute,
        timedCalls,
        totalTimeMs,
        samples,
        LogDetails.NONE,
        List.of(),
        "");
  }

  /**
   * The same statement counted together with what the log says of it under another name of the
   * database, or under another fingerprint.
   */
  public WorkloadStatement plus(WorkloadStatement other) {
    List<WeightedSample> all = new ArrayList<>(samples);
    all.addAll(other.samples);
    all.sort(comparingLong(WeightedSample::calls).reversed());
    int most = Math.max(samples.size(), other.samples.size());
    TreeSet<Fingerprint> others = new TreeSet<>(merged);
    others.addAll(other.merged);
    others.add(other.fingerprint);
    others.remove(fingerprint);
    return new WorkloadStatement(
        database,
        fingerprint,
        text,
        calls + other.calls,
        callsPerMinute + other.callsPerMinute,
        timedCalls + other.timedCalls,
        totalTimeMs + other.totalTimeMs,
        all.subList(0, most),
        details.plus(other.details),
        List.copyOf(others),
        searchPath);
  }

  /** The same with its names looked up in certain schemas. */
  public WorkloadStatement in(String schemas) {
    return new WorkloadStatement(
        database,
        fingerprint,
        text,
        calls,
        callsPerMinute,
        timedCalls,
        totalTimeMs,
        samples,
        details,
        merged,
        schemas);
  }

  /** Milliseconds a timed call; 0 when none was timed. */
  public double meanTimeMs() {
    return timedCalls == 0 ? 0 : totalTimeMs / timedCalls;
  }
}
