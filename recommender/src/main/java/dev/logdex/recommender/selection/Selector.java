package dev.logdex.recommender.selection;

/** Chooses indexes from a matrix. Equal matrices give equal selections. */
public interface Selector {
  Selection select(Matrix matrix);

  /** Whether a selection may hold indexes that the rest of it makes needless. */
  default boolean leavesSpare() {
    return true;
  }

  /** One that may miss the best set by little and is much faster; itself when there is none. */
  default Selector quicker() {
    return this;
  }
}
