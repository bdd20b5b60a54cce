package dev.logdex.analyzer.postgres;

import dev.logdex.analyzer.catalog.Epoch;
import dev.logdex.analyzer.catalog.RelationName;
import dev.logdex.analyzer.catalog.Table;
import dev.logdex.analyzer.catalog.Types;
import dev.logdex.analyzer.database.DatabaseAddress;
import dev.logdex.analyzer.plan.PlanFailure;
import dev.logdex.analyzer.plan.PlanJson;
import dev.logdex.analyzer.plan.Planned;
import dev.logdex.analyzer.whatif.AnalysisDatabase;
import dev.logdex.analyzer.whatif.Builds;
import dev.logdex.analyzer.whatif.CostSettings;
import dev.logdex.analyzer.whatif.DatabaseUnavailableException;
import dev.logdex.analyzer.whatif.Hiding;
import dev.logdex.analyzer.whatif.TableLockedException;
import dev.logdex.sql.PlannableStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An analysis database for one round. It connects when it is first asked and again after any error,
 * since a failed EXPLAIN leaves HypoPG before 1.4.3 unusable, and hypothetical indexes live in the
 * connection. Not thread-safe, but for {@link #abort}.
 */
public final class PostgresDatabase implements AnalysisDatabase, AutoCloseable {
  /** Small beside any table that deserves an index; not so small that the planner sees no cache. */
  private static final String HARDLY_ANY_CACHE = "8MB";

  private static final int OLDEST_VERSION = 120000;
  private static final String CATALOG_TIMEOUT = "30s";

  /** So that their statistics are not too much for one answer. */
  private static final int TABLES_TOGETHER = 32;

  /** After so many a statement on which the server fails is at fault itself. */
  private static final int ATTEMPTS = 3;

  private final DatabaseAddress address;
  private final Timeouts timeouts;
  private final Map<RelationName, Optional<RelationName>> tables = new HashMap<>();
  private volatile @Nullable Session session;
  private volatile boolean aborted;
  private final @Nullable BuildLimits limits;
  private volatile @Nullable TransactionalIndexes builds;
  private volatile @Nullable HiddenOnCopy hidden;
  private CatalogReader.@Nullable Server server;
  private @Nullable Types types;
  private volatile @Nullable Epoch epoch;

  /** A database that nothing is built on. */
  public PostgresDatabase(DatabaseAddress address, Timeouts timeouts) {
    this(address, timeouts, null);
  }

  /**
   * A database.
   *
   * @param limits of builds; null when it is not marked as a disposable copy
   */
  public PostgresDatabase(
      DatabaseAddress address, Timeouts timeouts, @Nullable BuildLimits limits) {
    this.address = address;
    this.timeouts = timeouts;
    this.limits = limits;
  }

  /** Something that is asked within a transaction. */
  private interface Question<T> {
    T ask(Session session) throws SQLException;
  }

  @Override
  public Epoch epoch() {
    tables.clear();
    server = null;
    types = null;
    TransactionalIndexes building = builds;
    if (building != null) {
      building.beginRound();
    }
    Epoch now = catalog(CatalogReader::epoch);
    epoch = now;
    return now;
  }

  /** What another session of the same round has found the epoch to be. */
  void begunWith(Epoch known) {
    epoch = known;
  }

  @Override
  public Types types() {
    Types known = types;
    if (known == null) {
      known = catalog(CatalogReader::types);
      types = known;
    }
    return known;
  }

  @Override
  public Set<String> hypotheticalMethods() {
    return catalog(CatalogReader::hypotheticalMethods);
  }

  @Override
  public Optional<Builds> builds() {
    if (limits == null) {
      return Optional.empty();
    }
    TransactionalIndexes known = builds;
    if (known == null) {
      known = new TransactionalIndexes(address, timeouts, limits, server().version());
      builds = known;
    }
    return Optional.of(known);
  }

  @Override
  public Optional<Hiding> hiding() {
    CatalogReader.HidingWays ways = catalog(CatalogReader::hidingWays);
    if (ways.byHypopg()) {
      return Optional.of(this::withoutByHypopg);
    }
    return limits != null && ways.superuser() ? Optional.of(hiddenOnCopy()) : Optional.empty();
  }

  private HiddenOnCopy hiddenOnCopy() {
    HiddenOnCopy known = hidden;
    if (known == null) {
      known = new HiddenOnCopy(address, timeouts);
      hidden = known;
    }
    return known;
  }

  private List<Planned> withoutByHypopg(
      RelationName table, Set<String> indexes, List<PlannableStatement> statements) {
    String schema = hypopgSchema();
    List<Planned> plans = new ArrayList<>();
    for (PlannableStatement statement : statements) {
      PlanMetrics.WHAT_IFS.inc();
      plans.add(
          planned(
              statement,
              open -> {
                open.query(
                    SqlFile.HIDE_INDEX.text(schema),
                    row -> "",
                    table.schema(),
                    indexes.toArray(String[]::new));
                Planned planned = explain(open, statement);
                open.query(SqlFile.UNHIDE_INDEXES.text(schema), row -> "");
                return planned;
              }));
    }
    return plans;
  }

  @Override
  public CostSettings costSettings() {
    return server().costs();
  }

  @Override
  public Optional<RelationName> tableOf(RelationName relation) {
    Optional<RelationName> known = tables.get(relation);
    if (known == null) {
      known = catalog(reader -> reader.tableOf(relation));
      tables.put(relation, known);
    }
    return known;
  }

  @Override
  public Optional<RelationName> relation(String name, String searchPath) {
    try {
      Session open = session();
      Optional<RelationName> relation = new CatalogReader(open).relation(name, searchPath);
      open.rollback();
      return relation;
    } catch (SQLException e) { // a name out of a log may be none, such as one of another database
      disconnect();
      if (SqlErrors.isUnavailable(e)) {
        throw unavailable(e);
      }
      return Optional.empty();
    }
  }

  @Override
  public Map<RelationName, Table> tables(
      Collection<RelationName> names, Map<RelationName, Table> known) {
    Map<RelationName, Table> tables = new HashMap<>();
    List<RelationName> open = new ArrayList<>(names);
    for (int from = 0; from < open.size(); from += TABLES_TOGETHER) {
      List<RelationName> batch = open.subList(from, Math.min(open.size(), from + TABLES_TOGETHER));
      try {
        tables.putAll(inCatalog(reader -> reader.tables(batch, known)));
      } catch (SQLException e) {
        // one of them is locked, or their statistics are too large for one answer: left out
      }
    }
    return tables;
  }

  @Override
  public Table table(RelationName name) {
    try {
      return Optional.ofNullable(
              inCatalog(reader -> reader.tables(List.of(name), Map.of())).get(name))
          .orElseThrow(TableLockedException::new);
    } catch (SQLException e) {
      if (SqlErrors.isLocked(e)) {
        throw new TableLockedException();
      }
      throw unavailable(e);
    }
  }

  @Override
  public Planned today(PlannableStatement statement) {
    PlanMetrics.PLANS.inc();
    String cleanup = cleanup();
    return planned(
        statement,
        session -> {
          Planned planned = explain(session, statement);
          session.query(cleanup, row -> "");
          return planned;
        });
  }

  @Override
  public Planned withoutIndexes(PlannableStatement statement) {
    PlanMetrics.PLANS.inc();
    String cleanup = cleanup();
    return planned(
        statement,
        session -> {
          session.query(SqlFile.WITHOUT_INDEXES.text(), row -> "");
          Planned planned = explain(session, statement);
          session.query(cleanup, row -> "");
          return planned;
        });
  }

  /** Functions that run at plan time can leave behind what a rollback does not undo. */
  private String cleanup() {
    String schema = server().hypopgSchema();
    return schema == null ? SqlFile.UNLOCK.text() : SqlFile.RESET_INDEXES.text(schema);
  }

  @Override
  public List<Hypothetical> withIndex(String createIndex, List<PlannableStatement> statements) {
    String schema = hypopgSchema();
    List<Hypothetical> answers = new ArrayList<>();
    for (List<PlannableStatement> batch : TogetherText.batches(statements)) {
      PlanMetrics.WHAT_IF_SECONDS.time(
          () ->
              answers.addAll(
                  together(schema, createIndex, batch)
                      .orElseGet(() -> oneByOne(schema, createIndex, batch))));
    }
    return answers;
  }

  /** All in two round trips; empty when one failed, which leaves open which one it was. */
  private Optional<List<Hypothetical>> together(
      String schema, String createIndex, List<PlannableStatement> statements) {
    PlanMetrics.WHAT_IFS.inc(statements.size());
    try {
      Session open = session();
      Index index = createIndex(open, schema, createIndex);
      prepare(open, statements.get(0));
      List<String> texts = new ArrayList<>(TogetherText.explain(statements));
      texts.add(SqlFile.RESET_INDEXES.text(schema));
      List<String> plans = open.together(texts).subList(0, statements.size());
      open.rollback();
      return Optional.of(plans.stream().map(json -> index.with(PlanJson.planned(json))).toList());
    } catch (SQLException e) {
      disconnect();
      return Optional.empty();
    }
  }

  private List<Hypothetical> oneByOne(
      String schema, String createIndex, List<PlannableStatement> statements) {
    List<Hypothetical> answers = new ArrayList<>();
    Index index = Index.NONE;
    for (PlannableStatement statement : statements) {
      PlanMetrics.WHAT_IFS.inc();
      Index present = session == null ? Index.NONE : index;
      Hypothetical answer = hypothetical(schema, createIndex, present, statement);
      index = new Index(answer.indexName(), answer.pages());
      answers.add(answer);
      if (index.isMissing()) {
        // there can be no such index, whatever the statement
        return statements.stream().map(each -> answer).toList();
      }
    }
    forgetIndexes(schema);
    return answers;
  }

  private Hypothetical hypothetical(
      String schema, String createIndex, Index present, PlannableStatement statement) {
    Index[] index = {present};
    Session[] home = {session};
    Planned planned =
        planned(
            statement,
            session -> {
              if (index[0].isMissing() || session != home[0]) {
                index[0] = createIndex(session, schema, createIndex);
                home[0] = session;
              }
              return explain(session, statement);
            });
    return index[0].with(planned);
  }

  /**
   * A hypothetical index.
   *
   * @param name empty when it could not be made
   */
  private record Index(String name, double pages) {
    static final Index NONE = new Index("", 0);

    boolean isMissing() {
      return name.isEmpty();
    }

    Hypothetical with(Planned planned) {
      return new Hypothetical(name, pages, planned);
    }
  }

  private static Index createIndex(Session session, String schema, String createIndex)
      throws SQLException {
    session.query(SqlFile.RESET_INDEXES.text(schema), row -> "");
    return session
        .query(
            SqlFile.CREATE_INDEX.text(schema),
            row -> new Index(row.getString(1), row.getDouble(2)),
            createIndex)
        .get(0);
  }

  private void forgetIndexes(String schema) {
    if (session != null) {
      inTransaction(open -> open.query(SqlFile.RESET_INDEXES.text(schema), row -> ""));
    }
  }

  static Planned explain(Session session, PlannableStatement statement) throws SQLException {
    prepare(session, statement);
    String json =
        statement.parameterCount() == 0
            ? session.plan(ExplainText.explain(statement))
            : generic(session, statement);
    if (!statement.searchPath().isEmpty()) {
      session.send(ExplainText.OWN_SEARCH_PATH); // others may be planned in the same transaction
    }
    if (statement.isUncached()) {
      session.send(ExplainText.OWN_CACHE);
    }
    return PlanJson.planned(json);
  }

  private static void prepare(Session session, PlannableStatement statement) throws SQLException {
    if (!statement.searchPath().isEmpty()) {
      session.set("search_path", statement.searchPath(), true);
    }
    if (statement.isUncached()) {
      session.set("effective_cache_size", HARDLY_ANY_CACHE, true);
    }
  }

  /**
   * A generic plan through PREPARE, on every version: EXPLAIN (GENERIC_PLAN) of 16 and later cannot
   * be sent through the extended protocol, and the simple one would run a second statement.
   */
  private static String generic(Session session, PlannableStatement statement) throws SQLException {
    session.set("plan_cache_mode", "force_generic_plan", true);
    session.send(ExplainText.prepare(statement));
    int parameters =
        session
            .query(SqlFile.PARAMETERS.text(), row -> row.getInt(1), ExplainText.PREPARED_NAME)
            .get(0);
    String json = session.plan(ExplainText.explainPrepared(parameters));
    session.send(ExplainText.deallocate());
    return json;
  }

  /**
   * Asks again when the server fails, in case it was not the statement that made it fail. One that
   * the server fails on again and again, although it answers in between, must not keep the others
   * waiting for ever.
   */
  private Planned planned(PlannableStatement statement, Question<Planned> question) {
    for (int attempt = 1; ; attempt++) {
      try {
        return transaction(question);
      } catch (SQLException e) {
        boolean unavailable = SqlErrors.isUnavailable(e);
        if (unavailable && !isAsBefore()) {
          throw unavailable(e);
        }
        if (!unavailable || attempt == ATTEMPTS) {
          return refusal(SqlErrors.failure(e, statement.parameterCount() > 0));
        }
      } catch (OutOfMemoryError e) { // one answer was too large for the heap; it is gone by now
        return refusal(PlanFailure.of("08S01", null, false));
      }
    }
  }

  private static Planned refusal(PlanFailure failure) {
    PlanMetrics.FAILURES.labels(failure.reason().name()).inc();
    return new Planned.Refusal(failure);
  }

  /** Whether the database answers now and is the one that the round began with. */
  private boolean isAsBefore() {
    return catalog(CatalogReader::epoch).equals(epoch);
  }

  /** Leaves no session behind in which the question did not come to its end. */
  private <T> T transaction(Question<T> question) throws SQLException {
    boolean complete = false;
    try {
      Session open = session();
      T answer = question.ask(open);
      open.rollback();
      complete = true;
      return answer;
    } finally {
      if (!complete) {
        disconnect();
      }
    }
  }

  /** A question about the catalog. */
  private interface CatalogQuestion<T> {
    T ask(CatalogReader reader) throws SQLException;
  }

  private <T> T catalog(CatalogQuestion<T> question) {
    try {
      return inCatalog(question);
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  private <T> T inCatalog(CatalogQuestion<T> question) throws SQLException {
    return transaction(
        open -> {
          // a large catalog takes its time, which says nothing of the statements
          open.set("statement_timeout", CATALOG_TIMEOUT, true);
          return question.ask(new CatalogReader(open));
        });
  }

  private <T> T inTransaction(Question<T> question) {
    try {
      return transaction(question);
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  private DatabaseUnavailableException unavailable(SQLException error) {
    return new DatabaseUnavailableException("lost " + address + ": " + SqlErrors.describe(error));
  }

  private CatalogReader.Server server() {
    CatalogReader.Server known = server;
    if (known == null) {
      known = catalog(CatalogReader::server);
      if (known.version() < OLDEST_VERSION) {
        throw new DatabaseUnavailableException(
            address + " is older than Postgres 12, which Logdex needs at least");
      }
      server = known;
    }
    return known;
  }

  private String hypopgSchema() {
    String schema = server().hypopgSchema();
    if (schema == null) {
      server = null;
      throw new DatabaseUnavailableException(
          address + " lacks HypoPG; as a superuser of it, run: CREATE EXTENSION hypopg");
    }
    return schema;
  }

  private Session session() {
    if (aborted) {
      throw new DatabaseUnavailableException("the analyzer is being closed");
    }
    Session open = session;
    if (open == null) {
      open = Session.open(address, timeouts);
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

  /** Ends whatever is being asked, from another thread; no further question is answered. */
  public void abort() {
    aborted = true;
    Session open = session;
    if (open != null) {
      open.abort();
    }
    TransactionalIndexes building = builds;
    if (building != null) {
      building.abort();
    }
    HiddenOnCopy hiding = hidden;
    if (hiding != null) {
      hiding.abort();
    }
  }

  @Override
  public void close() {
    disconnect();
    TransactionalIndexes building = builds;
    if (building != null) {
      building.close();
    }
    HiddenOnCopy hiding = hidden;
    if (hiding != null) {
      hiding.close();
    }
  }

  @Override
  public String toString() {
    return Objects.toString(address);
  }
}
