package dev.logdex.analyzer.event;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Instant;
import java.util.List;

/**
 * Everything that selection needs to know about one table, and a person can read.
 *
 * @param version of this record's form; 2. Form 1 knew less of tables, writes, scans and
 *     statements, and had neither outlines nor observations
 * @param analysedTo end of the newest window that went in: event time
 * @param costs the scan × index matrix
 * @param statementCosts whole statements under each candidate alone
 * @param outlines plans of today, and with the candidates that help a statement most
 * @param observations what calls for other advice than an index
 */
public record TableAnalysis(
    int version,
    TableName table,
    Instant analysedTo,
    TableFacts facts,
    WriteRates writes,
    List<AnalysedStatement> statements,
    List<Scan> scans,
    List<Candidate> candidates,
    List<ExistingIndex> existingIndexes,
    List<ScanCost> costs,
    List<StatementCost> statementCosts,
    List<PlanOutline> outlines,
    List<Observation> observations)
    implements Analysis {
  public static final int VERSION = 2;

  @JsonCreator
  public TableAnalysis {
    requireNonNull(table, "table");
    requireNonNull(analysedTo, "analysedTo");
    requireNonNull(facts, "facts");
    requireNonNull(writes, "writes");
    statements = List.copyOf(statements);
    scans = List.copyOf(scans);
    candidates = List.copyOf(candidates);
    existingIndexes = List.copyOf(existingIndexes);
    costs = List.copyOf(costs);
    statementCosts = List.copyOf(statementCosts);
    outlines = List.copyOf(requireNonNullElse(outlines, List.of())); // version 1 has none
    observations = List.copyOf(requireNonNullElse(observations, List.of()));
  }

  /** An analysis without outlines and observations. */
  public TableAnalysis(
      int version,
      TableName table,
      Instant analysedTo,
      TableFacts facts,
      WriteRates writes,
      List<AnalysedStatement> statements,
      List<Scan> scans,
      List<Candidate> candidates,
      List<ExistingIndex> existingIndexes,
      List<ScanCost> costs,
      List<StatementCost> statementCosts) {
    this(
        version,
        table,
        analysedTo,
        facts,
        writes,
        statements,
        scans,
        candidates,
        existingIndexes,
        costs,
        statementCosts,
        List.of(),
        List.of());
  }

  @Override
  public String key() {
    return table.database() + "/" + table.qualified();
  }

  /** The same as of another time. */
  public TableAnalysis at(Instant time) {
    return copy(time, statements, costs, statementCosts, outlines);
  }

  /** The same with other statements. */
  public TableAnalysis withStatements(List<AnalysedStatement> others) {
    return copy(analysedTo, others, costs, statementCosts, outlines);
  }

  /** The same with another matrix. */
  public TableAnalysis withCosts(List<ScanCost> cells, List<StatementCost> ofStatements) {
    return copy(analysedTo, statements, cells, ofStatements, outlines);
  }

  /** The same with other outlines. */
  public TableAnalysis withOutlines(List<PlanOutline> others) {
    return copy(analysedTo, statements, costs, statementCosts, others);
  }

  private TableAnalysis copy(
      Instant time,
      List<AnalysedStatement> ofStatements,
      List<ScanCost> cells,
      List<StatementCost> costsOfStatements,
      List<PlanOutline> plans) {
    return new TableAnalysis(
        version,
        table,
        time,
        facts,
        writes,
        ofStatements,
        scans,
        candidates,
        existingIndexes,
        cells,
        costsOfStatements,
        plans,
        observations);
  }
}
