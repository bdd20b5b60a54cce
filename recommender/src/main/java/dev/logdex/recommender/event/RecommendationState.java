package dev.logdex.recommender.event;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a recommendation stands. The words are JSON: they are never renamed. */
public enum RecommendationState {
  PROPOSED,
  /** Still proposed, on evidence that differs enough to be told. */
  UPDATED,
  /** Somebody means to do it. */
  ACCEPTED,
  /** Somebody does not want it, for a reason and perhaps for a time; the evidence still stands. */
  DISMISSED,
  /** Another recommendation does its work and takes its place. */
  SUPERSEDED,
  /** It has been done: the catalog shows it. */
  APPLIED,
  /** The workload no longer asks for it. */
  WITHDRAWN;

  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether somebody may still decide or act on it. */
  public boolean stands() {
    return this == PROPOSED || this == UPDATED || this == ACCEPTED;
  }
}
