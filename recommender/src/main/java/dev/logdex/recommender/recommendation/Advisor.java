package dev.logdex.recommender.recommendation;

import static java.util.Objects.requireNonNull;

import dev.logdex.analyzer.event.Candidate;
import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.Scan;
import dev.logdex.analyzer.event.ScanCost;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.recommender.advice.Ticket;
import dev.logdex.recommender.advice.VisibleText;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.RecommendationKind;
import dev.logdex.recommender.event.RecommendationState;
import dev.logdex.recommender.event.ScanGain;
import dev.logdex.recommender.event.StatementGain;
import dev.logdex.recommender.event.TableEvidence;
import dev.logdex.recommender.event.WriteCosts;
import dev.logdex.recommender.selection.ChosenIndex;
import dev.logdex.recommender.selection.Costs;
import dev.logdex.recommender.selection.Definitions;
import dev.logdex.recommender.selection.Frontier;
import dev.logdex.recommender.selection.SelectorChoice;
import dev.logdex.recommender.selection.TableSelection;
import dev.logdex.recommender.selection.TableSelector;
import dev.logdex.recommender.selection.Thresholds;
import dev.logdex.recommender.selection.WriteSide;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** From a table's analysis to what is to be advised for it: a function of the analysis alone. */
public final class Advisor {
  // with the limits on queries they keep an event far below what a Kafka record may hold
  private static final int SCANS_LISTED = 20;
  private static final int CLAUSES_LISTED = 10;
  private static final int CLAUSE_LENGTH = 200;

  private final TableSelector selector;
  private final Thresholds thresholds;
  private final Limits limits;

  public Advisor(SelectorChoice selector, Thresholds thresholds, Limits limits) {
    this.selector = new TableSelector(selector, thresholds);
    this.thresholds = thresholds;
    this.limits = requireNonNull(limits, "limits");
  }

  /**
   * What a table's indexes are worth for how much storage.
   *
   * @param budget bytes; of what takes more only the set that takes most is known
   */
  public Frontier frontier(TableAnalysis analysis, long budget) {
    return selector.frontier(analysis, budget);
  }

  /** What is to be advised when only the table's own bounds hold. */
  public TableAdvice advise(TableAnalysis analysis) {
    return advise(analysis, Long.MAX_VALUE);
  }

  /**
   * What is to be advised within a share of the database's storage.
   *
   * @param storageBytes that the new indexes may take; {@link Long#MAX_VALUE} for no bound
   */
  public TableAdvice advise(TableAnalysis analysis, long storageBytes) {
    TableSelection selection = selector.select(analysis, storageBytes);
    Gains gains = new Gains(analysis, selection.chosen(), thresholds.minStatementImprovement());
    Costs costs = new Costs(analysis);
    Map<ChosenIndex, String> names = names(analysis, selection.chosen());
    Set<String> gaining = new HashSet<>();
    List<Recommendation> recommendations =
        selection.chosen().stream()
            .map(
                index -> {
                  List<StatementGain> queries = gains.of(index);
                  queries.forEach(query -> gaining.add(query.fingerprint()));
                  return recommendation(
                      analysis, selection, index, names.getOrDefault(index, ""), queries, costs);
                })
            .toList();
    return new TableAdvice(selection, recommendations, gaining);
  }

  /** Named in the order of ids, so that the order of choice does not pass names around. */
  private static Map<ChosenIndex, String> names(TableAnalysis analysis, List<ChosenIndex> chosen) {
    Set<String> taken = TakenNames.of(analysis);
    Map<ChosenIndex, String> names = new HashMap<>();
    chosen.stream()
        .sorted(Comparator.comparing(index -> id(analysis, index)))
        .forEach(
            index -> {
              String name =
                  IndexName.of(
                      analysis.table().name(),
                      index.candidate().definition(),
                      id(analysis, index),
                      taken);
              taken.add(name);
              names.put(index, name);
            });
    return names;
  }

  private static String id(TableAnalysis analysis, ChosenIndex index) {
    return RecommendationId.of(
        analysis.table(), RecommendationKind.CREATE_INDEX, index.candidate().definition());
  }

  private Recommendation recommendation(
      TableAnalysis analysis,
      TableSelection selection,
      ChosenIndex index,
      String name,
      List<StatementGain> queries,
      Costs costs) {
    Candidate candidate = index.candidate();
    CreateIndex create = create(analysis, name, candidate.definition(), id(analysis, index));
    List<ScanGain> scans = scans(analysis, index, costs);
    Recommendation untold =
        new Recommendation(
            id(analysis, index),
            RecommendationState.PROPOSED,
            RecommendationKind.CREATE_INDEX,
            "",
            Severities.of(queries),
            id(analysis, index),
            analysis.table().database(),
            analysis.table().qualified(),
            Definitions.canonical(candidate.definition()),
            name,
            create.ddl(),
            create.inverse(),
            create.steps(),
            candidate.sizeBytes(),
            index.writeOverhead(),
            writes(index.writeSide()),
            BuildTime.of(candidate, analysis.facts()),
            queries.stream().mapToDouble(Gains::savingPerMinute).sum(),
            Reason.of(index, selection, analysis, costs),
            Stream.concat(
                    selection.limits().stream(), PartitionedIndex.limits(analysis.facts()).stream())
                .toList(),
            List.of(),
            evidence(analysis),
            queries.size(),
            queries.stream().limit(limits.queries()).map(this::cut).toList(),
            scans.size(),
            scans.stream().limit(SCANS_LISTED).toList(),
            null,
            null,
            "",
            "");
    return untold.told(Ticket.title(untold), Ticket.body(untold));
  }

  private static CreateIndex create(
      TableAnalysis analysis, String name, IndexDefinition definition, String id) {
    return analysis.facts().partitioned()
        ? PartitionedIndex.of(
            analysis.table(), name, definition, id, analysis.facts(), TakenNames.of(analysis))
        : new CreateIndex(analysis.table(), name, definition);
  }

  private static WriteCosts writes(WriteSide side) {
    return new WriteCosts(
        side.bytesPerEntry(),
        side.entriesPerMinute(),
        side.bytesPerMinute(),
        side.hotLostPerMinute(),
        side.endsHotOf());
  }

  private static TableEvidence evidence(TableAnalysis analysis) {
    return new TableEvidence(
        analysis.facts().rows(),
        analysis.facts().sizeBytes(),
        analysis.writes().insertsPerMinute(),
        analysis.writes().updatesPerMinute(),
        analysis.writes().deletesPerMinute());
  }

  private StatementGain cut(StatementGain gain) {
    return new StatementGain(
        gain.fingerprint(),
        VisibleText.cut(gain.text(), limits.textLength()),
        gain.callsPerMinute(),
        gain.costBefore(),
        gain.costAfter());
  }

  /** The index's row of the matrix, cells that save nothing left out. */
  private List<ScanGain> scans(TableAnalysis analysis, ChosenIndex index, Costs costs) {
    return analysis.scans().stream()
        .flatMap(
            scan ->
                costs
                    .scan(scan.id(), index.candidate().id())
                    .filter(cost -> cost.cost() < scan.baselineCost())
                    .map(cost -> scanGain(scan, cost, index))
                    .stream())
        .sorted(
            Comparator.comparing((ScanGain gain) -> !gain.chosenFor())
                .thenComparingDouble(
                    gain -> (gain.costAfter() - gain.costBefore()) * gain.scansPerMinute())
                .thenComparing(ScanGain::scan))
        .toList();
  }

  private ScanGain scanGain(Scan scan, ScanCost cost, ChosenIndex index) {
    return new ScanGain(
        scan.id(),
        Stream.of(
                scan.whereClauses().stream(),
                scan.joinClauses().stream(),
                scan.orderBy().stream().map(key -> "ORDER BY " + key))
            .flatMap(clauses -> clauses)
            .limit(CLAUSES_LISTED)
            .map(clause -> VisibleText.cut(clause, CLAUSE_LENGTH))
            .toList(),
        scan.scansPerMinute(),
        scan.baselineCost(),
        cost.cost(),
        index.scans().contains(scan.id()));
  }
}
