package dev.logdex.analyzer.whatif;

import dev.logdex.analyzer.catalog.Table;
import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.sql.PlannableStatement;
import java.util.List;
import java.util.Optional;

/**
 * Indexes that are really built, and gone again when their question has been answered. Only a
 * database that its operator has marked as a disposable copy has them.
 */
public interface Builds {
  /** Why no index of the table is built, whatever it is; empty when one may be. */
  Optional<String> refusal(Table table);

  /**
   * Builds an index, plans the statements with it, and undoes everything. Statements are planned
   * and never run.
   *
   * @throws DatabaseUnavailableException when the database cannot be used now
   */
  Build build(Table table, IndexDefinition definition, List<PlannableStatement> statements);
}
