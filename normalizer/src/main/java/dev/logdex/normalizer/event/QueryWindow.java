package dev.logdex.normalizer.event;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What one statement did to one database in one window of event time. A later record with the same
 * {@link #key} replaces an earlier one; records with different keys add up.
 *
 * @param version of this record's form; 1
 * @param database as the log names it; empty when the log does not
 * @param text the normalized statement: no literal, no parameter value
 * @param windowStart inclusive
 * @param part empty for the window itself; else names a part that came after the window had been
 *     forgotten, to be added to it
 * @param calls executions, each counted once
 * @param timedCalls those of them whose duration was logged; the times below are over these
 * @param totalTimeMs milliseconds
 * @param minTimeMs milliseconds; 0 when no call was timed
 * @param maxTimeMs milliseconds; 0 when no call was timed
 * @param samples a few real forms of the statement, most frequent first; may be empty
 * @param users calls by user, as the log names them; empty name when it does not
 */
public record QueryWindow(
    int version,
    String database,
    Fingerprint fingerprint,
    String text,
    Instant windowStart,
    Duration windowSize,
    String part,
    long calls,
    long timedCalls,
    double totalTimeMs,
    double minTimeMs,
    double maxTimeMs,
    List<Sample> samples,
    Map<String, Long> users) {
  public static final int VERSION = 1;

  public QueryWindow {
    requireNonNull(database, "database");
    requireNonNull(fingerprint, "fingerprint");
    requireNonNull(text, "text");
    requireNonNull(windowStart, "windowStart");
    requireNonNull(windowSize, "windowSize");
    requireNonNull(part, "part");
    if (calls < 0 || timedCalls < 0 || timedCalls > calls) {
      throw new IllegalArgumentException("calls " + calls + ", of them timed " + timedCalls);
    }
    samples = List.copyOf(samples);
    users = Map.copyOf(users);
  }

  /** The record's key on the topic: database, fingerprint, window start and part. */
  public String key() {
    return database + "/" + fingerprint + "/" + windowStart + (part.isEmpty() ? "" : "/" + part);
  }
}
