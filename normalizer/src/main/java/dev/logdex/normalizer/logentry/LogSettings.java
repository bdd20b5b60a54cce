package dev.logdex.normalizer.logentry;

import dev.logdex.normalizer.envelope.EnvelopeReader;
import java.time.Duration;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What may be known about a source's log beforehand, and the bounds within which it is read.
 *
 * @param prefix {@code log_line_prefix}; null to detect it
 * @param zone {@code log_timezone}; null to go by the abbreviations in the log
 * @param maxEntryBytes the longest log entry; a longer one is cut out and becomes a dead letter
 * @param maxPendingBackends how many processes of one source are remembered while something of
 *     theirs is incomplete; beyond it the one silent for longest is taken as complete
 * @param maxPendingBytes the most text kept for them together, with the same consequence
 * @param quietTime how far the source's own time goes on before an entry of a chunked form that got
 *     no further chunk is taken as complete
 * @param envelope what is around the lines, one of {@link EnvelopeReader#names}; {@link
 *     EnvelopeReader#AUTO} to recognise it line by line
 */
public record LogSettings(
    @Nullable String prefix,
    @Nullable ZoneId zone,
    int maxEntryBytes,
    int maxPendingBackends,
    long maxPendingBytes,
    Duration quietTime,
    String envelope) {
  private static final LogSettings DEFAULTS =
      new LogSettings(null, null, 4 << 20, 10_000, 64 << 20, Duration.ofSeconds(10));

  /** The envelope is recognised. */
  public LogSettings(
      @Nullable String prefix,
      @Nullable ZoneId zone,
      int maxEntryBytes,
      int maxPendingBackends,
      long maxPendingBytes,
      Duration quietTime) {
    this(
        prefix,
        zone,
        maxEntryBytes,
        maxPendingBackends,
        maxPendingBytes,
        quietTime,
        EnvelopeReader.AUTO);
  }

  public LogSettings {
    if (!EnvelopeReader.names().contains(envelope)) {
      throw new IllegalArgumentException("no envelope is called '" + envelope + "'");
    }
    if (maxEntryBytes < 1024 || maxPendingBackends < 1 || maxPendingBytes < maxEntryBytes) {
      throw new IllegalArgumentException(
          "bounds too small: maxEntryBytes "
              + maxEntryBytes
              + ", maxPendingBackends "
              + maxPendingBackends
              + ", maxPendingBytes "
              + maxPendingBytes);
    }
    if (quietTime.isNegative() || quietTime.isZero()) {
      throw new IllegalArgumentException("quietTime must be positive: " + quietTime);
    }
  }

  /** Nothing known beforehand, bounds that suit an ordinary heap. */
  public static LogSettings defaults() {
    return DEFAULTS;
  }

  public LogSettings withPrefix(@Nullable String logLinePrefix) {
    return new LogSettings(
        logLinePrefix,
        zone,
        maxEntryBytes,
        maxPendingBackends,
        maxPendingBytes,
        quietTime,
        envelope);
  }

  public LogSettings withZone(@Nullable ZoneId logTimezone) {
    return new LogSettings(
        prefix,
        logTimezone,
        maxEntryBytes,
        maxPendingBackends,
        maxPendingBytes,
        quietTime,
        envelope);
  }

  public LogSettings withEnvelope(String name) {
    return new LogSettings(
        prefix, zone, maxEntryBytes, maxPendingBackends, maxPendingBytes, quietTime, name);
  }
}
