package dev.logdex.analyzer.event;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * How the planner was asked about a candidate.
 *
 * @param note a sentence for a person: why it was not asked, or why its answer is a rough one; null
 *     when there is nothing to say
 */
public record Judgement(Way way, @Nullable String note) {
  /** By a hypothetical index, and with nothing to be said against it. */
  public static final Judgement HYPOTHETICAL = new Judgement(Way.HYPOTHETICAL, null);

  /** By a real one. */
  public static final Judgement BUILT = new Judgement(Way.BUILT, null);

  public Judgement {
    requireNonNull(way, "way");
  }

  /** The ways to ask. The words are JSON: they are never renamed. */
  public enum Way {
    /** The planner was shown an index that is not there. */
    HYPOTHETICAL,
    /** The index was built in a transaction that was rolled back, on a disposable copy. */
    BUILT,
    /** It was not asked, so that no cost is known. */
    NOT_JUDGED
  }

  /** No cost is known, for a reason. */
  public static Judgement notJudged(String note) {
    return new Judgement(Way.NOT_JUDGED, note);
  }
}
