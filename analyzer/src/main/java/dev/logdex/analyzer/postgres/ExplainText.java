package dev.logdex.analyzer.postgres;

import static java.util.stream.Collectors.joining;

import dev.logdex.sql.PlannableStatement;
import java.util.stream.Stream;

/**
 * The only texts with something of a log in them that are ever sent. Each of them plans and none
 * runs anything: EXPLAIN without ANALYZE, or PREPARE and EXPLAIN of what was prepared.
 */
final class ExplainText {
  static final String PREPARED_NAME = "logdex_generic";

  /** Undoes what a statement's own search path has changed in a transaction. */
  static final String OWN_SEARCH_PATH = "SET LOCAL search_path TO DEFAULT";

  /** Undoes what planning a statement as if nothing were cached has changed. */
  static final String OWN_CACHE = "SET LOCAL effective_cache_size TO DEFAULT";

  private static final String EXPLAIN = "EXPLAIN (VERBOSE, COSTS, SUMMARY, FORMAT JSON) ";
  private static final String PREPARE = "PREPARE " + PREPARED_NAME + " AS ";

  private ExplainText() {}

  static String explain(PlannableStatement statement) {
    return checked(EXPLAIN + statement.sql());
  }

  static String prepare(PlannableStatement statement) {
    return checked(PREPARE + statement.sql());
  }

  /** Plans the prepared statement; the values do not matter for a generic plan. */
  static String explainPrepared(int parameters) {
    String nulls = Stream.generate(() -> "NULL").limit(parameters).collect(joining(", "));
    return checked(
        EXPLAIN + "EXECUTE " + PREPARED_NAME + (parameters == 0 ? "" : "(" + nulls + ")"));
  }

  static String deallocate() {
    return "DEALLOCATE " + PREPARED_NAME;
  }

  /**
   * Asserts once more what {@link PlannableStatement} promises: without a semicolon there is no
   * second statement, for the driver as well as for the server.
   */
  private static String checked(String text) {
    boolean ours = text.startsWith(EXPLAIN) || text.startsWith(PREPARE);
    if (!ours || text.indexOf(';') >= 0 || text.indexOf('\0') >= 0) {
      throw new IllegalStateException("a text that is no single EXPLAIN must not be sent");
    }
    return text;
  }
}
