package dev.logdex.analyzer.whatif;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;

import dev.logdex.analyzer.catalog.Table;
import dev.logdex.analyzer.event.Candidate;
import dev.logdex.analyzer.event.ExistingIndex;
import dev.logdex.analyzer.event.PlanOutline;
import dev.logdex.analyzer.event.ScanCost;
import dev.logdex.analyzer.event.StatementCost;
import dev.logdex.analyzer.whatif.ScanRow.Performance;
import dev.logdex.analyzer.whatif.WhatIf.Question;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Fills the scan × index matrix of one table: one column for each candidate, one question to the
 * planner for each query that could use it. One index is offered at a time, since the planner takes
 * any of several equal ones. Columns may be filled by several threads at once.
 */
final class Matrix {
  /** The share of its cost that a statement may still have for the index to be of any help. */
  private static final double HELPED = 0.9;

  /** The share of its cost that a query may still have for the index to save it much. */
  private static final double SAVED_BY_MUCH = 0.1;

  /** Of a statement, beside that of today. */
  private static final int MOST_OUTLINES = 3;

  private final List<ScanRow> rows;
  private final Negligible negligible;
  private final WhatIf whatIf;
  private final List<ScanCost> cells = Collections.synchronizedList(new ArrayList<>());
  private final List<StatementCost> statementCosts =
      Collections.synchronizedList(new ArrayList<>());
  private final List<PlanOutline> outlines = Collections.synchronizedList(new ArrayList<>());

  Matrix(List<ScanRow> rows, Negligible negligible, WhatIf whatIf) {
    this.rows = List.copyOf(rows);
    this.negligible = negligible;
    this.whatIf = whatIf;
  }

  /** A cell for every existing index that today's plans read. */
  void fillExisting() {
    for (ScanRow row : rows) {
      row.indexUsed()
          .ifPresent(
              index ->
                  cells.add(
                      new ScanCost(row.id(), index, Figures.cost(row.baselineCost()), false)));
    }
  }

  /**
   * The cells of an existing index as if it were alone, whether today's plans read it or not. What
   * today's plans read it for has a cell in any case.
   *
   * @param columns without which a query has no use for the index
   */
  void fillExisting(Table table, ExistingIndex index, Set<String> columns, ExistingCells existing) {
    List<PlannedPart> parts = distinct(parts(columns, index.name()));
    if (parts.isEmpty()) {
      return;
    }
    Column alone =
        table.indexes().size() == 1 ? null : new Column(existing.alone(table, index, parts), true);
    List<PlannedPart> users =
        parts.stream().filter(part -> readsToday(part, index.name())).toList();
    Column without = new Column(existing.without(table, index, users), true);
    for (ScanRow row : rows) {
      boolean usedToday = row.indexUsed().filter(index.name()::equals).isPresent();
      Optional<Cell> cell = alone == null ? Optional.empty() : cell(row, alone);
      if (cell.isPresent() || usedToday) {
        cells.add(
            new ScanCost(
                row.id(),
                index.name(),
                Figures.cost(cell.map(Cell::cost).orElseGet(row::baselineCost)),
                cell.filter(Cell::abortsEarly).isPresent(),
                usedToday ? Figures.cost(row.mean(each -> costWithout(each, without))) : null));
      }
    }
  }

  private List<PlannedPart> parts(Set<String> columns, String index) {
    return rows.stream()
        .flatMap(row -> row.performers().stream())
        .filter(each -> concerns(columns, each) || each.indexes().containsKey(index))
        .map(Performance::part)
        .toList();
  }

  private static boolean readsToday(PlannedPart part, String index) {
    return part.samples().stream()
        .flatMap(sample -> sample.today().sources().stream())
        .anyMatch(source -> source.indexes().contains(index));
  }

  /** Scans of statements that do not read the index cost what they do. */
  private static double costWithout(Performance performance, Column without) {
    double cost = 0;
    for (PlannedSample sample : performance.part().samples()) {
      StatementCosts answer = without.of(sample);
      cost +=
          sample.weight() * Sources.cost(at(performance, answer == null ? sample.today() : answer));
    }
    return cost;
  }

  /** A column of the matrix. */
  void fill(Candidate candidate, Question question) {
    List<PlannedPart> parts =
        rows.stream()
            .flatMap(row -> row.performers().stream())
            .filter(performance -> concerns(question.columns(), performance))
            .filter(each -> negligible.isAsked(each.statement(), question.definition()))
            .map(Performance::part)
            .toList();
    List<PlannedPart> distinct = distinct(parts);
    if (distinct.isEmpty()) {
      return;
    }
    Column column = new Column(whatIf.ask(question, distinct), false);
    for (ScanRow row : rows) {
      cell(row, column)
          .ifPresent(
              cell ->
                  cells.add(
                      new ScanCost(
                          row.id(), candidate.id(), Figures.cost(cell.cost), cell.abortsEarly)));
    }
    statements(
        candidate,
        column,
        secondOpinion(question, distinct, column),
        restingOnCache(question, distinct, column));
  }

  /**
   * The first samples of queries that would use the index only as long as most pages are cached.
   * Where the index saves much, few pages are read, and caching them or not decides nothing.
   */
  private Set<PlannedSample> restingOnCache(
      Question question, List<PlannedPart> parts, Column column) {
    IdentityHashMap<PlannedSample, PlannedPart> uncached = new IdentityHashMap<>();
    parts.stream()
        .filter(part -> part.samples().stream().limit(1).anyMatch(each -> maySlow(each, column)))
        .forEach(part -> uncached.put(part.samples().get(0), part.uncached()));
    Set<PlannedSample> resting = Collections.newSetFromMap(new IdentityHashMap<>());
    if (!uncached.isEmpty()) {
      Column answers = new Column(whatIf.ask(question, List.copyOf(uncached.values())), false);
      uncached.forEach(
          (sample, part) -> {
            if (answers.of(part.samples().get(0)) != null && !uses(part, answers)) {
              resting.add(sample);
            }
          });
    }
    return resting;
  }

  /** Whether the sample uses the index and keeps so much of its cost that it reads much with it. */
  private static boolean maySlow(PlannedSample sample, Column column) {
    StatementCosts answer = column.of(sample);
    return answer != null
        && Sources.useCandidate(answer.sources())
        && answer.total() > SAVED_BY_MUCH * sample.today().total();
  }

  /** Generic plans of the queries that use the index with real parameters. */
  private Column secondOpinion(Question question, List<PlannedPart> parts, Column column) {
    List<PlannedPart> generic =
        parts.stream()
            .filter(part -> part.generic() != null && uses(part, column))
            .map(PlannedPart::asGeneric)
            .toList();
    return new Column(
        generic.isEmpty() ? new IdentityHashMap<>() : whatIf.ask(question, generic), false);
  }

  private static List<PlannedPart> distinct(List<PlannedPart> parts) {
    IdentityHashMap<PlannedPart, PlannedPart> seen = new IdentityHashMap<>();
    return parts.stream().filter(part -> seen.put(part, part) == null).toList();
  }

  /** An index helps where one of its first columns is part of a condition or of the order. */
  private static boolean concerns(Set<String> columns, Performance performance) {
    return Stream.of(
            Stream.concat(performance.scan().where().stream(), performance.scan().joins().stream())
                .flatMap(clause -> clause.columns().stream()),
            performance.scan().order().stream().flatMap(key -> key.operand().columns().stream()))
        .flatMap(each -> each)
        .anyMatch(columns::contains);
  }

  /**
   * What the planner answered about one index.
   *
   * @param othersHidden whether indexes that are there today were out of its sight, so that no cost
   *     of today says anything
   */
  private record Column(
      IdentityHashMap<PlannedSample, StatementCosts> answers, boolean othersHidden) {
    @Nullable StatementCosts of(PlannedSample sample) {
      return answers.get(sample);
    }
  }

  /** One performer's scan under the candidate. */
  private record Outcome(double cost, boolean uses, boolean abortsEarly) {}

  /** A row's entry in a column. */
  private record Cell(double cost, boolean abortsEarly) {}

  private static Optional<Cell> cell(ScanRow row, Column column) {
    IdentityHashMap<Performance, Outcome> outcomes = new IdentityHashMap<>();
    row.performers().forEach(each -> outcomes.put(each, outcome(each, column)));
    if (outcomes.values().stream().noneMatch(Outcome::uses)) {
      return Optional.empty();
    }
    double cost = row.mean(each -> requireNonNull(outcomes.get(each)).cost);
    boolean abortsEarly = outcomes.values().stream().anyMatch(Outcome::abortsEarly);
    return Optional.of(new Cell(cost, abortsEarly));
  }

  private static Outcome outcome(Performance performance, Column column) {
    double cost = 0;
    boolean uses = false;
    boolean abortsEarly = false;
    for (PlannedSample sample : performance.part().samples()) {
      List<SourceCost> before = at(performance, sample.today());
      StatementCosts answer = column.of(sample);
      List<SourceCost> after = answer == null ? List.of() : at(performance, answer);
      boolean used = answer != null && Sources.useCandidate(after);
      if (answer != null && column.othersHidden) {
        uses |= used;
        abortsEarly |= used && Sources.abortEarly(after);
        cost += sample.weight() * Sources.cost(after);
        continue;
      }
      if (answer == null || !used) {
        cost += sample.weight() * Sources.cost(before);
        continue;
      }
      uses = true;
      abortsEarly |= Sources.abortEarly(after);
      cost += sample.weight() * cost(before, after, sample.today().total() - answer.total());
    }
    return new Outcome(cost, uses, abortsEarly);
  }

  private static List<SourceCost> at(Performance performance, StatementCosts costs) {
    return Attribution.of(performance.part().scans(), costs.sources()).get(performance.position());
  }

  /** A scan may not gain more than the whole statement does: other nodes may cost more now. */
  private static double cost(
      List<SourceCost> before, List<SourceCost> after, double statementGain) {
    return Math.max(Sources.cost(after), Sources.cost(before) - statementGain);
  }

  private void statements(
      Candidate candidate, Column column, Column generic, Set<PlannedSample> resting) {
    Map<String, PlannedStatement> statements = new LinkedHashMap<>();
    rows.stream()
        .flatMap(row -> row.performers().stream())
        .map(Performance::statement)
        .sorted(comparing((PlannedStatement each) -> each.statement().fingerprint()))
        .forEach(each -> statements.put(each.statement().fingerprint().toString(), each));
    statements.forEach(
        (fingerprint, statement) -> {
          if (uses(statement, column)) {
            double cost = statement.parts().stream().mapToDouble(part -> cost(part, column)).sum();
            StatementCost told = opinions(statement, candidate, cost, generic);
            boolean rests =
                statement.parts().stream()
                    .anyMatch(part -> part.samples().stream().limit(1).anyMatch(resting::contains));
            statementCosts.add(rests ? told.restingOnCache() : told);
            outline(statement, column)
                .ifPresent(shape -> outlines.add(shape.event(fingerprint, candidate.id())));
          }
        });
  }

  /** The plan of a statement's most frequent sample under a candidate, where it helps. */
  private static Optional<Outline> outline(PlannedStatement statement, Column column) {
    return statement.parts().stream()
        .flatMap(part -> part.samples().stream().limit(1))
        .map(column::of)
        .flatMap(Stream::ofNullable)
        .flatMap(costs -> costs.shape().stream())
        .findFirst();
  }

  /** Plans of today, and under the few candidates that help each statement most. */
  List<PlanOutline> outlines() {
    Map<String, Double> costs = new HashMap<>();
    statementCosts.forEach(each -> costs.put(each.fingerprint() + " " + each.index(), each.cost()));
    Map<String, List<PlanOutline>> best =
        outlines.stream()
            .sorted(
                comparing((PlanOutline each) -> each.fingerprint())
                    .thenComparing(
                        each -> costs.getOrDefault(each.fingerprint() + " " + each.index(), 0.0))
                    .thenComparing(each -> requireNonNullElse(each.index(), "")))
            .collect(groupingBy(PlanOutline::fingerprint, TreeMap::new, toList()));
    Map<String, PlanOutline> today = new TreeMap<>();
    for (ScanRow row : rows) {
      for (Performance performance : row.performers()) {
        String fingerprint = performance.statement().statement().fingerprint().toString();
        performance
            .part()
            .outline()
            .ifPresent(shape -> today.putIfAbsent(fingerprint, shape.event(fingerprint, null)));
      }
    }
    List<PlanOutline> all = new ArrayList<>();
    today.forEach(
        (fingerprint, plan) -> {
          all.add(plan);
          best.getOrDefault(fingerprint, List.of()).stream().limit(MOST_OUTLINES).forEach(all::add);
        });
    return all;
  }

  /** The cost with real parameters beside that of the generic plan. */
  private static StatementCost opinions(
      PlannedStatement statement, Candidate candidate, double cost, Column generic) {
    String fingerprint = statement.statement().fingerprint().toString();
    double genericToday = statement.genericCost();
    if (Double.isNaN(genericToday)) {
      return new StatementCost(fingerprint, candidate.id(), Figures.cost(cost));
    }
    double genericCost =
        statement.parts().stream()
            .mapToDouble(
                part -> part.generic() == null ? part.cost() : cost(part.asGeneric(), generic))
            .sum();
    boolean differ = helps(cost, statement.cost()) != helps(genericCost, genericToday);
    return new StatementCost(
        fingerprint, candidate.id(), Figures.cost(cost), Figures.cost(genericCost), differ, null);
  }

  private static boolean helps(double cost, double today) {
    return cost <= today * HELPED;
  }

  private static boolean uses(PlannedStatement statement, Column column) {
    return statement.parts().stream().anyMatch(part -> uses(part, column));
  }

  private static boolean uses(PlannedPart part, Column column) {
    return part.samples().stream()
        .map(column::of)
        .anyMatch(answer -> answer != null && Sources.useCandidate(answer.sources()));
  }

  private static double cost(PlannedPart part, Column column) {
    double cost = 0;
    for (PlannedSample sample : part.samples()) {
      StatementCosts answer = column.of(sample);
      StatementCosts valid =
          answer != null && Sources.useCandidate(answer.sources()) ? answer : sample.today();
      cost += sample.weight() * valid.total();
    }
    return cost;
  }

  /** What has a cell: ids of candidates and names of indexes. */
  Set<String> used() {
    return cells.stream().map(ScanCost::index).collect(toSet());
  }

  /** The cells by scan and index. */
  List<ScanCost> cells() {
    return cells.stream().sorted(comparing(ScanCost::scan).thenComparing(ScanCost::index)).toList();
  }

  /** The costs of whole statements by fingerprint and index. */
  List<StatementCost> statementCosts() {
    return statementCosts.stream()
        .sorted(comparing(StatementCost::fingerprint).thenComparing(StatementCost::index))
        .toList();
  }
}
