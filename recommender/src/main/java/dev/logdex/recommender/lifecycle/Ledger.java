package dev.logdex.recommender.lifecycle;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import dev.logdex.analyzer.event.Analysis;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.analyzer.event.UnplannedStatements;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.RecommendationCommand;
import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.recommender.recommendation.Advisor;
import dev.logdex.recommender.recommendation.TableAdvice;
import dev.logdex.recommender.selection.StorageBudget;
import dev.logdex.recommender.upkeep.OtherAdvice;
import dev.logdex.recommender.usage.IndexUsage;
import dev.logdex.recommender.whynot.Verdict;
import dev.logdex.recommender.whynot.Verdicts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What has been told, what the newest analyses say, and what somebody decided. Not for use by
 * several threads at once; its snapshots are.
 *
 * <p>Events that its methods give are not yet told: the caller says so by {@link #told} when they
 * are where they belong.
 */
public final class Ledger {
  private final Advisor advisor;
  private final OtherAdvice otherAdvice;
  private final Supplier<IndexUsage> usage;
  private final Verdicts verdicts;
  private final Lifecycle lifecycle;
  private final Archive archive;
  private final Shares shares;

  private final Map<String, Map<String, RecommendationEvent>> toldByTable = new HashMap<>();
  private final Map<String, RecommendationEvent> toldById = new HashMap<>();
  private final Map<String, Finding> findings = new HashMap<>();
  private final Map<String, Rounds> rounds = new HashMap<>();
  private final Map<String, Instant> newest = new HashMap<>();
  private final Map<String, Optional<Rounds>> unwritten = new TreeMap<>();

  /**
   * An empty one.
   *
   * @param usage how production uses its indexes, as far as is known at the moment
   */
  public Ledger(
      Advisor advisor,
      OtherAdvice otherAdvice,
      Supplier<IndexUsage> usage,
      Verdicts verdicts,
      Lifecycle lifecycle,
      Archive archive,
      StorageBudget budget) {
    this.advisor = requireNonNull(advisor, "advisor");
    this.otherAdvice = requireNonNull(otherAdvice, "otherAdvice");
    this.usage = requireNonNull(usage, "usage");
    this.verdicts = requireNonNull(verdicts, "verdicts");
    this.lifecycle = requireNonNull(lifecycle, "lifecycle");
    this.archive = requireNonNull(archive, "archive");
    this.shares = new Shares(budget);
  }

  /** Takes an event for told; the newest of a recommendation counts. */
  public void told(RecommendationEvent event) {
    Recommendation advice = event.data();
    toldByTable
        .computeIfAbsent(advice.database() + "/" + advice.table(), table -> new HashMap<>())
        .put(event.subject(), event);
    toldById.put(event.subject(), event);
  }

  /** Takes the rounds of a table that a former life counted. */
  public void remembered(String table, Rounds counted) {
    rounds.put(table, counted);
  }

  /** {@link #take} and {@link #settle}: an analysis that is not one of many. */
  public List<RecommendationEvent> analysed(Analysis analysis) {
    List<RecommendationEvent> events = new ArrayList<>(take(analysis));
    events.addAll(settle());
    return events;
  }

  /**
   * Takes in an analysis and gives the events that are to be told because of it, in order; where
   * tables share storage, {@link #settle} gives them. One that is older than what is known of its
   * table changes nothing: event time decides, not the order in which records come.
   */
  public List<RecommendationEvent> take(Analysis analysis) {
    if (analysis instanceof UnplannedStatements unplanned) {
      findings.put(analysis.key(), new Finding(Set.of(), "", verdicts.of(unplanned)));
      return List.of();
    }
    TableAnalysis table = (TableAnalysis) analysis;
    if (table.analysedTo().isBefore(newest.getOrDefault(table.key(), Instant.MIN))) {
      return List.of();
    }
    newest.put(table.key(), table.analysedTo());
    boolean kept = archive.keep(table);
    if (!shares.areBounded()) {
      return evaluated(table, Long.MAX_VALUE);
    }
    shares.put(table.table().database(), table.key(), advisor.frontier(table, shares.budget()));
    // what is not kept cannot be looked at again when its share changes
    return kept ? List.of() : evaluated(table, shareNow(table.key()));
  }

  /** The events that follow once the tables taken in have their shares of the storage. */
  public List<RecommendationEvent> settle() {
    List<RecommendationEvent> events = new ArrayList<>();
    for (String key : shares.settle()) {
      archive.table(key).ifPresent(table -> events.addAll(evaluated(table, shares.of(key))));
    }
    return events;
  }

  /** What somebody decided: nothing when it is not known, not possible or nothing new. */
  public Optional<RecommendationEvent> decided(RecommendationCommand command, Instant at) {
    return Optional.ofNullable(toldById.get(command.recommendation()))
        .flatMap(told -> lifecycle.decided(told, command, at));
  }

  /** Forgets what was analysed under a key and gives the events that are to be told. */
  public List<RecommendationEvent> gone(String key) {
    findings.remove(key);
    newest.remove(key);
    archive.remove(key);
    shares.remove(key);
    if (rounds.remove(key) != null) {
      unwritten.put(key, Optional.empty());
    }
    return lifecycle.tableGone(told(key));
  }

  /** The rounds that changed since the last call, by table; nothing where they are forgotten. */
  public Map<String, Optional<Rounds>> unwrittenRounds() {
    Map<String, Optional<Rounds>> changed = new TreeMap<>(unwritten);
    unwritten.clear();
    return changed;
  }

  public Snapshot snapshot() {
    return new Snapshot(
        toldByTable.values().stream().flatMap(table -> table.values().stream()).toList(),
        List.copyOf(findings.values()),
        shares.all());
  }

  private long shareNow(String key) {
    shares.settle();
    return shares.of(key);
  }

  private List<RecommendationEvent> evaluated(TableAnalysis table, long storageBytes) {
    TableAdvice advice = advisor.advise(table, storageBytes);
    findings.put(
        table.key(),
        new Finding(advice.gaining(), table.table().database(), verdicts.of(table, advice)));
    Collection<RecommendationEvent> told = told(table.key());
    List<Recommendation> advised = new ArrayList<>(advice.recommendations());
    otherAdvice.of(table, usage.get(), advice.recommendations()).stream()
        .filter(other -> !TemporaryIndex.isNotYetDue(other, told, table.analysedTo()))
        .forEach(advised::add);
    return lifecycle.changes(told, table, advised, counted(table, advised, told));
  }

  /** The same analysis met again, after a restart, is no further round. */
  private Rounds counted(
      TableAnalysis table, List<Recommendation> advised, Collection<RecommendationEvent> told) {
    Rounds before = rounds.getOrDefault(table.key(), Rounds.NONE);
    Set<String> ids = advised.stream().map(Recommendation::id).collect(toSet());
    if (!table.analysedTo().isAfter(before.last()) && ids.equals(before.wins().keySet())) {
      return before;
    }
    Rounds now = lifecycle.next(before, told, table.analysedTo(), advised);
    rounds.put(table.key(), now);
    if (!now.counts().equals(before.counts())) {
      unwritten.put(table.key(), Optional.of(now));
    }
    return now;
  }

  private Collection<RecommendationEvent> told(String table) {
    return toldByTable.getOrDefault(table, Map.of()).values();
  }

  /**
   * What one analysis says.
   *
   * @param gaining fingerprints that gain, in {@code database}
   */
  record Finding(Set<String> gaining, String database, List<Verdict> verdicts) {}
}
