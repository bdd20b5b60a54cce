package dev.logdex.recommender.event;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How much a recommendation matters, least first. The words are JSON: they are never renamed. */
public enum Severity {
  /** Worth knowing, costs next to nothing as it is. */
  INFO,
  LOW,
  MEDIUM,
  /** Statements cost many times what they need to, or a constraint is broken. */
  HIGH;

  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
