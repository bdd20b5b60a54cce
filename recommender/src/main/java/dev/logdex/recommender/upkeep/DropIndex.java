package dev.logdex.recommender.upkeep;

import dev.logdex.analyzer.event.ExistingIndex;
import dev.logdex.recommender.event.Step;
import dev.logdex.recommender.recommendation.SqlIdentifier;

/** The statements that drop an index and bring it back. */
record DropIndex(TableCase table, ExistingIndex index) {
  private static final String CONCURRENT =
      "SHARE UPDATE EXCLUSIVE: reads and writes go on; it waits for transactions that may still use"
          + " the index";
  private static final String PARTITIONED =
      "ACCESS EXCLUSIVE on the table and all its partitions, for an instant: everything waits;"
          + " set lock_timeout";

  /** An index of a partitioned table cannot be dropped concurrently. */
  Step step() {
    String name = table.inSchema(index.name());
    return table.partitioned()
        ? new Step("DROP INDEX " + name, true, PARTITIONED)
        : new Step("DROP INDEX CONCURRENTLY " + name, false, CONCURRENT);
  }

  /** The catalog's own statement, made concurrent, or for all partitions again. */
  String inverse() {
    String ddl = index.ddl();
    String create = index.unique() ? "CREATE UNIQUE INDEX " : "CREATE INDEX ";
    String only = create + SqlIdentifier.quoted(index.name()) + " ON ONLY ";
    if (table.partitioned()) {
      return ddl.startsWith(only)
          ? create + SqlIdentifier.quoted(index.name()) + " ON " + ddl.substring(only.length())
          : ddl;
    }
    return ddl.startsWith(create) ? create + "CONCURRENTLY " + ddl.substring(create.length()) : ddl;
  }
}
