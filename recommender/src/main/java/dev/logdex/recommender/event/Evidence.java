package dev.logdex.recommender.event;

import static java.util.Objects.requireNonNull;

/**
 * A named figure or fact that the advice rests on; holds no literal of a statement.
 *
 * @param name in a few words, such as {@code scans on replica1}
 * @param value for a person, with its unit
 */
public record Evidence(String name, String value) {
  public Evidence {
    requireNonNull(name, "name");
    requireNonNull(value, "value");
  }
}
