package dev.logdex.analyzer.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * Everything that selection needs to know about one table, and a person can read.
 *
 * @param version of this record's form; 1
 * @param analysedTo end of the newest window that went in: event time
 * @param costs the scan × index matrix
 * @param statementCosts whole statements under each candidate alone
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
    List<StatementCost> statementCosts)
    implements Analysis {
  public static final int VERSION = 1;

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
  }

  @Override
  public String key() {
    return table.database() + "/" + table.qualified();
  }
}
