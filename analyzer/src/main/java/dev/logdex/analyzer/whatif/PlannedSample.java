package dev.logdex.analyzer.whatif;

import static java.util.Objects.requireNonNull;

import dev.logdex.sql.PlannableStatement;

/**
 * One form of a query.
 *
 * @param statement private data
 * @param weight share of the query's calls that it stands for
 * @param today what it costs as the database is
 */
public record PlannedSample(PlannableStatement statement, double weight, StatementCosts today) {
  public PlannedSample {
    requireNonNull(statement, "statement");
    requireNonNull(today, "today");
  }
}
