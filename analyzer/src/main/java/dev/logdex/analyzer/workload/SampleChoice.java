package dev.logdex.analyzer.workload;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingDouble;
import static java.util.Comparator.comparingLong;

import dev.logdex.normalizer.event.Sample;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the few samples that a statement is planned with: the most frequent ones, and the slowest
 * in place of the last of them, because a statement is often slow for one value only.
 */
final class SampleChoice {
  private static final Comparator<Seen> BY_FORM =
      comparing((Seen seen) -> seen.statement).thenComparing(seen -> seen.parameters.toString());
  private static final Comparator<Seen> MOST_FREQUENT =
      comparingLong((Seen seen) -> seen.calls).reversed().thenComparing(BY_FORM);
  private static final Comparator<Seen> SLOWEST =
      comparingDouble((Seen seen) -> seen.maxTimeMs).reversed().thenComparing(MOST_FREQUENT);

  private SampleChoice() {}

  private record Form(String statement, List<@Nullable String> parameters) {}

  private record Seen(
      String statement, List<@Nullable String> parameters, long calls, double maxTimeMs) {
    Seen plus(Seen other) {
      return new Seen(
          statement, parameters, calls + other.calls, Math.max(maxTimeMs, other.maxTimeMs));
    }
  }

  /** At most so many of the samples, equal ones added up, most frequent first. */
  static List<WeightedSample> choose(Collection<Sample> samples, int most) {
    Map<Form, Seen> distinct = new HashMap<>();
    for (Sample sample : samples) {
      distinct.merge(new Form(sample.statement(), sample.parameters()), seen(sample), Seen::plus);
    }
    List<Seen> byFrequency = distinct.values().stream().sorted(MOST_FREQUENT).toList();
    List<Seen> chosen = new ArrayList<>(byFrequency.subList(0, Math.min(most, byFrequency.size())));
    byFrequency.stream()
        .min(SLOWEST)
        .filter(slowest -> slowest.maxTimeMs >= 0 && !chosen.contains(slowest))
        .ifPresent(slowest -> chosen.set(chosen.size() - 1, slowest));
    return chosen.stream()
        .map(each -> new WeightedSample(each.statement, each.parameters, each.calls))
        .toList();
  }

  private static Seen seen(Sample sample) {
    double maxTimeMs = Objects.requireNonNullElse(sample.maxTimeMs(), -1.0);
    return new Seen(
        sample.statement(), sample.parameters(), Math.max(1, sample.calls()), maxTimeMs);
  }
}
