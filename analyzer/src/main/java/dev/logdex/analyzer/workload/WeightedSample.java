package dev.logdex.analyzer.workload;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One real form of a statement. Private data: it is needed to plan the statement and travels
 * nowhere else.
 *
 * @param statement the text as logged
 * @param parameters values of {@code $1…}, null for SQL's NULL
 * @param calls that this form stands for, at least 1
 */
public record WeightedSample(String statement, List<@Nullable String> parameters, long calls) {
  public WeightedSample {
    requireNonNull(statement, "statement");
    // List.copyOf refuses null, which is a parameter's value here
    parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
  }

  @Override
  public String toString() {
    return "sample of " + calls + " calls"; // never the literals
  }
}
