package dev.logdex.analyzer.whatif;

import static java.util.Objects.requireNonNull;

import dev.logdex.analyzer.plan.PlanFailure;
import dev.logdex.analyzer.plan.PlanNode;
import dev.logdex.sql.PlannableStatement;
import dev.logdex.sql.PlannableStatement.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * One sample's plan, or what stood in its way: exactly one of plan, failure and refusal is there.
 *
 * @param calls that the sample stands for
 * @param statement what was planned; null when nothing was handed to the server
 * @param queryId the server's identity of the statement; null when it computes none
 */
record Attempt(
    long calls,
    @Nullable PlannableStatement statement,
    @Nullable PlanNode plan,
    @Nullable Long queryId,
    @Nullable PlanFailure failure,
    @Nullable Refusal refusal) {
  boolean succeeded() {
    return plan != null;
  }

  /** The plan of an attempt that succeeded. */
  PlanNode top() {
    return requireNonNull(plan, "plan");
  }

  /** The statement of an attempt that succeeded. */
  PlannableStatement planned() {
    return requireNonNull(statement, "statement");
  }

  /** Whether the server refused it with the SQLSTATE. */
  boolean failedWith(String sqlState) {
    return failure != null && failure.sqlState().equals(sqlState);
  }

  Attempt with(long otherCalls) {
    return new Attempt(otherCalls, statement, plan, queryId, failure, refusal);
  }

  /** This one if it has a plan, else the other if that has one, else this one. */
  Attempt or(Attempt other) {
    return succeeded() || !other.succeeded() ? this : other;
  }
}
