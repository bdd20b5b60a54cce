package dev.logdex.analyzer.postgres;

import dev.logdex.analyzer.catalog.Table;
import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.sql.StatementSplitter;
import java.util.Optional;

/**
 * The texts that build something for the length of a transaction. They are made of definitions of
 * Logdex's own, in which there may be constants that a log has shown, so each is checked to hold
 * exactly one statement.
 */
final class BuildText {
  /** What everything is called that is built to be rolled back. */
  static final String PREFIX = "logdex_tmp_";

  private BuildText() {}

  /** Empty when the definition could be more than one statement to some lexer. */
  static Optional<String> createIndex(String name, Table table, IndexDefinition definition) {
    return single("CREATE INDEX " + name + " ON " + table.quoted() + " " + definition.sql());
  }

  /** Statistics of an expression; from Postgres 14. Empty as for {@link #createIndex}. */
  static Optional<String> createStatistics(String name, Table table, String expression) {
    return single(
        "CREATE STATISTICS "
            + schema(table)
            + "."
            + name
            + " ON "
            + parenthesised(expression)
            + " FROM "
            + table.quoted());
  }

  /** Of one column and all statistics of expressions, or of everything. */
  static Optional<String> analyze(Table table, boolean everything) {
    String columns =
        everything || table.columns().isEmpty() ? "" : " (" + table.columns().get(0).quoted() + ")";
    return single("ANALYZE " + table.quoted() + columns);
  }

  private static String parenthesised(String expression) {
    return expression.startsWith("(") ? expression : "(" + expression + ")";
  }

  /** The table's schema as SQL wants it: what stands before the last dot outside quotes. */
  private static String schema(Table table) {
    String quoted = table.quoted();
    boolean inQuotes = false;
    for (int i = 0; i < quoted.length(); i++) {
      inQuotes ^= quoted.charAt(i) == '"';
      if (quoted.charAt(i) == '.' && !inQuotes) {
        return quoted.substring(0, i);
      }
    }
    throw new IllegalArgumentException("no schema in " + quoted);
  }

  private static Optional<String> single(String text) {
    boolean one = StatementSplitter.split(text).size() == 1;
    return one && text.indexOf(';') < 0 && text.indexOf('\0') < 0
        ? Optional.of(text)
        : Optional.empty();
  }
}
