package dev.logdex.analyzer.whatif;

import dev.logdex.analyzer.catalog.Epoch;
import dev.logdex.analyzer.catalog.RelationName;
import dev.logdex.analyzer.catalog.Table;
import dev.logdex.analyzer.catalog.Types;
import dev.logdex.analyzer.plan.PlanNode;
import dev.logdex.analyzer.plan.Planned;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers of the planner that still hold, since neither the statement nor any table that it reads
 * has changed. Bounded: the answers asked for longest ago go first. Thread-safe.
 */
public final class WhatIfMemory {
  private final Bounded<StatementCosts> costs;
  private final Bounded<Planned> plans;
  private final Bounded<BuildOutcome> outcomes;
  private final Bounded<Boolean> givenUp;
  private @Nullable Types types;
  private final Map<RelationName, Table> tables = new HashMap<>();
  private final Map<RelationName, Optional<RelationName>> parents = new HashMap<>();
  private Epoch epoch = Epoch.NONE;
  private Epoch.Mentions mentions = epoch.mentions();

  /**
   * An empty memory.
   *
   * @param mostCosts what-if answers to keep; small ones
   * @param mostPlanBytes of plans to keep, estimated; some kilobytes each
   */
  public WhatIfMemory(int mostCosts, long mostPlanBytes) {
    this.costs = new Bounded<>(mostCosts);
    this.plans = new Bounded<>(mostPlanBytes);
    this.outcomes = new Bounded<>(mostCosts);
    this.givenUp = new Bounded<>(mostCosts);
  }

  /** A question to the planner and the statement that it is about. */
  private record Key(String question, String statement) {}

  /**
   * An answer.
   *
   * @param reads the relations that it depends on; null for one that may depend on any
   * @param weight 1 where answers are counted, else bytes
   */
  private record Answer<V>(V value, @Nullable Set<RelationName> reads, long weight) {
    /** One of those that are counted. */
    private Answer(V value, @Nullable Set<RelationName> reads) {
      this(value, reads, 1);
    }

    boolean dependsOnAny(Set<RelationName> relations) {
      return reads == null || !Collections.disjoint(relations, reads);
    }
  }

  /** Answers up to a total weight; those asked for longest ago go first. */
  private static final class Bounded<V> {
    private final Map<Key, Answer<V>> answers = new LinkedHashMap<>(16, 0.75f, true);
    private final long most;
    private long weight;

    private Bounded(long most) {
      this.most = most;
    }

    private @Nullable Answer<V> get(Key key) {
      return answers.get(key);
    }

    private void put(Key key, Answer<V> answer) {
      Answer<V> before = answers.put(key, answer);
      weight += answer.weight - (before == null ? 0 : before.weight);
      Iterator<Answer<V>> eldest = answers.values().iterator();
      while (weight > most && eldest.hasNext()) {
        weight -= eldest.next().weight;
        eldest.remove();
      }
    }

    private void forget(Set<RelationName> changed) {
      answers.values().removeIf(answer -> answer.dependsOnAny(changed));
      weight = answers.values().stream().mapToLong(Answer::weight).sum();
    }

    private void clear() {
      answers.clear();
      weight = 0;
    }
  }

  /** Forgets what may be another answer by now. */
  public synchronized void epoch(Epoch now) {
    if (!now.database().equals(epoch.database())) {
      costs.clear();
      plans.clear();
      outcomes.clear();
      givenUp.clear();
      tables.clear();
      parents.clear();
      types = null;
    } else if (!now.equals(epoch)) {
      Set<RelationName> changed = now.changedSince(epoch);
      costs.forget(changed);
      plans.forget(changed);
      outcomes.forget(changed);
      givenUp.forget(changed);
      tables.keySet().removeAll(changed);
      parents.keySet().removeAll(changed);
    }
    epoch = now;
    mentions = now.mentions();
  }

  /** Types and operators, read once as long as no setting, extension or type changes. */
  synchronized Types types(Supplier<Types> read) {
    Types known = types;
    if (known == null) {
      known = read.get();
      types = known;
    }
    return known;
  }

  /**
   * The tables that the database is asked about, each read anew only as far as its figures may have
   * changed without the epoch. As many are kept as one round reads.
   *
   * @param read asks the database, given what is known
   */
  synchronized Map<RelationName, Table> tables(
      Function<Map<RelationName, Table>, Map<RelationName, Table>> read) {
    Map<RelationName, Table> now = read.apply(Map.copyOf(tables));
    tables.clear();
    tables.putAll(now);
    return now;
  }

  /**
   * The table that a relation belongs to, asked for once as long as the relation does not change.
   */
  Optional<RelationName> tableOf(
      RelationName relation, Function<RelationName, Optional<RelationName>> ask) {
    synchronized (this) {
      Optional<RelationName> known = parents.get(relation);
      if (known != null) {
        return known;
      }
    }
    Optional<RelationName> answer = ask.apply(relation);
    synchronized (this) {
      parents.put(relation, answer);
    }
    return answer;
  }

  synchronized Optional<StatementCosts> costs(String createIndex, String statement) {
    return value(costs.get(new Key(createIndex, statement)));
  }

  synchronized void keep(String createIndex, String statement, StatementCosts answer) {
    Set<RelationName> reads = mentions.in(statement);
    answer.sources().forEach(source -> reads.add(source.table()));
    costs.put(new Key(createIndex, statement), new Answer<>(answer, Set.copyOf(reads)));
  }

  synchronized Optional<Planned> plan(String question, String statement) {
    return value(plans.get(new Key(question, statement)));
  }

  /** Keeps a plan, or a refusal that would be the same the next time. */
  synchronized void keep(String question, String statement, Planned planned) {
    if (planned.failure().filter(failure -> failure.mayPass()).isEmpty()) {
      Set<RelationName> reads =
          planned.plan().map(plan -> reads(plan, mentions.in(statement))).orElse(null);
      long bytes = statement.length() + planned.plan().map(PlanNode::approximateBytes).orElse(0L);
      plans.put(new Key(question, statement), new Answer<>(planned, reads, bytes));
    }
  }

  private static Set<RelationName> reads(PlanNode plan, Set<RelationName> mentioned) {
    Set<RelationName> reads = new HashSet<>(mentioned);
    plan.tree()
        .filter(node -> node.relation() != null)
        .forEach(
            node ->
                reads.add(
                    new RelationName(
                        Objects.requireNonNullElse(node.schema(), ""),
                        Objects.requireNonNullElse(node.relation(), ""))));
    return Set.copyOf(reads);
  }

  /** Whether no what-if is to be asked about the statement, since one took too long to plan. */
  synchronized boolean isGivenUp(String statement) {
    return givenUp.get(new Key("", statement)) != null;
  }

  synchronized void giveUp(String statement) {
    givenUp.put(new Key("", statement), new Answer<>(true, null));
  }

  synchronized Optional<BuildOutcome> outcome(String question) {
    return value(outcomes.get(new Key(question, "")));
  }

  synchronized void keep(String question, BuildOutcome outcome) {
    outcomes.put(new Key(question, ""), new Answer<>(outcome, Set.copyOf(mentions.in(question))));
  }

  private static <V> Optional<V> value(@Nullable Answer<V> answer) {
    return Optional.ofNullable(answer).map(Answer::value);
  }
}
