package dev.logdex.recommender.whynot;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What one analysis says of a statement that gains nothing by it.
 *
 * @param analysedTo event time of the analysis; the newest verdict on a statement is the true one
 * @param weight cost of the scan that the verdict is about, planner units; of several tables the
 *     dearest scan's reason is told
 */
public record Verdict(WhyNot whyNot, Instant analysedTo, double weight) {
  public Verdict {
    requireNonNull(whyNot, "whyNot");
    requireNonNull(analysedTo, "analysedTo");
  }
}
