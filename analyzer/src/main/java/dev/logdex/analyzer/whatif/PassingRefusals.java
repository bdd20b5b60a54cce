package dev.logdex.analyzer.whatif;

import dev.logdex.analyzer.plan.PlanFailure;
import dev.logdex.analyzer.plan.Planned;
import dev.logdex.sql.PlannableStatement;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Plans that notice when a refusal may be another one later, as that of a locked table is. */
final class PassingRefusals implements Plans {
  private final Plans planner;
  private final AtomicBoolean seen = new AtomicBoolean();

  PassingRefusals(Plans planner) {
    this.planner = planner;
  }

  /** Whether there was one since this was last asked. */
  boolean seenSince() {
    return seen.getAndSet(false);
  }

  @Override
  public Planned today(PlannableStatement statement) {
    return noticed(planner.today(statement));
  }

  @Override
  public Planned withoutIndexes(PlannableStatement statement) {
    return noticed(planner.withoutIndexes(statement));
  }

  @Override
  public List<Hypothetical> withIndex(String createIndex, List<PlannableStatement> statements) {
    List<Hypothetical> answers = planner.withIndex(createIndex, statements);
    answers.forEach(answer -> noticed(answer.planned()));
    return answers;
  }

  private Planned noticed(Planned planned) {
    if (planned.failure().filter(PlanFailure::mayPass).isPresent()) {
      seen.set(true);
    }
    return planned;
  }
}
