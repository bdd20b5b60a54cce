package dev.logdex.analyzer.whatif;

import dev.logdex.analyzer.catalog.RelationName;
import dev.logdex.analyzer.catalog.Table;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.analyzer.scan.Commutators;
import dev.logdex.analyzer.scan.TableScan;
import dev.logdex.analyzer.workload.WorkloadFilter;
import dev.logdex.analyzer.workload.WorkloadStatement;
import dev.logdex.sql.StatementKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Analyses the part of a workload that belongs to one database. */
public final class DatabaseAnalyser {
  private final AnalysisDatabase database;
  private final String name;
  private final WhatIfMemory memory;
  private final Limits limits;
  private final int sessions;

  /**
   * What bounds an analysis.
   *
   * @param smallTableRows below it no index is asked about, since none would pay
   * @param mostCandidates of a table
   * @param mostSamples of a statement that the planner is asked about, out of all that it has
   * @param statementTime that planning one statement under candidates may take in one analysis
   * @param filter of queries; what writes is always planned, since its rates count
   */
  public record Limits(
      long smallTableRows,
      int mostCandidates,
      int mostSamples,
      Duration statementTime,
      WorkloadFilter filter) {
    private static final int USUAL_SAMPLES = 3;
    private static final Duration USUAL_TIME = Duration.ofSeconds(30);

    /** Limits that keep no query out. */
    public Limits(long smallTableRows, int mostCandidates) {
      this(smallTableRows, mostCandidates, USUAL_SAMPLES, USUAL_TIME, WorkloadFilter.NONE);
    }
  }

  /**
   * An analyser of a database.
   *
   * @param name of the database in events
   * @param memory of this database and no other
   */
  public DatabaseAnalyser(
      AnalysisDatabase database, String name, WhatIfMemory memory, Limits limits) {
    this(database, name, memory, limits, 1);
  }

  /**
   * An analyser of a database that answers several questions at once.
   *
   * @param sessions questions at once; with more than one the database must be thread-safe
   */
  public DatabaseAnalyser(
      AnalysisDatabase database, String name, WhatIfMemory memory, Limits limits, int sessions) {
    this.database = database;
    this.name = name;
    this.memory = memory;
    this.limits = limits;
    this.sessions = sessions;
  }

  /**
   * Analyses the statements, which must be of this database and each fingerprint once.
   *
   * @param to end of the newest window
   * @throws DatabaseUnavailableException when the database cannot be used now
   */
  public DatabaseAnalysis analyse(List<WorkloadStatement> statements, Instant to) {
    memory.epoch(database.epoch());
    Complaints complaints = new Complaints(name);
    Set<String> waiting = new HashSet<>();
    try (Workers workers = new Workers(sessions)) {
      List<PlannedStatement> planned = plan(statements, complaints, waiting, workers);
      Set<String> failed = new HashSet<>();
      List<TableAnalysis> tables = tables(planned, to, complaints, failed, waiting, workers);
      return new DatabaseAnalysis(
          tables, complaints.event(to), complaints.deadLetters(), failed, waiting);
    }
  }

  /**
   * What came of a statement: a planning, or a defect of ours.
   *
   * @param mayChange whether a refusal was one that passes
   */
  private record Outcome(
      WorkloadStatement statement,
      @Nullable StatementPlanning planning,
      @Nullable Throwable defect,
      boolean mayChange) {}

  private List<PlannedStatement> plan(
      List<WorkloadStatement> statements,
      Complaints complaints,
      Set<String> waiting,
      Workers workers) {
    List<PlannedStatement> planned = new ArrayList<>();
    List<WorkloadStatement> kept =
        statements.stream().filter(each -> !keepsOut(each, complaints)).toList();
    for (Outcome attempt : workers.map(kept, this::attempt)) {
      if (attempt.planning != null) {
        complaints.add(attempt.planning);
        planned.add(attempt.planning.planned());
      } else if (attempt.defect != null) {
        complaints.internal(attempt.statement, attempt.defect);
      }
      if (attempt.mayChange) {
        waiting.add(attempt.statement.fingerprint().toString());
      }
    }
    return SameStatements.merged(planned);
  }

  /** Whether a query is not worth planning; what writes always is. */
  private boolean keepsOut(WorkloadStatement statement, Complaints complaints) {
    Optional<String> why =
        StatementKind.of(statement.text()) == StatementKind.SELECT
            ? limits.filter().keepsOut(statement)
            : Optional.empty();
    why.ifPresent(sentence -> complaints.keptOut(statement, sentence));
    return why.isPresent();
  }

  private Outcome attempt(WorkloadStatement statement) {
    PassingRefusals plans = new PassingRefusals(new RememberedPlans(database, memory));
    StatementPlanner planner =
        new StatementPlanner(
            plans,
            this::tableOf,
            new Commutators(memory.types(database::types).commutators()),
            database,
            limits.mostSamples());
    try {
      return new Outcome(statement, planner.plan(statement), null, plans.seenSince());
    } catch (DatabaseUnavailableException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) { // a defect on one must not stop the rest
      return new Outcome(statement, null, e, false);
    }
  }

  private List<TableAnalysis> tables(
      List<PlannedStatement> planned,
      Instant to,
      Complaints complaints,
      Set<String> failed,
      Set<String> waiting,
      Workers workers) {
    PassingRefusals plans = new PassingRefusals(database);
    WhatIf whatIf =
        new WhatIf(
            plans,
            database.builds(),
            this::tableOf,
            memory,
            database.costSettings(),
            limits.statementTime());
    Optional<ExistingCells> existing =
        database.hiding().map(hiding -> new ExistingCells(hiding, this::tableOf, memory));
    Ways ways = new Ways(database.hypotheticalMethods(), database.builds());
    TableAnalyser analyser =
        new TableAnalyser(
            name, to, memory.types(database::types), whatIf, ways, limits, workers, existing);
    Set<RelationName> read = tablesRead(planned);
    Map<RelationName, List<PlannedStatement>> concerned = byTable(planned);
    Map<RelationName, Table> catalog = memory.tables(known -> database.tables(read, known));
    List<TableAnalysis> tables = new ArrayList<>();
    for (RelationName table : read) {
      String qualified = table.schema() + "." + table.name();
      try {
        Table known = catalog.get(table);
        Table facts = known == null ? database.table(table) : known;
        tables.add(analyser.analyse(facts, concerned.getOrDefault(table, List.of())));
        if (plans.seenSince()) {
          waiting.add(qualified);
        }
      } catch (DatabaseUnavailableException e) {
        throw e;
      } catch (TableLockedException e) {
        failed.add(qualified);
        waiting.add(qualified);
      } catch (RuntimeException | StackOverflowError e) { // a defect on one must not stop the rest
        failed.add(qualified);
        complaints.internal(qualified, e);
      }
    }
    planned.stream().filter(whatIf::hasLeftOut).forEach(complaints::takesLong);
    return tables;
  }

  private Optional<RelationName> tableOf(RelationName relation) {
    return memory.tableOf(relation, database::tableOf);
  }

  /** The statements that read a table or write to it, in their order. */
  private static Map<RelationName, List<PlannedStatement>> byTable(List<PlannedStatement> all) {
    Map<RelationName, List<PlannedStatement>> byTable = new HashMap<>();
    for (PlannedStatement statement : all) {
      Set<RelationName> tables = tablesRead(List.of(statement));
      statement.writes().stream().map(Write::table).forEach(tables::add);
      tables.forEach(
          table -> byTable.computeIfAbsent(table, unseen -> new ArrayList<>()).add(statement));
    }
    return byTable;
  }

  private static Set<RelationName> tablesRead(List<PlannedStatement> planned) {
    Set<RelationName> tables = new TreeSet<>();
    planned.stream()
        .flatMap(statement -> statement.parts().stream())
        .flatMap(part -> part.scans().stream())
        .map(TableScan::table)
        .forEach(tables::add);
    return tables;
  }
}
