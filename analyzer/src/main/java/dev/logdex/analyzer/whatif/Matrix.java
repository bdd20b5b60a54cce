package dev.logdex.analyzer.whatif;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

import dev.logdex.analyzer.event.Candidate;
import dev.logdex.analyzer.event.ScanCost;
import dev.logdex.analyzer.event.StatementCost;
import dev.logdex.analyzer.whatif.ScanRow.Performance;
import dev.logdex.analyzer.whatif.WhatIf.Question;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Fills the scan × index matrix of one table: one column for each candidate, one question to the
 * planner for each query that could use it. One index is offered at a time, since the planner takes
 * any of several equal ones. Columns may be filled by several threads at once.
 */
final class Matrix {
  private final List<ScanRow> rows;
  private final WhatIf whatIf;
  private final List<ScanCost> cells = Collections.synchronizedList(new ArrayList<>());
  private final List<StatementCost> statementCosts =
      Collections.synchronizedList(new ArrayList<>());

  Matrix(List<ScanRow> rows, WhatIf whatIf) {
    this.rows = List.copyOf(rows);
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

  /** A column of the matrix. */
  void fill(Candidate candidate, Question question) {
    List<PlannedPart> parts =
        rows.stream()
            .flatMap(row -> row.performers().stream())
            .filter(performance -> concerns(question.columns(), performance))
            .map(Performance::part)
            .toList();
    List<PlannedPart> distinct = distinct(parts);
    if (distinct.isEmpty()) {
      return;
    }
    Column column = new Column(whatIf.ask(question, distinct));
    for (ScanRow row : rows) {
      cell(candidate, row, column);
    }
    statements(candidate, column);
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

  /** What the planner answered about one candidate. */
  private record Column(IdentityHashMap<PlannedSample, StatementCosts> answers) {
    @Nullable StatementCosts of(PlannedSample sample) {
      return answers.get(sample);
    }
  }

  /** One performer's scan under the candidate. */
  private record Outcome(double cost, boolean uses, boolean abortsEarly) {}

  private void cell(Candidate candidate, ScanRow row, Column column) {
    IdentityHashMap<Performance, Outcome> outcomes = new IdentityHashMap<>();
    row.performers().forEach(each -> outcomes.put(each, outcome(each, column)));
    if (outcomes.values().stream().noneMatch(Outcome::uses)) {
      return;
    }
    double cost = row.mean(each -> requireNonNull(outcomes.get(each)).cost);
    boolean abortsEarly = outcomes.values().stream().anyMatch(Outcome::abortsEarly);
    cells.add(new ScanCost(row.id(), candidate.id(), Figures.cost(cost), abortsEarly));
  }

  private static Outcome outcome(Performance performance, Column column) {
    double cost = 0;
    boolean uses = false;
    boolean abortsEarly = false;
    for (PlannedSample sample : performance.part().samples()) {
      List<SourceCost> before = at(performance, sample.today());
      StatementCosts answer = column.of(sample);
      List<SourceCost> after = answer == null ? List.of() : at(performance, answer);
      if (answer == null || !Sources.useCandidate(after)) {
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

  private void statements(Candidate candidate, Column column) {
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
            statementCosts.add(new StatementCost(fingerprint, candidate.id(), Figures.cost(cost)));
          }
        });
  }

  private static boolean uses(PlannedStatement statement, Column column) {
    return statement.parts().stream()
        .flatMap(part -> part.samples().stream())
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
