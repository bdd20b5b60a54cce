package dev.logdex.normalizer.event;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One real form of a statement: its text as logged and the parameters it was bound with. Private
 * data: it is needed to plan the statement and travels nowhere else.
 *
 * @param statement the text as logged, with its literals and its {@code $n}
 * @param parameters values of {@code $1…}, in order; an element is null for SQL's NULL; empty when
 *     the text has none
 * @param calls how many calls of the window this sample stands for
 * @param maxTimeMs the slowest of them, in milliseconds; null when no duration was logged
 */
public record Sample(
    String statement, List<@Nullable String> parameters, long calls, @Nullable Double maxTimeMs) {
  public Sample {
    requireNonNull(statement, "statement");
    // List.copyOf refuses null, which is a parameter's value here
    parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
  }
}
