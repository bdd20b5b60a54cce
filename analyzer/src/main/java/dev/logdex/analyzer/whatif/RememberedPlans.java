package dev.logdex.analyzer.whatif;

import dev.logdex.analyzer.plan.Planned;
import dev.logdex.sql.PlannableStatement;
import java.util.List;
import java.util.function.Function;

/** Plans of which those without a hypothetical index are asked for once an epoch. */
public final class RememberedPlans implements Plans {
  private final Plans planner;
  private final WhatIfMemory memory;

  /** Plans of a planner, through a memory of it. */
  public RememberedPlans(Plans planner, WhatIfMemory memory) {
    this.planner = planner;
    this.memory = memory;
  }

  @Override
  public Planned today(PlannableStatement statement) {
    return remembered("today", statement, planner::today);
  }

  @Override
  public Planned withoutIndexes(PlannableStatement statement) {
    return remembered("without indexes", statement, planner::withoutIndexes);
  }

  @Override
  public List<Hypothetical> withIndex(String createIndex, List<PlannableStatement> statements) {
    return planner.withIndex(createIndex, statements);
  }

  private Planned remembered(
      String question, PlannableStatement statement, Function<PlannableStatement, Planned> ask) {
    return memory
        .plan(question, statement.identity())
        .orElseGet(
            () -> {
              Planned planned = ask.apply(statement);
              memory.keep(question, statement.identity(), planned);
              return planned;
            });
  }
}
