package dev.logdex.recommender.selection;

/** Chooses indexes from a matrix. Equal matrices give equal selections. */
public interface Selector {
  Selection select(Matrix matrix);
}
