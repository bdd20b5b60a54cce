package dev.logdex.recommender.upkeep;

import static java.util.stream.Collectors.joining;

import java.util.Collection;

/** Lists of statements as evidence shows them. */
final class Fingerprints {
  private static final int SHOWN = 10;

  private Fingerprints() {}

  /** The first ten, and how many more there are. */
  static String text(Collection<String> fingerprints) {
    int more = fingerprints.size() - SHOWN;
    return fingerprints.stream().limit(SHOWN).collect(joining(", "))
        + (more > 0 ? " and " + more + " more" : "");
  }
}
