package dev.logdex.normalizer.event;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What one statement did to one database in one window of event time. A later record with the same
 * {@link #key} replaces an earlier one; records with different keys add up.
 *
 * <p>A window may have no calls: then the log told only of errors, plans and the like, as it does
 * of statements that run inside a function. And one window of a database may be of {@linkplain
 * #OTHER other statements}, those beyond the bound for different ones.
 *
 * @param version of this record's form; 2. Form 1 had no details
 * @param database as the log names it, at most 255 characters; empty when the log does not
 * @param text the normalized statement: no literal, no parameter value
 * @param windowStart inclusive
 * @param part empty for the window itself; else names a part that came after the window had been
 *     forgotten, to be added to it
 * @param calls executions, each counted once
 * @param timedCalls those of them whose duration was logged; the times below are over these
 * @param totalTimeMs milliseconds, with the time of further fetches from a call's portal
 * @param minTimeMs milliseconds; 0 when no call was timed
 * @param maxTimeMs milliseconds; 0 when no call was timed
 * @param samples a few real forms of the statement, most frequent first; may be empty
 * @param users calls by user, as the log names them; empty name when it does not, and for those
 *     that found no room
 * @param details what else the log tells
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
    Map<String, Long> users,
    WindowDetails details) {
  public static final int VERSION = 2;

  /** The fingerprint under which statements beyond the bound are added up. */
  public static final Fingerprint OTHER = new Fingerprint(0);

  /** The text of such a window; not SQL. */
  public static final String OTHER_TEXT = "other statements";

  @JsonCreator
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
    details = requireNonNullElse(details, WindowDetails.NONE); // a record of form 1 has none
  }

  /** A window without details. */
  public QueryWindow(
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
    this(
        version,
        database,
        fingerprint,
        text,
        windowStart,
        windowSize,
        part,
        calls,
        timedCalls,
        totalTimeMs,
        minTimeMs,
        maxTimeMs,
        samples,
        users,
        WindowDetails.NONE);
  }

  /** Whether it adds up all statements of its database that were too many to be told apart. */
  public boolean ofOtherStatements() {
    return fingerprint.equals(OTHER);
  }

  /** The record's key on the topic: database, fingerprint, window start and part. */
  public String key() {
    return database + "/" + fingerprint + "/" + windowStart + (part.isEmpty() ? "" : "/" + part);
  }
}
