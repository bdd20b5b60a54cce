package dev.logdex.recommender.event;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a recommendation stands. The words are JSON: they are never renamed. */
public enum RecommendationState {
  PROPOSED,
  /** Still proposed, on evidence that differs enough to be told. */
  UPDATED,
  /** The index is in the catalog. */
  APPLIED,
  /** The workload no longer asks for it. */
  WITHDRAWN;

  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
