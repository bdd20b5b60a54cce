package dev.logdex.recommender.selection;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.logdex.analyzer.event.AnalysedStatement;
import dev.logdex.analyzer.event.Candidate;
import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.Scan;
import dev.logdex.analyzer.event.ScanCost;
import dev.logdex.analyzer.event.StatementCost;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.analyzer.event.TableFacts;
import dev.logdex.recommender.selection.Frontier.Point;
import dev.logdex.recommender.selection.Matrix.Cell;
import dev.logdex.recommender.selection.Matrix.Offer;
import dev.logdex.recommender.selection.Matrix.Row;
import dev.logdex.recommender.selection.Selection.Pick;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Makes the matrix of a table from its analysis, has it selected from, and says why not. */
public final class TableSelector {
  /** A row of a table without columns: header and line pointer. */
  private static final double LEAST_ROW_BYTES = 27;

  /** Of the statements' cost a minute: what an index must save to be confirmed by them. */
  private static final double LEAST_SHARE = 0.005;

  private final SelectorChoice choice;
  private final Thresholds thresholds;

  public TableSelector(SelectorChoice choice, Thresholds thresholds) {
    this.choice = requireNonNull(choice, "choice");
    this.thresholds = requireNonNull(thresholds, "thresholds");
  }

  /** What is chosen when only the table's own bounds hold. */
  public TableSelection select(TableAnalysis analysis) {
    return select(analysis, Long.MAX_VALUE);
  }

  /**
   * What the table's indexes are worth for how much storage; that of no bound is exact, the others
   * may be worth a little more.
   *
   * @param budget bytes; of what takes more only the set that takes most is known
   */
  public Frontier frontier(TableAnalysis analysis, long budget) {
    return Frontier.trace(
        budget,
        bytes -> {
          Selector selector = choice.selector(analysis, bytes);
          TableSelection best =
              select(analysis, bytes == Long.MAX_VALUE ? selector : selector.quicker());
          return new Point(best.sizeBytes(), best.value());
        });
  }

  /**
   * What is chosen within a share of the database's storage.
   *
   * @param storageBytes that the new indexes may take; {@link Long#MAX_VALUE} for no bound
   */
  public TableSelection select(TableAnalysis analysis, long storageBytes) {
    return select(analysis, choice.selector(analysis, storageBytes));
  }

  private TableSelection select(TableAnalysis analysis, Selector selector) {
    if (analysis.facts().rows() < thresholds.minTableRows()) {
      return new TableSelection(
          List.of(), outcomes(analysis, scan -> ScanOutcome.SMALL_TABLE), List.of(), null, 0);
    }
    Costs costs = new Costs(analysis);
    Map<Boolean, List<Candidate>> byServed =
        analysis.candidates().stream().collect(partitioningBy(c -> isServed(c, analysis)));
    TableWrites writes = TableWrites.of(analysis);
    List<Candidate> onOffer = new ArrayList<>(candidates(byServed, false));
    List<Declined> declined = new ArrayList<>();
    if (!selector.leavesSpare()) {
      declineSlowing(onOffer, analysis, costs, declined);
    }
    Selection selection;
    List<Pick> picks;
    while (true) {
      Matrix matrix = matrix(analysis, onOffer, costs, writes);
      selection = selector.select(matrix);
      picks = picks(analysis, matrix, selector, selection);
      List<Declined> idle = selector.leavesSpare() ? List.of() : idle(analysis, costs, picks);
      if (idle.isEmpty()) {
        break;
      }
      declined.addAll(idle);
      onOffer.removeIf(each -> idle.stream().anyMatch(one -> one.index().equals(each.id())));
    }
    declined.addAll(selection.declined());
    return new TableSelection(
        chosen(analysis, picks, writes),
        outcomes(analysis, selection, byServed, declined, costs),
        declined,
        choice.preset(analysis),
        selection.value());
  }

  private Map<String, ScanOutcome> outcomes(
      TableAnalysis analysis,
      Selection selection,
      Map<Boolean, List<Candidate>> byServed,
      List<Declined> declined,
      Costs costs) {
    Set<String> served = Set.copyOf(selection.alreadyServed());
    Set<String> unserved = Set.copyOf(selection.unserved());
    return outcomes(
        analysis,
        scan ->
            served.contains(scan.id())
                ? ScanOutcome.ALREADY_INDEXED
                : unserved.contains(scan.id())
                    ? unserved(scan, analysis, byServed, declined, costs)
                    : ScanOutcome.COVERED);
  }

  /** Takes away what would make a statement dearer than is allowed. */
  private void declineSlowing(
      List<Candidate> onOffer, TableAnalysis analysis, Costs costs, List<Declined> declined) {
    Map<String, Double> slowed = new HashMap<>();
    for (StatementCost cost : analysis.statementCosts()) {
      AnalysedStatement statement = costs.statement(cost.fingerprint()).orElse(null);
      if (statement != null
          && cost.cost() > (1 + thresholds.maxSlowdown()) * statement.baselineCost()) {
        double perMinute = statement.callsPerMinute() * (cost.cost() - statement.baselineCost());
        slowed.merge(cost.index(), perMinute, Double::sum);
      }
    }
    onOffer.removeIf(candidate -> slowed.containsKey(candidate.id()));
    analysis.candidates().stream()
        .map(Candidate::id)
        .filter(slowed::containsKey)
        .distinct()
        .forEach(
            id ->
                declined.add(
                    new Declined(
                        id, Declined.Why.SLOWS_A_STATEMENT, 0, slowed.getOrDefault(id, 0.0))));
  }

  private List<Declined> idle(TableAnalysis analysis, Costs costs, List<Pick> picks) {
    List<String> indexes = picks.stream().map(Pick::index).toList();
    return new Confirmation(analysis, costs, LEAST_SHARE).of(indexes).declined();
  }

  /**
   * Bytes that one row adds to the index, over the rows that have an entry, per byte of the row.
   */
  static double writeOverhead(Candidate candidate, TableFacts facts) {
    return candidate.entryBytes()
        / Math.max(facts.rowBytes(), LEAST_ROW_BYTES)
        * candidate.partialSelectivity();
  }

  private static List<Pick> picks(
      TableAnalysis analysis, Matrix matrix, Selector selector, Selection selection) {
    if (!selector.leavesSpare()) {
      return selection.picks();
    }
    Map<String, IndexDefinition> definitions =
        byId(analysis).values().stream().collect(toMap(Candidate::id, Candidate::definition));
    return new Consolidation(matrix, definitions).consolidate(selection.picks());
  }

  private static List<ChosenIndex> chosen(
      TableAnalysis analysis, List<Pick> picks, TableWrites writes) {
    Map<String, Candidate> byId = byId(analysis);
    return picks.stream()
        .flatMap(
            pick ->
                Stream.ofNullable(byId.get(pick.index()))
                    .map(
                        found ->
                            new ChosenIndex(
                                found,
                                pick.writeOverhead(),
                                WriteSide.of(found, writes),
                                pick.scans())))
        .toList();
  }

  private static Map<String, Candidate> byId(TableAnalysis analysis) {
    Map<String, Candidate> byId = new HashMap<>();
    analysis.candidates().forEach(candidate -> byId.putIfAbsent(candidate.id(), candidate));
    return byId;
  }

  private Matrix matrix(
      TableAnalysis analysis, List<Candidate> onOffer, Costs costs, TableWrites writes) {
    Map<String, Double> calls = callsPerMinute(analysis);
    Map<String, Double> risks = risks(analysis, costs);
    return new Matrix(
        distinct(analysis.scans()).stream().map(scan -> row(scan, calls)).toList(),
        onOffer.stream().map(c -> offer(c, onOffer, analysis, writes, risks)).distinct().toList(),
        distinct(analysis.scans()).stream()
            .flatMap(scan -> onOffer.stream().flatMap(index -> cell(scan, index, costs)))
            .toList(),
        writes.hotUpdates());
  }

  private static Collection<Scan> distinct(List<Scan> scans) {
    Map<String, Scan> byId = new LinkedHashMap<>();
    scans.forEach(scan -> byId.putIfAbsent(scan.id(), scan));
    return byId.values();
  }

  private static Map<String, Double> callsPerMinute(TableAnalysis analysis) {
    Map<String, Double> calls = new HashMap<>();
    analysis.statements().forEach(each -> calls.put(each.fingerprint(), each.callsPerMinute()));
    return calls;
  }

  /** A scan's cost is that of all its loops in one call, so it is paid as often as it is called. */
  private static Row row(Scan scan, Map<String, Double> calls) {
    double perMinute =
        scan.statements().stream().mapToDouble(each -> calls.getOrDefault(each, 0.0)).sum();
    return new Row(scan.id(), perMinute, scan.baselineCost(), scan.indexUsed() != null);
  }

  private Offer offer(
      Candidate candidate,
      List<Candidate> onOffer,
      TableAnalysis analysis,
      TableWrites writes,
      Map<String, Double> risks) {
    WriteSide side = WriteSide.of(candidate, writes);
    return new Offer(
        candidate.id(),
        writeOverhead(candidate, analysis.facts()),
        candidate.sizeBytes(),
        side.entriesPerMinute() * side.bytesPerEntry(),
        Set.copyOf(side.endsHotOf()),
        onOffer.stream()
            .filter(other -> !other.id().equals(candidate.id()))
            .filter(other -> isNeedlessBeside(candidate, other))
            .map(Candidate::id)
            .collect(toSet()),
        risks.getOrDefault(candidate.id(), 0.0));
  }

  /** By index: what the statements may cost more a minute that would use it only from the cache. */
  private Map<String, Double> risks(TableAnalysis analysis, Costs costs) {
    Map<String, Double> risks = new HashMap<>();
    for (StatementCost cost : analysis.statementCosts()) {
      if (cost.needsCache()) {
        double today =
            costs
                .statement(cost.fingerprint())
                .map(each -> each.callsPerMinute() * each.baselineCost())
                .orElse(0.0);
        risks.merge(cost.index(), thresholds.cacheRisk() * today, Double::sum);
      }
    }
    return risks;
  }

  private static boolean isNeedlessBeside(Candidate one, Candidate other) {
    return Definitions.sameKeys(one.definition(), other.definition())
        || Definitions.leads(one.definition(), other.definition())
        || Definitions.leads(other.definition(), one.definition());
  }

  private Stream<Cell> cell(Scan scan, Candidate index, Costs costs) {
    return costs
        .scan(scan.id(), index.id())
        .filter(cost -> isWorthwhile(scan, cost, costs))
        .map(cost -> new Cell(scan.id(), index.id(), scan.baselineCost() - cost.cost()))
        .stream();
  }

  /**
   * A cheap scan inside a dear statement is not worth an index, so a whole statement must gain too.
   */
  private boolean isWorthwhile(Scan scan, ScanCost cost, Costs costs) {
    double improvement = Costs.share(scan.baselineCost(), cost.cost());
    return improvement > 0
        && improvement >= thresholds.minImprovement()
        && scan.statements().stream()
            .anyMatch(
                statement ->
                    costs.statementImprovement(statement, cost.index())
                        >= thresholds.minStatementImprovement());
  }

  private static boolean isServed(Candidate candidate, TableAnalysis analysis) {
    return analysis.existingIndexes().stream()
        .filter(existing -> existing.valid())
        .anyMatch(
            existing -> Definitions.servesInPlaceOf(existing.definition(), candidate.definition()));
  }

  private ScanOutcome unserved(
      Scan scan,
      TableAnalysis analysis,
      Map<Boolean, List<Candidate>> byServed,
      List<Declined> declined,
      Costs costs) {
    if (candidates(byServed, false).stream()
        .filter(each -> declined.stream().anyMatch(one -> one.index().equals(each.id())))
        .anyMatch(candidate -> cell(scan, candidate, costs).findAny().isPresent())) {
      return ScanOutcome.DECLINED;
    }
    if (candidates(byServed, true).stream()
        .anyMatch(candidate -> cell(scan, candidate, costs).findAny().isPresent())) {
      return ScanOutcome.ALREADY_INDEXED;
    }
    if (candidates(byServed, false).stream().anyMatch(c -> concerns(c, scan, costs))) {
      return ScanOutcome.IMPROVEMENT_TOO_SMALL;
    }
    // nothing is proposed that an index would repeat, whether the planner likes that index or not
    return analysis.existingIndexes().stream()
            .anyMatch(index -> index.valid() && asksFor(index.definition(), scan))
        ? ScanOutcome.ALREADY_INDEXED
        : ScanOutcome.NO_INDEXABLE_CLAUSE;
  }

  private static List<Candidate> candidates(
      Map<Boolean, List<Candidate>> byServed, boolean served) {
    return byServed.getOrDefault(served, List.of());
  }

  /** Whether the candidate was tried for the scan with any hope: a cell, or a clause on its key. */
  private static boolean concerns(Candidate candidate, Scan scan, Costs costs) {
    return costs.scan(scan.id(), candidate.id()).isPresent()
        || asksFor(candidate.definition(), scan);
  }

  /** Whether the leading key of the index stands in a clause of the scan. */
  private static boolean asksFor(IndexDefinition index, Scan scan) {
    String leadingKey = index.elements().get(0).expression();
    return Stream.of(scan.whereClauses(), scan.joinClauses(), scan.orderBy())
        .flatMap(List::stream)
        .anyMatch(clause -> Words.contains(clause, leadingKey));
  }

  private static Map<String, ScanOutcome> outcomes(
      TableAnalysis analysis, Function<Scan, ScanOutcome> outcome) {
    return analysis.scans().stream().collect(toMap(Scan::id, outcome, (first, again) -> first));
  }
}
