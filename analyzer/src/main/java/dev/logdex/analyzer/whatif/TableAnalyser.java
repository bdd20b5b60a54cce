package dev.logdex.analyzer.whatif;

import static java.util.Comparator.comparing;

import dev.logdex.analyzer.candidate.Candidates;
import dev.logdex.analyzer.catalog.RelationName;
import dev.logdex.analyzer.catalog.Table;
import dev.logdex.analyzer.catalog.Types;
import dev.logdex.analyzer.event.Candidate;
import dev.logdex.analyzer.event.ColumnUpdates;
import dev.logdex.analyzer.event.ExistingIndex;
import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.Judgement;
import dev.logdex.analyzer.event.Scan;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.analyzer.event.TableName;
import dev.logdex.analyzer.event.WriteRates;
import dev.logdex.analyzer.scan.TableScan;
import dev.logdex.analyzer.whatif.WhatIf.Question;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds out everything about one table that selection needs to know. */
final class TableAnalyser {
  private final String database;
  private final Instant analysedTo;
  private final Types types;
  private final WhatIf whatIf;
  private final Ways ways;
  private final DatabaseAnalyser.Limits limits;
  private final Workers workers;
  private final Optional<ExistingCells> existing;

  TableAnalyser(
      String database,
      Instant analysedTo,
      Types types,
      WhatIf whatIf,
      Ways ways,
      DatabaseAnalyser.Limits limits,
      Workers workers,
      Optional<ExistingCells> existing) {
    this.database = database;
    this.analysedTo = analysedTo;
    this.types = types;
    this.whatIf = whatIf;
    this.ways = ways;
    this.limits = limits;
    this.workers = workers;
    this.existing = existing;
  }

  /**
   * Analyses a table.
   *
   * @param statements those of the workload that read the table or write to it
   */
  TableAnalysis analyse(Table table, List<PlannedStatement> statements) {
    RelationName name = table.name();
    List<PlannedStatement> readers =
        statements.stream().filter(statement -> statement.reads(name)).toList();
    List<ScanRow> rows = ScanRows.of(name, readers);
    WriteRates writes = Writes.to(name, statements);
    Set<String> updated =
        writes.columns().stream().map(ColumnUpdates::column).collect(Collectors.toSet());
    Candidates rules = new Candidates(table, types, updated);
    List<Candidate> proposed =
        table.rows() < limits.smallTableRows()
            ? List.of()
            : rules.propose(scans(rows), limits.mostCandidates());
    Matrix matrix =
        new Matrix(rows, Negligible.among(rows, rules, limits.mostCandidates()), whatIf);
    fillExisting(table, rules, matrix);
    List<Candidate> candidates =
        new ArrayList<>(workers.map(proposed, each -> judged(each, table, rules, matrix)));
    List<Candidate> merged = merged(proposed, matrix.used(), rules);
    candidates.addAll(workers.map(merged, each -> judged(each, table, rules, matrix)));
    return new TableAnalysis(
        TableAnalysis.VERSION,
        new TableName(database, name.schema(), name.name()),
        analysedTo,
        TableFactsReader.facts(table, types),
        writes,
        readers.stream().map(StatementEvents::of).toList(),
        rows.stream().map(row -> row.event(table)).sorted(comparing(Scan::id)).toList(),
        candidates.stream().sorted(comparing(Candidate::id)).toList(),
        table.indexes(),
        matrix.cells(),
        matrix.statementCosts(),
        matrix.outlines(),
        Observations.of(table, readers, analysedTo));
  }

  /** What can be made of those that the planner uses, as far as it has not been asked about yet. */
  private List<Candidate> merged(List<Candidate> proposed, Set<String> used, Candidates rules) {
    Set<String> asked = proposed.stream().map(Candidate::id).collect(Collectors.toSet());
    List<Candidate> useful = proposed.stream().filter(each -> used.contains(each.id())).toList();
    return rules.merged(useful, limits.mostCandidates() - proposed.size()).stream()
        .filter(each -> !asked.contains(each.id()))
        .toList();
  }

  /** Partitions have indexes of their own, whose names are not the parent's. */
  private void fillExisting(Table table, Candidates rules, Matrix matrix) {
    boolean small = table.rows() < limits.smallTableRows();
    if (existing.isEmpty() || small || table.partitions() > 1) {
      matrix.fillExisting();
      return;
    }
    List<ExistingIndex> valid = table.indexes().stream().filter(ExistingIndex::valid).toList();
    workers.map(
        valid,
        index -> {
          Set<String> columns = rules.relevantColumns(index.definition());
          matrix.fillExisting(table, index, columns, existing.get());
          return index;
        });
  }

  /** Those of one row differ in constants that may stand in an index. */
  private static List<TableScan> scans(List<ScanRow> rows) {
    return rows.stream()
        .flatMap(row -> row.performers().stream().map(ScanRow.Performance::scan))
        .toList();
  }

  /** Asks about a candidate, as far as that is possible, and says in it how. */
  private Candidate judged(Candidate candidate, Table table, Candidates rules, Matrix matrix) {
    Judgement judgement = ways.of(table, candidate.definition());
    return judgement.way() == Judgement.Way.BUILT
        ? built(candidate, table, rules, matrix)
        : hypothetical(candidate, judgement, table, rules, matrix);
  }

  private Candidate built(Candidate candidate, Table table, Candidates rules, Matrix matrix) {
    Question question = question(table, rules, candidate.definition(), true);
    matrix.fill(candidate, question);
    Optional<BuildOutcome> outcome = whatIf.outcome(question);
    Optional<String> refusal = outcome.map(BuildOutcome::refusal);
    if (refusal.isPresent()) {
      Judgement judgement = ways.withoutBuild(table, candidate.definition(), refusal.get());
      return hypothetical(candidate, judgement, table, rules, matrix);
    }
    return outcome.map(each -> candidate.measured(each.sizeBytes())).orElse(candidate);
  }

  private Candidate hypothetical(
      Candidate candidate, Judgement judgement, Table table, Candidates rules, Matrix matrix) {
    if (judgement.way() != Judgement.Way.HYPOTHETICAL) {
      return candidate.judged(judgement);
    }
    Question question = question(table, rules, candidate.definition(), false);
    matrix.fill(candidate, question);
    return whatIf
        .outcome(question)
        .map(BuildOutcome::refusal)
        .map(refusal -> candidate.judged(Judgement.notJudged(refusal)))
        .orElseGet(() -> candidate.judged(judgement));
  }

  private static Question question(
      Table table, Candidates rules, IndexDefinition definition, boolean build) {
    return new Question(
        table, definition, rules.relevantColumns(definition), rules.shape(definition), build);
  }
}
