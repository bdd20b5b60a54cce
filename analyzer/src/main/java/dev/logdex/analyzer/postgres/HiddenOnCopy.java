package dev.logdex.analyzer.postgres;

import dev.logdex.analyzer.catalog.RelationName;
import dev.logdex.analyzer.database.DatabaseAddress;
import dev.logdex.analyzer.plan.Planned;
import dev.logdex.analyzer.whatif.DatabaseUnavailableException;
import dev.logdex.analyzer.whatif.Hiding;
import dev.logdex.sql.PlannableStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hides indexes on a disposable copy where HypoPG is too old to do so: in a transaction that is
 * rolled back they are marked as invalid, which takes a superuser. Nobody else sees it, and nothing
 * of it stays. Through a session of its own; thread-safe, one question after the other.
 */
final class HiddenOnCopy implements Hiding, AutoCloseable {
  private final DatabaseAddress address;
  private final Timeouts timeouts;
  private volatile @Nullable Session session;
  private volatile boolean aborted;

  HiddenOnCopy(DatabaseAddress address, Timeouts timeouts) {
    this.address = address;
    this.timeouts = timeouts;
  }

  @Override
  public synchronized List<Planned> without(
      RelationName table, Set<String> indexes, List<PlannableStatement> statements) {
    try {
      Session open = session();
      open.query(
          SqlFile.HIDE_ON_COPY.text(), row -> "", table.schema(), indexes.toArray(String[]::new));
      open.set("transaction_read_only", "on", true);
      List<Planned> plans = new ArrayList<>();
      for (PlannableStatement statement : statements) {
        plans.add(plan(open, statement));
      }
      open.rollback();
      return plans;
    } catch (SQLException e) {
      close();
      throw new DatabaseUnavailableException("lost " + address + ": " + SqlErrors.describe(e));
    }
  }

  private static Planned plan(Session open, PlannableStatement statement) throws SQLException {
    PlanMetrics.WHAT_IFS.inc();
    List<Planned> plan = new ArrayList<>();
    Optional<SQLException> error =
        open.attempt(() -> plan.add(PostgresDatabase.explain(open, statement)));
    if (error.isPresent()) {
      return new Planned.Refusal(SqlErrors.failure(error.get(), statement.parameterCount() > 0));
    }
    return plan.get(0);
  }

  private Session session() {
    if (aborted) {
      throw new DatabaseUnavailableException("the analyzer is being closed");
    }
    Session open = session;
    if (open == null) {
      open = Session.openForBuilds(address, timeouts);
      session = open;
    }
    return open;
  }

  /** Ends whatever is being asked, from another thread. */
  void abort() {
    aborted = true;
    Session open = session;
    if (open != null) {
      open.abort();
    }
  }

  @Override
  public void close() {
    Session open = session;
    session = null;
    if (open != null) {
      open.close();
    }
  }
}
