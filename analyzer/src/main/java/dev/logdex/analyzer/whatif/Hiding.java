package dev.logdex.analyzer.whatif;

import dev.logdex.analyzer.catalog.RelationName;
import dev.logdex.analyzer.plan.Planned;
import dev.logdex.sql.PlannableStatement;
import java.util.List;
import java.util.Set;

/** Plans as if existing indexes were not there. The indexes themselves stay as they are. */
public interface Hiding {
  /**
   * Plans statements without some of a table's indexes. They are planned and never run.
   *
   * @param indexes their names; at least one
   * @return one for each statement, in order
   * @throws DatabaseUnavailableException when the database cannot be used now
   */
  List<Planned> without(
      RelationName table, Set<String> indexes, List<PlannableStatement> statements);
}
