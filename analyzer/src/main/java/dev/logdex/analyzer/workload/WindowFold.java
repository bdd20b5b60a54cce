package dev.logdex.analyzer.workload;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

import dev.logdex.normalizer.event.Fingerprint;
import dev.logdex.normalizer.event.QueryWindow;
import dev.logdex.normalizer.event.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Folds query windows into a workload: a later record of a key replaces an earlier one, different
 * keys add up, and what is older than the look-back by event time is forgotten. Every window counts
 * alike: no decay, so that the counts can be held against the log. Not thread-safe.
 */
public final class WindowFold {
  private static final Duration SHORTEST_SPAN = Duration.ofMinutes(1);
  private static final Comparator<Id> BY_DATABASE_AND_FINGERPRINT =
      comparing(Id::database).thenComparing(Id::fingerprint);

  private final Duration lookBack;
  private final int maxSamples;
  private final int maxStatements;
  private final Map<Id, Windows> statements = new HashMap<>();
  private Instant newestEnd = Instant.MIN;

  /**
   * A fold that has seen nothing.
   *
   * @param maxSamples to plan a statement with
   * @param maxStatements in a workload; those with the most calls stay
   */
  public WindowFold(Duration lookBack, int maxSamples, int maxStatements) {
    this.lookBack = lookBack;
    this.maxSamples = maxSamples;
    this.maxStatements = maxStatements;
  }

  private record Id(String database, Fingerprint fingerprint) {}

  /** The part of a window that is needed later: the text is kept once per statement. */
  private record Part(
      Instant start,
      Instant end,
      long calls,
      long timedCalls,
      double totalTimeMs,
      List<Sample> samples,
      LogDetails details) {
    boolean hasPlans() {
      return !details.plans().isEmpty();
    }

    Part withoutPlans() {
      return new Part(
          start,
          end,
          calls,
          timedCalls,
          totalTimeMs,
          samples,
          new LogDetails(
              details.maxTimeMs(),
              details.errors(),
              details.users(),
              details.queryIds(),
              List.of()));
    }
  }

  private static final class Windows {
    private final String text;
    private final TreeMap<String, Part> parts = new TreeMap<>();

    private Windows(String text) {
      this.text = text;
    }

    /** Plans are large: only the newest windows that have some keep them. */
    private void put(String key, Part part) {
      parts.put(key, part);
      if (part.hasPlans()) {
        parts.entrySet().stream()
            .filter(each -> each.getValue().hasPlans())
            .sorted(comparing((Map.Entry<String, Part> each) -> each.getValue().start).reversed())
            .skip(LogDetails.MOST_PLANS)
            .toList()
            .forEach(each -> each.setValue(each.getValue().withoutPlans()));
      }
    }
  }

  /**
   * Takes a record in. One without calls tells of errors or of what ran inside other statements,
   * and one of {@linkplain QueryWindow#OTHER other statements} of no statement that could be
   * planned: time passes with them, and nothing else.
   *
   * @return false when it changes nothing, also because it is older than the look-back
   */
  public boolean add(QueryWindow window) {
    Instant end = window.windowStart().plus(window.windowSize());
    if (end.isAfter(newestEnd)) {
      newestEnd = end;
    }
    if (!inLookBack(end) || window.calls() == 0 || window.ofOtherStatements()) {
      return false;
    }
    statements
        .computeIfAbsent(
            new Id(window.database(), window.fingerprint()), id -> new Windows(window.text()))
        .put(window.key(), part(window, end));
    return true;
  }

  /** What is known now; forgets what the look-back has left behind. */
  public Workload workload() {
    statements.values().removeIf(this::forgetOld);
    if (statements.isEmpty()) {
      return Workload.EMPTY;
    }
    Duration span = span();
    List<WorkloadStatement> all =
        statements.entrySet().stream()
            .sorted(Map.Entry.comparingByKey(BY_DATABASE_AND_FINGERPRINT))
            .map(entry -> statement(entry.getKey(), entry.getValue(), span))
            .toList();
    List<WorkloadStatement> kept = mostCalled(all);
    return new Workload(newestEnd, span, kept, all.size() - kept.size());
  }

  private boolean forgetOld(Windows windows) {
    windows.parts.values().removeIf(part -> !inLookBack(part.end));
    return windows.parts.isEmpty();
  }

  private boolean inLookBack(Instant end) {
    return end.isAfter(newestEnd.minus(lookBack));
  }

  private Duration span() {
    Instant oldestStart =
        statements.values().stream()
            .flatMap(windows -> windows.parts.values().stream())
            .map(Part::start)
            .min(Comparator.naturalOrder())
            .orElse(newestEnd);
    Duration covered = Duration.between(oldestStart, newestEnd);
    return covered.compareTo(SHORTEST_SPAN) < 0 ? SHORTEST_SPAN : covered;
  }

  private List<WorkloadStatement> mostCalled(List<WorkloadStatement> all) {
    if (all.size() <= maxStatements) {
      return all;
    }
    return all.stream()
        .sorted(comparingLong(WorkloadStatement::calls).reversed())
        .limit(maxStatements)
        .sorted(
            comparing(WorkloadStatement::database).thenComparing(WorkloadStatement::fingerprint))
        .toList();
  }

  private WorkloadStatement statement(Id id, Windows windows, Duration span) {
    long calls = 0;
    long timedCalls = 0;
    double totalTimeMs = 0;
    List<Sample> samples = new ArrayList<>();
    LogDetails details = LogDetails.NONE;
    for (Part part : windows.parts.values()) {
      calls += part.calls;
      timedCalls += part.timedCalls;
      totalTimeMs += part.totalTimeMs;
      samples.addAll(part.samples);
      details = details.plus(part.details);
    }
    return new WorkloadStatement(
        id.database,
        id.fingerprint,
        windows.text,
        calls,
        calls * 60_000.0 / span.toMillis(),
        timedCalls,
        totalTimeMs,
        SampleChoice.choose(samples, maxSamples),
        details,
        List.of(),
        "");
  }

  private static Part part(QueryWindow window, Instant end) {
    return new Part(
        window.windowStart(),
        end,
        window.calls(),
        window.timedCalls(),
        window.totalTimeMs(),
        window.samples(),
        new LogDetails(
            window.maxTimeMs(),
            window.details().errors(),
            window.users(),
            window.details().queryIds(),
            window.details().planEvidence()));
  }
}
