package dev.logdex.analyzer.postgres;

import dev.logdex.analyzer.catalog.Table;
import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.whatif.Build;
import dev.logdex.analyzer.whatif.Builds;
import dev.logdex.sql.PlannableStatement;
import java.util.List;
import java.util.Optional;

/** Lets several threads ask for builds, one after the other. */
final class OneBuildAtATime implements Builds {
  private final Builds builds;

  OneBuildAtATime(Builds builds) {
    this.builds = builds;
  }

  @Override
  public Optional<String> refusal(Table table) {
    synchronized (builds) {
      return builds.refusal(table);
    }
  }

  @Override
  public Build build(Table table, IndexDefinition definition, List<PlannableStatement> statements) {
    synchronized (builds) {
      return builds.build(table, definition, statements);
    }
  }
}
