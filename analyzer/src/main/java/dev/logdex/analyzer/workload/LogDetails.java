package dev.logdex.analyzer.workload;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.toList;

import dev.logdex.normalizer.event.PlanEvidence;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What else the log tells of a statement in the look-back.
 *
 * @param maxTimeMs milliseconds of the slowest call; 0 when no call was timed
 * @param errors times that it failed
 * @param users calls by user; the empty name where the log does not tell
 * @param queryIds calls by the server's own identity of the statement; may be empty
 * @param plans with which it really ran, the newest first; a few, and private data
 */
public record LogDetails(
    double maxTimeMs,
    long errors,
    Map<String, Long> users,
    Map<Long, Long> queryIds,
    List<PlanEvidence> plans) {
  /** Plans that are kept of a statement. */
  static final int MOST_PLANS = 5;

  private static final Comparator<PlanEvidence> NEWEST =
      Comparator.comparing(PlanEvidence::loggedAt)
          .reversed()
          .thenComparing(Comparator.comparingDouble(PlanEvidence::elapsedMs).reversed())
          .thenComparing(PlanEvidence::plan);

  /** Of a statement of which the log tells no more than its calls. */
  public static final LogDetails NONE = new LogDetails(0, 0, Map.of(), Map.of(), List.of());

  public LogDetails {
    users = Map.copyOf(users);
    queryIds = Map.copyOf(queryIds);
    requireNonNull(plans, "plans");
    plans =
        plans.stream()
            .sorted(NEWEST)
            .limit(MOST_PLANS)
            .collect(collectingAndThen(toList(), List::copyOf));
  }

  LogDetails plus(LogDetails other) {
    return new LogDetails(
        Math.max(maxTimeMs, other.maxTimeMs),
        errors + other.errors,
        sum(users, other.users),
        sum(queryIds, other.queryIds),
        Stream.concat(plans.stream(), other.plans.stream()).toList());
  }

  private static <K extends Comparable<K>> Map<K, Long> sum(Map<K, Long> one, Map<K, Long> other) {
    Map<K, Long> sum = new TreeMap<>(one);
    other.forEach((key, calls) -> sum.merge(key, calls, Long::sum));
    return sum;
  }

  /** The user that calls it most; empty when the log does not tell. */
  public String mainUser() {
    return most(users).orElse("");
  }

  /** The server's identity of most calls. */
  public Optional<Long> queryId() {
    return most(queryIds);
  }

  private static <K extends Comparable<K>> Optional<K> most(Map<K, Long> calls) {
    return calls.entrySet().stream()
        .max(
            Map.Entry.<K, Long>comparingByValue()
                .thenComparing(Map.Entry.<K, Long>comparingByKey().reversed()))
        .map(Map.Entry::getKey);
  }

  /** Tells no literal. */
  @Override
  public String toString() {
    return "LogDetails[" + users.size() + " users, " + plans.size() + " plans]";
  }
}
