package dev.logdex.analyzer.benchmark;

import dev.logdex.analyzer.database.DatabaseAddress;
import dev.logdex.analyzer.whatif.WhatIfMemory;
import dev.logdex.analyzer.workload.WorkloadStatement;
import dev.logdex.embedded.ItParts;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Analyses many statements over many tables: a first pass, one with nothing new, and one with one
 * statement more. Run by hand: see docs/benchmarks.md.
 */
public final class ManyTablesBenchmark {
  private static final PrintStream OUT = System.out;
  private static final int ROWS = 5_000;

  private ManyTablesBenchmark() {}

  /** Argument: how many tables (200), with five statements each. */
  public static void main(String[] arguments) throws SQLException {
    int tables = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
    String name = ItParts.postgres().createDatabase("many");
    String url = ItParts.postgres().superuserUrl(name);
    Extensions.create(url, "hypopg");
    ManyTables.create(url, tables, ROWS);
    DatabaseAddress address = DatabaseAddress.parse(url);
    List<WorkloadStatement> workload = new ArrayList<>(ManyTables.workload(tables));
    WhatIfMemory memory = AnalysisRun.freshMemory();
    OUT.printf(Locale.ROOT, "%d statements, %d tables of %d rows%n", workload.size(), tables, ROWS);
    OUT.printf(
        Locale.ROOT,
        "%-24s %9s %9s %9s %9s %9s %9s%n",
        "pass",
        "plans",
        "plan s",
        "what-ifs",
        "what-if s",
        "catalog s",
        "total s");
    pass("first", AnalysisRun.of(address, workload, memory));
    pass("nothing new", AnalysisRun.of(address, workload, memory));
    workload.add(
        ManyTables.statement(
            workload.size() + 1, "SELECT * FROM t000 WHERE owner_id = 5 AND state = 1"));
    pass("one statement more", AnalysisRun.of(address, workload, memory));
    pass("nothing new, warm", AnalysisRun.of(address, workload, memory));
    pass("nothing remembered", AnalysisRun.of(address, workload, AnalysisRun.freshMemory()));
  }

  private static void pass(String name, AnalysisRun run) {
    OUT.printf(
        Locale.ROOT,
        "%-24s %9d %9.2f %9d %9.2f %9.2f %9.2f%n",
        name,
        run.asked().plans(),
        run.asked().planSeconds(),
        run.whatIfs(),
        run.whatIfSeconds(),
        run.asked().catalogSeconds(),
        run.seconds());
  }
}
