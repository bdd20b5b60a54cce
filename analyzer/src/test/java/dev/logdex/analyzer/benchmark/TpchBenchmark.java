package dev.logdex.analyzer.benchmark;

import dev.logdex.analyzer.database.DatabaseAddress;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.analyzer.workload.WeightedSample;
import dev.logdex.analyzer.workload.WorkloadStatement;
import dev.logdex.embedded.ItParts;
import dev.logdex.normalizer.event.Fingerprint;
import dev.logdex.tpch.TpchDatabase;
import dev.logdex.tpch.TpchQuery;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Analyses TPC-H's 22 queries over its tables with primary keys and nothing else, and prints what
 * was found and what it took. Run by hand: see docs/benchmarks.md.
 */
public final class TpchBenchmark {
  private static final PrintStream OUT = System.out;
  private static final int WARM_UPS = 3;
  private static final int RUNS = 5;

  private TpchBenchmark() {}

  /**
   * Arguments: the scale (1), and the JDBC address of a database to fill, or to use again when it
   * was filled before (one of a server that ends with the benchmark).
   */
  public static void main(String[] arguments) throws SQLException {
    double scale = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 1;
    String url =
        arguments.length > 1
            ? arguments[1]
            : ItParts.postgres().superuserUrl(ItParts.postgres().createDatabase("tpch"));
    long begin = System.nanoTime();
    DatabaseAddress address = fill(url, scale, line -> OUT.println("  " + line));
    OUT.printf(Locale.ROOT, "database of scale %s: %.1f s%n", scale, secondsSince(begin));
    report(address);
  }

  private static double secondsSince(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  /** Fills a database and lets HypoPG into it. */
  static DatabaseAddress fill(String url, double scale, Consumer<String> progress)
      throws SQLException {
    TpchDatabase.fill(url, scale, progress);
    Extensions.create(url, "hypopg");
    return DatabaseAddress.parse(url);
  }

  private static void report(DatabaseAddress address) {
    List<WorkloadStatement> workload = workload();
    AnalysisRun first = AnalysisRun.of(address, workload, AnalysisRun.freshMemory());
    Map<String, String> names = new TreeMap<>();
    for (int i = 0; i < workload.size(); i++) {
      names.put(workload.get(i).fingerprint().toString(), TpchQuery.all().get(i).name());
    }
    for (TableAnalysis table : first.analysis().tables()) {
      OUT.printf(Locale.ROOT, "%n%s, %d rows%n", table.table().name(), table.facts().rows());
      OUT.print(new MatrixText(table, names).text());
    }
    tables(first);
    OUT.printf(
        Locale.ROOT,
        "%n%-22s %9s %10s %9s %10s %9s %9s%n",
        "pass",
        "plans",
        "plan s",
        "what-ifs",
        "what-if s",
        "catalog s",
        "total s");
    pass("first", first);
    for (int i = 0; i < WARM_UPS; i++) {
      pass("warming up", AnalysisRun.of(address, workload, AnalysisRun.freshMemory()));
    }
    AnalysisRun last = first;
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      AnalysisRun run = AnalysisRun.of(address, workload, AnalysisRun.freshMemory());
      pass("nothing remembered", run);
      seconds.add(run.seconds());
      last = run;
    }
    kinds(last);
    OUT.printf(Locale.ROOT, "median %.2f s%n", seconds.stream().sorted().toList().get(RUNS / 2));
  }

  private static void tables(AnalysisRun run) {
    OUT.printf(
        Locale.ROOT,
        "%n%-10s %9s %6s %11s %6s %9s %10s%n",
        "table",
        "rows",
        "scans",
        "candidates",
        "cells",
        "what-ifs",
        "what-if s");
    for (TableAnalysis table : run.analysis().tables()) {
      String quoted = table.table().qualified();
      OUT.printf(
          Locale.ROOT,
          "%-10s %9d %6d %11d %6d %9d %10.3f%n",
          table.table().name(),
          table.facts().rows(),
          table.scans().size(),
          table.candidates().size(),
          table.costs().size(),
          run.asked().whatIfs().getOrDefault(quoted, 0L),
          run.asked().whatIfNanos().getOrDefault(quoted, 0L) / 1e9);
    }
  }

  private static void kinds(AnalysisRun run) {
    OUT.printf(Locale.ROOT, "%n%-14s %9s %10s%n", "b-tree or", "what-ifs", "what-if s");
    run.asked()
        .whatIfsByKind()
        .forEach(
            (kind, whatIfs) ->
                OUT.printf(
                    Locale.ROOT,
                    "%-14s %9d %10.3f%n",
                    kind,
                    whatIfs,
                    run.asked().whatIfNanosByKind().getOrDefault(kind, 0L) / 1e9));
  }

  private static void pass(String name, AnalysisRun run) {
    OUT.printf(
        Locale.ROOT,
        "%-22s %9d %10.3f %9d %10.3f %9.3f %9.3f%n",
        name,
        run.asked().plans(),
        run.asked().planSeconds(),
        run.whatIfs(),
        run.whatIfSeconds(),
        run.asked().catalogSeconds(),
        run.seconds());
  }

  /** The queries, each called once a minute. */
  static List<WorkloadStatement> workload() {
    List<WorkloadStatement> workload = new ArrayList<>();
    for (TpchQuery query : TpchQuery.all()) {
      workload.add(
          new WorkloadStatement(
              "tpch",
              new Fingerprint(workload.size() + 1),
              query.sql(),
              1,
              1,
              1,
              1500,
              List.of(new WeightedSample(query.sql(), List.of(), 1))));
    }
    return workload;
  }
}
