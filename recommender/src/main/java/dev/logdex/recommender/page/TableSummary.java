package dev.logdex.recommender.page;

import static java.util.Objects.requireNonNull;

import dev.logdex.analyzer.event.Scan;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.analyzer.event.TableName;
import dev.logdex.analyzer.event.WriteRates;
import java.time.Instant;

/**
 * The few figures of a table that lists show, small enough to be kept for all tables.
 *
 * @param analysedTo end of the newest minute of the log that the analysis has
 * @param rows estimated
 * @param sizeBytes of the table without its indexes
 * @param writesPerMinute statements that write it
 */
public record TableSummary(
    TableName table,
    Instant analysedTo,
    long rows,
    long sizeBytes,
    double scansPerMinute,
    double writesPerMinute) {
  public TableSummary {
    requireNonNull(table, "table");
    requireNonNull(analysedTo, "analysedTo");
  }

  public static TableSummary of(TableAnalysis analysis) {
    return new TableSummary(
        analysis.table(),
        analysis.analysedTo(),
        analysis.facts().rows(),
        analysis.facts().sizeBytes(),
        analysis.scans().stream().mapToDouble(Scan::scansPerMinute).sum(),
        perMinute(analysis.writes()));
  }

  private static double perMinute(WriteRates writes) {
    return writes.insertsPerMinute()
        + writes.updatesPerMinute()
        + writes.deletesPerMinute()
        + writes.mergesPerMinute()
        + writes.copiesPerMinute();
  }
}
