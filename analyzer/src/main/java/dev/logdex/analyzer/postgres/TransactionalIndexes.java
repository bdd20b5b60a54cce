package dev.logdex.analyzer.postgres;

import dev.logdex.analyzer.catalog.RelationName;
import dev.logdex.analyzer.catalog.Table;
import dev.logdex.analyzer.database.DatabaseAddress;
import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.plan.Planned;
import dev.logdex.analyzer.whatif.Build;
import dev.logdex.analyzer.whatif.Builds;
import dev.logdex.analyzer.whatif.DatabaseUnavailableException;
import dev.logdex.sql.PlannableStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Builds indexes on a disposable copy, each in a transaction that is rolled back, through a session
 * of its own. As soon as the index is there the transaction becomes read-only for good, so that
 * statements are planned under the same guard as everywhere. Not thread-safe, but for {@link
 * #abort}.
 */
final class TransactionalIndexes implements Builds, AutoCloseable {
  private static final int EXPRESSION_STATISTICS = 140000;
  private static final int CONNECTION_CHECK = 140000;
  private static final String CANCELLED = "57014";
  private static final String LOCKED = "55P03";
  private static final String FORBIDDEN = "42501";
  private static final String READ_ONLY = "25006";
  private static final double GIGABYTE = 1024.0 * 1024 * 1024;

  private final DatabaseAddress address;
  private final Timeouts timeouts;
  private final BuildLimits limits;
  private final int version;
  private final Map<RelationName, Duration> spent = new ConcurrentHashMap<>();
  private volatile @Nullable Session session;
  private volatile boolean aborted;

  /**
   * Builds of a database.
   *
   * @param version of the server, such as 150018
   */
  TransactionalIndexes(
      DatabaseAddress address, Timeouts timeouts, BuildLimits limits, int version) {
    this.address = address;
    this.timeouts = timeouts;
    this.limits = limits;
    this.version = version;
  }

  @Override
  public Optional<String> refusal(Table table) {
    return table.sizeBytes() <= limits.tableBytes()
        ? Optional.empty()
        : Optional.of(
            String.format(
                "the table has %.1f GB, more than the %.1f GB that indexes are built on"
                    + " (build.table.bytes.max)",
                table.sizeBytes() / GIGABYTE, limits.tableBytes() / GIGABYTE));
  }

  @Override
  public Build build(Table table, IndexDefinition definition, List<PlannableStatement> statements) {
    if (spent.getOrDefault(table.name(), Duration.ZERO).compareTo(limits.roundTime()) >= 0) {
      return new Build.Refused(
          "this round has built indexes on the table for as long as it may (build.round.time.max),"
              + " and the next one goes on",
          true);
    }
    long begin = System.nanoTime();
    try {
      return attempt(table, definition, statements);
    } finally {
      spent.merge(table.name(), Duration.ofNanos(System.nanoTime() - begin), Duration::plus);
    }
  }

  /** Begins anew with what a round may take. */
  void beginRound() {
    spent.clear();
  }

  private Build attempt(
      Table table, IndexDefinition definition, List<PlannableStatement> statements) {
    PlanMetrics.BUILDS.inc();
    try {
      Session open = session();
      Build build = build(open, table, definition, statements);
      open.query(SqlFile.UNLOCK.text(), row -> "");
      open.rollback();
      return build;
    } catch (SQLException e) {
      disconnect();
      if (SqlErrors.isUnavailable(e)) {
        throw new DatabaseUnavailableException("lost " + address + ": " + SqlErrors.describe(e));
      }
      PlanMetrics.BUILD_FAILURES.inc();
      return refused(Objects.requireNonNullElse(e.getSQLState(), "unknown"));
    }
  }

  private Build build(
      Session open, Table table, IndexDefinition definition, List<PlannableStatement> statements)
      throws SQLException {
    String name = BuildText.PREFIX + open.backend();
    Optional<String> createIndex = BuildText.createIndex(name, table, definition);
    if (createIndex.isEmpty()) {
      return new Build.Refused("its definition has a semicolon in it", false);
    }
    prepare(open);
    List<String> expressions = table.expressions(definition);
    if (!expressions.isEmpty() && version >= EXPRESSION_STATISTICS) {
      expressionStatistics(open, table, expressions, name);
    }
    open.send(createIndex.get());
    if (!expressions.isEmpty() && version < EXPRESSION_STATISTICS) {
      open.send(BuildText.analyze(table, true).orElseThrow());
    }
    Set<String> names = new TreeSet<>();
    long bytes =
        open
            .query(
                SqlFile.BUILT_INDEX.text(),
                row -> {
                  names.add(row.getString(1));
                  return row.getLong(2);
                },
                table.name().schema(),
                name)
            .stream()
            .mapToLong(each -> each)
            .sum();
    return new Build.Built(names, bytes, plans(open, statements));
  }

  private void prepare(Session open) throws SQLException {
    open.set("statement_timeout", limits.timeout().toMillis() + "ms", true);
    open.set("maintenance_work_mem", "256MB", true);
    if (version >= CONNECTION_CHECK) {
      // a build whose client is gone ends at once
      open.attempt(() -> open.set("client_connection_check_interval", "1s", true));
    }
    // an ANALYZE that is undone must not look like one: the table's epoch would move every round.
    // Only superusers may, and for others it does
    open.attempt(() -> open.set("track_counts", "off", true));
  }

  /**
   * What ANALYZE would gather of the expressions if the index were there. Before the index, as
   * CREATE INDEX then leaves the exact number of rows in pg_class, and not an estimate that differs
   * from one time to the next.
   */
  private static void expressionStatistics(
      Session open, Table table, List<String> expressions, String name) throws SQLException {
    int number = 0;
    for (String expression : expressions) {
      number++;
      Optional<String> create = BuildText.createStatistics(name + "_" + number, table, expression);
      if (create.isPresent()) {
        // refused for types without an order, which have none of use for the planner
        open.attempt(() -> open.send(create.get()));
      }
    }
    open.send(BuildText.analyze(table, false).orElseThrow());
  }

  private List<Planned> plans(Session open, List<PlannableStatement> statements)
      throws SQLException {
    open.set("transaction_read_only", "on", true);
    open.set("statement_timeout", timeouts.statement().toMillis() + "ms", true);
    List<Planned> plans = new ArrayList<>();
    for (PlannableStatement statement : statements) {
      PlanMetrics.WHAT_IFS.inc();
      plans.add(plan(open, statement));
    }
    return plans;
  }

  private static Planned plan(Session open, PlannableStatement statement) throws SQLException {
    List<Planned> plan = new ArrayList<>();
    Optional<SQLException> error =
        open.attempt(() -> plan.add(PostgresDatabase.explain(open, statement)));
    if (error.isPresent() && SqlErrors.isUnavailable(error.get())) {
      throw error.get();
    }
    return error
        .map(each -> SqlErrors.failure(each, statement.parameterCount() > 0))
        .<Planned>map(Planned.Refusal::new)
        .orElseGet(() -> plan.get(0));
  }

  private Build refused(String state) {
    return switch (state) {
      case CANCELLED ->
          new Build.Refused(
              "it took longer than " + limits.timeout().toSeconds() + " s (build.timeout)", false);
      case LOCKED -> new Build.Refused("the table was locked by somebody else", true);
      case FORBIDDEN ->
          new Build.Refused("Logdex's role does not own the table (SQLSTATE 42501)", false);
      case READ_ONLY -> new Build.Refused("the copy cannot be written (SQLSTATE 25006)", false);
      default -> new Build.Refused("the server refused it (SQLSTATE " + state + ")", false);
    };
  }

  private Session session() {
    if (aborted) {
      throw new DatabaseUnavailableException("the analyzer is being closed");
    }
    Session open = session;
    if (open == null) {
      open = Session.openForBuilds(address, new Timeouts(limits.timeout(), timeouts.lock()));
      session = open;
    }
    return open;
  }

  private void disconnect() {
    Session open = session;
    session = null;
    if (open != null) {
      open.close();
    }
  }

  /** Ends whatever is being built, from another thread. */
  void abort() {
    aborted = true;
    Session open = session;
    if (open != null) {
      open.abort();
    }
  }

  @Override
  public void close() {
    disconnect();
  }
}
