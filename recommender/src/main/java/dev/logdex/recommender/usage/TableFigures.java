package dev.logdex.recommender.usage;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a server says of one table. What is null is not known.
 *
 * @param allVisibleFraction share of its pages that the visibility map has, 0 to 1
 * @param analysedAt when its statistics were last gathered
 */
public record TableFigures(
    Reading.Name name, @Nullable Double allVisibleFraction, @Nullable Instant analysedAt) {
  public TableFigures {
    requireNonNull(name, "name");
  }
}
