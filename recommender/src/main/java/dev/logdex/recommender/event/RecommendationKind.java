package dev.logdex.recommender.event;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What is advised. The words are JSON: they are never renamed. */
public enum RecommendationKind {
  CREATE_INDEX;

  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
