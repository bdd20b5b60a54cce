package dev.logdex.analyzer.postgres;

import dev.logdex.analyzer.catalog.Epoch;
import dev.logdex.analyzer.catalog.RelationName;
import dev.logdex.analyzer.catalog.Table;
import dev.logdex.analyzer.catalog.Types;
import dev.logdex.analyzer.plan.Planned;
import dev.logdex.analyzer.whatif.AnalysisDatabase;
import dev.logdex.analyzer.whatif.Builds;
import dev.logdex.analyzer.whatif.CostSettings;
import dev.logdex.analyzer.whatif.DatabaseUnavailableException;
import dev.logdex.analyzer.whatif.Hiding;
import dev.logdex.sql.PlannableStatement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * An analysis database with several sessions, so that a statement that takes long to plan holds up
 * no more than one of them, and as many cores of the server work. Thread-safe: a question waits for
 * a session that nobody asks. Sessions connect when they are first needed.
 */
public final class DatabasePool implements AnalysisDatabase, AutoCloseable {
  private final List<PostgresDatabase> all;
  private final BlockingDeque<PostgresDatabase> idle;
  private final Map<RelationName, Optional<RelationName>> tables = new ConcurrentHashMap<>();
  private final Map<String, Optional<RelationName>> names = new ConcurrentHashMap<>();

  /**
   * A pool.
   *
   * @param sessions at least one
   */
  public DatabasePool(int sessions, Supplier<PostgresDatabase> database) {
    List<PostgresDatabase> made = new ArrayList<>();
    for (int i = 0; i < sessions; i++) {
      made.add(database.get());
    }
    this.all = List.copyOf(made);
    this.idle = new LinkedBlockingDeque<>(all);
  }

  private <T> T ask(Function<PostgresDatabase, T> question) {
    PostgresDatabase database = take();
    try {
      return question.apply(database);
    } finally {
      // the one used last is the next one to be used: few questions need few connections
      idle.addFirst(database);
    }
  }

  private PostgresDatabase take() {
    try {
      return idle.takeFirst();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseUnavailableException("the analyzer is being closed");
    }
  }

  @Override
  public Epoch epoch() {
    tables.clear();
    names.clear();
    Epoch epoch = ask(PostgresDatabase::epoch);
    all.forEach(database -> database.begunWith(epoch));
    return epoch;
  }

  @Override
  public Types types() {
    return ask(PostgresDatabase::types);
  }

  @Override
  public Set<String> hypotheticalMethods() {
    return ask(PostgresDatabase::hypotheticalMethods);
  }

  /** Builds have a session of their own, and one is enough: each of them takes the whole server. */
  @Override
  public Optional<Builds> builds() {
    return all.get(0).builds().map(OneBuildAtATime::new);
  }

  @Override
  public Optional<Hiding> hiding() {
    Optional<Hiding> hiding = ask(PostgresDatabase::hiding);
    boolean onCopy = hiding.filter(HiddenOnCopy.class::isInstance).isPresent();
    return onCopy
        ? hiding
        : hiding.map(
            any ->
                (table, indexes, statements) ->
                    ask(
                        database ->
                            database.hiding().orElseThrow().without(table, indexes, statements)));
  }

  @Override
  public CostSettings costSettings() {
    return ask(PostgresDatabase::costSettings);
  }

  @Override
  public Optional<RelationName> tableOf(RelationName relation) {
    Optional<RelationName> known = tables.get(relation);
    if (known == null) {
      known = ask(database -> database.tableOf(relation));
      tables.put(relation, known);
    }
    return known;
  }

  @Override
  public Optional<RelationName> relation(String name, String searchPath) {
    String key = searchPath + '\n' + name;
    Optional<RelationName> known = names.get(key);
    if (known == null) {
      known = ask(database -> database.relation(name, searchPath));
      names.put(key, known);
    }
    return known;
  }

  @Override
  public Map<RelationName, Table> tables(
      Collection<RelationName> names, Map<RelationName, Table> known) {
    return ask(database -> database.tables(names, known));
  }

  @Override
  public Table table(RelationName name) {
    return ask(database -> database.table(name));
  }

  @Override
  public Planned today(PlannableStatement statement) {
    return ask(database -> database.today(statement));
  }

  @Override
  public Planned withoutIndexes(PlannableStatement statement) {
    return ask(database -> database.withoutIndexes(statement));
  }

  @Override
  public List<Hypothetical> withIndex(String createIndex, List<PlannableStatement> statements) {
    return ask(database -> database.withIndex(createIndex, statements));
  }

  /** Ends whatever is being asked, from another thread; no further question is answered. */
  public void abort() {
    all.forEach(PostgresDatabase::abort);
  }

  @Override
  public void close() {
    all.forEach(PostgresDatabase::close);
  }
}
