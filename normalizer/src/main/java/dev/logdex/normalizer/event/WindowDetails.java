package dev.logdex.normalizer.event;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What else the log tells of a statement in a window. Everything adds up over the records of a
 * window; what finds no room in a map is missing there and only there.
 *
 * @param errors times it failed, by itself and not because somebody cancelled it
 * @param cancellations times it was cancelled, by somebody or by a timeout
 * @param lockWaits times it waited for a lock longer than {@code deadlock_timeout}
 * @param deadlocks times it was part of one
 * @param temporaryFiles that it wrote
 * @param temporaryBytes size of these
 * @param parseTimeMs milliseconds of parsing in the extended protocol; not in the window's times
 * @param bindTimeMs milliseconds of binding and planning there; not in the window's times
 * @param fetches further fetches from its portals; their time is in the window's total
 * @param plans that auto_explain logged
 * @param rowPlans those of them that tell how many rows came out
 * @param rows that came out of these together
 * @param durations of the calls that were timed, without their further fetches
 * @param planEvidence a few of the plans, the slowest first; none unless samples are kept in full
 * @param tags calls by the tags in their comments: key, value, calls
 * @param queryIds calls by the server's own identity of the statement: what a lexer takes for
 *     different statements may be one to the server; 0 calls where only a plan or an event told it
 */
public record WindowDetails(
    long errors,
    long cancellations,
    long lockWaits,
    long deadlocks,
    long temporaryFiles,
    long temporaryBytes,
    double parseTimeMs,
    double bindTimeMs,
    long fetches,
    long plans,
    long rowPlans,
    long rows,
    DurationSketch durations,
    List<PlanEvidence> planEvidence,
    Map<String, Map<String, Long>> tags,
    Map<Long, Long> queryIds) {
  /** Nothing else. */
  public static final WindowDetails NONE =
      new WindowDetails(
          0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, DurationSketch.NONE, List.of(), Map.of(), Map.of());

  public WindowDetails {
    requireNonNull(durations, "durations");
    planEvidence = List.copyOf(planEvidence);
    Map<String, Map<String, Long>> copy = new TreeMap<>();
    tags.forEach((key, values) -> copy.put(key, Map.copyOf(values)));
    tags = Map.copyOf(copy);
    queryIds = Map.copyOf(queryIds);
  }
}
