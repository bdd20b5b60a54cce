package dev.logdex.analyzer.event;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement that reads the table.
 *
 * @param fingerprint 16 hexadecimal digits; of several that are one to the server the smallest
 * @param mergedFingerprints the others that are the same statement to the server and counted here
 * @param queryId the server's own identity of the statement; null when it computes none
 * @param text normalized: no literal in it
 * @param calls in the look-back
 * @param callsPerMinute over the span that the windows cover
 * @param meanTimeMs milliseconds a call, as logged; 0 when no call was timed
 * @param maxTimeMs milliseconds of the slowest call; 0 when no call was timed
 * @param errors times that it failed in the look-back
 * @param baselineCost of the whole statement today, in planner units
 * @param genericCost of its generic plan today, the second opinion; null when there is none
 */
public record AnalysedStatement(
    String fingerprint,
    List<String> mergedFingerprints,
    @Nullable String queryId,
    String text,
    long calls,
    double callsPerMinute,
    double meanTimeMs,
    @JsonSetter(nulls = Nulls.AS_EMPTY) double maxTimeMs,
    @JsonSetter(nulls = Nulls.AS_EMPTY) long errors,
    double baselineCost,
    @Nullable Double genericCost) {
  @JsonCreator
  public AnalysedStatement {
    requireNonNull(fingerprint, "fingerprint");
    mergedFingerprints =
        List.copyOf(requireNonNullElse(mergedFingerprints, List.of())); // version 1 has none
    requireNonNull(text, "text");
  }

  /** A statement of which no more is known. */
  public AnalysedStatement(
      String fingerprint,
      String text,
      long calls,
      double callsPerMinute,
      double meanTimeMs,
      double baselineCost) {
    this(
        fingerprint,
        List.of(),
        null,
        text,
        calls,
        callsPerMinute,
        meanTimeMs,
        0,
        0,
        baselineCost,
        null);
  }

  /** The same with its text cut to so many characters. */
  public AnalysedStatement cut(int characters) {
    return new AnalysedStatement(
        fingerprint,
        mergedFingerprints,
        queryId,
        text.substring(0, Math.min(text.length(), characters)),
        calls,
        callsPerMinute,
        meanTimeMs,
        maxTimeMs,
        errors,
        baselineCost,
        genericCost);
  }
}
