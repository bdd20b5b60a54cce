package dev.logdex.analyzer.plan;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What came of an EXPLAIN: a plan, or why there is none. */
public sealed interface Planned {
  Optional<PlanNode> plan();

  Optional<PlanFailure> failure();

  /** The server's own identity of the statement; empty where it computes none. */
  default Optional<Long> queryId() {
    return Optional.empty();
  }

  /** How long the server planned; zero where it has not told. */
  default Duration planningTime() {
    return Duration.ZERO;
  }

  /**
   * Postgres made a plan.
   *
   * @param id the server's own identity of the statement; null where it computes none
   */
  record Success(PlanNode top, @Nullable Long id, Duration planningTime) implements Planned {
    public Success {
      requireNonNull(top, "top");
      requireNonNull(planningTime, "planningTime");
    }

    /** A plan of a statement whose identity is not known. */
    public Success(PlanNode top) {
      this(top, null, Duration.ZERO);
    }

    @Override
    public Optional<Long> queryId() {
      return Optional.ofNullable(id);
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
