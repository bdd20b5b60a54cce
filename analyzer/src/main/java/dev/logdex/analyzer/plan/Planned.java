package dev.logdex.analyzer.plan;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** What came of an EXPLAIN: a plan, or why there is none. */
public sealed interface Planned {
  Optional<PlanNode> plan();

  Optional<PlanFailure> failure();

  /** Postgres made a plan. */
  record Success(PlanNode top) implements Planned {
    public Success {
      requireNonNull(top, "top");
    }

    @Override
    public Optional<PlanNode> plan() {
      return Optional.of(top);
    }

    @Override
    public Optional<PlanFailure> failure() {
      return Optional.empty();
    }
  }

  /** Postgres refused. */
  record Refusal(PlanFailure why) implements Planned {
    public Refusal {
      requireNonNull(why, "why");
    }

    @Override
    public Optional<PlanNode> plan() {
      return Optional.empty();
    }

    @Override
    public Optional<PlanFailure> failure() {
      return Optional.of(why);
    }
  }
}
