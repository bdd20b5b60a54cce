package dev.logdex.analyzer.whatif;

import dev.logdex.analyzer.plan.Planned;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Answers of the planner that still hold, since neither the statement nor the database has changed.
 * Bounded: the answers asked for longest ago go first. Not thread-safe.
 */
public final class WhatIfMemory {
  private final Map<Key, StatementCosts> costs;
  private final Map<Key, Planned> plans;
  private final Map<Key, BuildOutcome> outcomes;
  private String epoch = "";

  /**
   * An empty memory.
   *
   * @param mostCosts what-if answers to keep; small ones
   * @param mostPlans plans to keep; some kilobytes each
   */
  public WhatIfMemory(int mostCosts, int mostPlans) {
    this.costs = new Bounded<>(mostCosts);
    this.plans = new Bounded<>(mostPlans);
    this.outcomes = new Bounded<>(mostPlans);
  }

  /** A question to the planner and the statement that it is about. */
  private record Key(String question, String statement) {}

  private static final class Bounded<V> extends LinkedHashMap<Key, V> {
    private static final long serialVersionUID = 1;
    private final int most;

    private Bounded(int most) {
      super(16, 0.75f, true);
      this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Key, V> eldest) {
      return size() > most;
    }
  }

  /**
   * Forgets everything when the database is another than before.
   *
   * @param now whatever changes when tables, their indexes or statistics do
   */
  public void epoch(String now) {
    if (!now.equals(epoch)) {
      costs.clear();
      plans.clear();
      outcomes.clear();
      epoch = now;
    }
  }

  Optional<StatementCosts> costs(String createIndex, String statement) {
    return Optional.ofNullable(costs.get(new Key(createIndex, statement)));
  }

  void keep(String createIndex, String statement, StatementCosts answer) {
    costs.put(new Key(createIndex, statement), answer);
  }

  Optional<Planned> plan(String question, String statement) {
    return Optional.ofNullable(plans.get(new Key(question, statement)));
  }

  /** Keeps a plan, or a refusal that would be the same the next time. */
  void keep(String question, String statement, Planned planned) {
    if (planned.failure().filter(failure -> failure.mayPass()).isEmpty()) {
      plans.put(new Key(question, statement), planned);
    }
  }

  Optional<BuildOutcome> outcome(String question) {
    return Optional.ofNullable(outcomes.get(new Key(question, "")));
  }

  void keep(String question, BuildOutcome outcome) {
    outcomes.put(new Key(question, ""), outcome);
  }
}
