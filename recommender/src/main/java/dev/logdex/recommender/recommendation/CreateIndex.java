package dev.logdex.recommender.recommendation;

import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.TableName;
import dev.logdex.recommender.event.Step;
import dev.logdex.recommender.selection.Definitions;
import java.util.List;

/**
 * The statements that make an index and take it back, without locking out writers where that can
 * be.
 */
record CreateIndex(TableName table, String name, IndexDefinition definition, List<Step> steps) {
  private static final String LOCK =
      "SHARE UPDATE EXCLUSIVE: reads and writes go on, other DDL and VACUUM of the table wait";

  CreateIndex {
    steps = List.copyOf(steps);
  }

  /** Of a table that is no parent of partitions. */
  CreateIndex(TableName table, String name, IndexDefinition definition) {
    this(
        table,
        name,
        definition,
        List.of(new Step(concurrently(table, name, definition), false, LOCK)));
  }

  /** The first step, without a closing semicolon. */
  String ddl() {
    return steps.get(0).sql();
  }

  /** An index stands in its table's schema; one with parts in partitions goes with all of them. */
  String inverse() {
    return (ddl().startsWith("CREATE INDEX CONCURRENTLY ") && steps.size() == 1
            ? "DROP INDEX CONCURRENTLY "
            : "DROP INDEX ")
        + SqlIdentifier.quoted(table.schema())
        + "."
        + SqlIdentifier.quoted(name);
  }

  static String concurrently(TableName table, String name, IndexDefinition definition) {
    return create("CREATE INDEX CONCURRENTLY ", name, " ON ", table, definition);
  }

  static String create(
      String create, String name, String on, TableName table, IndexDefinition definition) {
    return create
        + SqlIdentifier.quoted(name)
        + on
        + SqlIdentifier.quoted(table.schema())
        + "."
        + SqlIdentifier.quoted(table.name())
        + " "
        + Definitions.canonical(definition);
  }
}
