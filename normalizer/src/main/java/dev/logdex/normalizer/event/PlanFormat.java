package dev.logdex.normalizer.event;

/** How auto_explain wrote a plan. */
public enum PlanFormat {
  TEXT,
  JSON
}
