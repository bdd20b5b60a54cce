package dev.logdex.recommender.recommendation;

import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.TableName;
import dev.logdex.recommender.event.Step;
import dev.logdex.recommender.selection.Definitions;
import java.util.List;

/** The statements that make an index and take it back, without locking out writers. */
record CreateIndex(TableName table, String name, IndexDefinition definition) {
  private static final String LOCK =
      "SHARE UPDATE EXCLUSIVE: reads and writes go on, other DDL and VACUUM of the table wait";

  String ddl() {
    return "CREATE INDEX CONCURRENTLY "
        + SqlIdentifier.quoted(name)
        + " ON "
        + inSchema(table.name())
        + " "
        + Definitions.canonical(definition);
  }

  List<Step> steps() {
    return List.of(new Step(ddl(), false, LOCK));
  }

  /** An index stands in its table's schema. */
  String inverse() {
    return "DROP INDEX CONCURRENTLY " + inSchema(name);
  }

  private String inSchema(String relation) {
    return SqlIdentifier.quoted(table.schema()) + "." + SqlIdentifier.quoted(relation);
  }
}
