package dev.logdex.recommender.upkeep;

import java.util.Locale;

/** What may be found. Of several findings about one index the first in this order is told. */
public enum Finding {
  INVALID,
  REDUNDANT,
  COUNTERPRODUCTIVE,
  TEMPORARY,
  UNUSED,
  BLOAT,
  VISIBILITY,
  STATISTICS,
  CORRELATION;

  /** As it stands in settings. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
