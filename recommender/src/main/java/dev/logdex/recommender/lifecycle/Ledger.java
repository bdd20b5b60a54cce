package dev.logdex.recommender.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.logdex.analyzer.event.Analysis;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.analyzer.event.UnplannedStatements;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.recommender.recommendation.Advisor;
import dev.logdex.recommender.recommendation.TableAdvice;
import dev.logdex.recommender.whynot.Verdict;
import dev.logdex.recommender.whynot.Verdicts;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What has been told, and what the newest analyses say. Not for use by several threads at once; its
 * snapshots are.
 */
public final class Ledger {
  private final Advisor advisor;
  private final Verdicts verdicts;
  private final Lifecycle lifecycle;

  private final Map<String, Map<String, RecommendationEvent>> toldByTable = new HashMap<>();
  private final Map<String, Finding> findings = new HashMap<>();

  public Ledger(Advisor advisor, Verdicts verdicts, Lifecycle lifecycle) {
    this.advisor = requireNonNull(advisor, "advisor");
    this.verdicts = requireNonNull(verdicts, "verdicts");
    this.lifecycle = requireNonNull(lifecycle, "lifecycle");
  }

  /** Takes an event for told; the newest of a recommendation counts. */
  public void told(RecommendationEvent event) {
    Recommendation advice = event.data();
    toldByTable
        .computeIfAbsent(advice.database() + "/" + advice.table(), table -> new HashMap<>())
        .put(event.subject(), event);
  }

  /** Takes in an analysis and gives the events that are to be told because of it, in order. */
  public List<RecommendationEvent> analysed(Analysis analysis) {
    if (analysis instanceof UnplannedStatements unplanned) {
      findings.put(analysis.key(), new Finding(Set.of(), "", verdicts.of(unplanned)));
      return List.of();
    }
    TableAnalysis table = (TableAnalysis) analysis;
    TableAdvice advice = advisor.advise(table);
    findings.put(
        table.key(),
        new Finding(advice.gaining(), table.table().database(), verdicts.of(table, advice)));
    return lifecycle.changes(told(table.key()), table, advice.recommendations());
  }

  /** Forgets what was analysed under a key and gives the events that are to be told. */
  public List<RecommendationEvent> gone(String key) {
    findings.remove(key);
    return lifecycle.tableGone(told(key));
  }

  public Snapshot snapshot() {
    return new Snapshot(
        toldByTable.values().stream().flatMap(table -> table.values().stream()).toList(),
        List.copyOf(findings.values()));
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
