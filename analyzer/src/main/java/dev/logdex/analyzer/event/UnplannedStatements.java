package dev.logdex.analyzer.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * The statements of a database that could not be planned or had nothing to plan, so that each can
 * be told why it got nothing.
 *
 * @param version of this record's form; 1
 * @param analysedTo end of the newest window that went in: event time
 * @param statements the most called ones, as many as fit
 * @param reported the dead letters that were written for statements of the look-back, each as
 *     {@code fingerprint REASON}; kept here so that a restart does not write them again
 */
public record UnplannedStatements(
    int version,
    String database,
    Instant analysedTo,
    List<UnplannedStatement> statements,
    List<String> reported)
    implements Analysis {
  public static final int VERSION = 1;

  public UnplannedStatements {
    requireNonNull(database, "database");
    requireNonNull(analysedTo, "analysedTo");
    statements = List.copyOf(statements);
    reported = List.copyOf(reported);
  }

  @Override
  public String key() {
    return database + "/";
  }
}
