package dev.logdex.analyzer.whatif;

import dev.logdex.analyzer.plan.Planned;
import dev.logdex.sql.PlannableStatement;
import java.util.List;

/**
 * The planner of one analysis database. Statements are planned and never run. Every method may
 * throw {@link DatabaseUnavailableException}.
 */
public interface Plans {
  /** The plan that the statement has as the database is. */
  Planned today(PlannableStatement statement);

  /** The plan that it would have without any index, which shows all it wants of its tables. */
  Planned withoutIndexes(PlannableStatement statement);

  /**
   * The plans that statements would have with one more index.
   *
   * @param createIndex the statement that would build it
   * @return one for each statement, in order
   */
  List<Hypothetical> withIndex(String createIndex, List<PlannableStatement> statements);

  /**
   * A plan under a hypothetical index.
   *
   * @param indexName what the plan calls the index
   * @param pages that the planner took it to have
   */
  record Hypothetical(String indexName, double pages, Planned planned) {}
}
