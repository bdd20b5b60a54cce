package dev.logdex.recommender.recommendation;

import dev.logdex.recommender.event.Severity;
import dev.logdex.recommender.event.StatementGain;
import java.util.List;

/** How much a new index matters, by what its queries gain. */
final class Severities {
  /** A statement of such a cost is worth little attention, however much of it could be saved. */
  private static final double CHEAP = 100;

  private static final double MANY_TIMES = 10;
  private static final double TWICE = 2;

  /** Once an hour, in calls a minute: a statement that is run more seldom is nobody's pain. */
  private static final double SELDOM = 1 / 60.0;

  private Severities() {}

  /** High when a statement that is often run costs ten times what it needs to, and so on. */
  static Severity of(List<StatementGain> queries) {
    return queries.stream().map(Severities::of).max(Severity::compareTo).orElse(Severity.INFO);
  }

  private static Severity of(StatementGain query) {
    double times = query.costBefore() / Math.max(query.costAfter(), 1e-9);
    if (query.costBefore() < CHEAP) {
      return Severity.LOW;
    }
    if (times >= MANY_TIMES && query.callsPerMinute() >= SELDOM) {
      return Severity.HIGH;
    }
    return times >= TWICE ? Severity.MEDIUM : Severity.LOW;
  }
}
