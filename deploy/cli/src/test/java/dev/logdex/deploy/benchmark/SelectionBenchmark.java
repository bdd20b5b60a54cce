package dev.logdex.deploy.benchmark;

import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.embedded.ItParts;
import dev.logdex.runtime.EventJson;
import dev.logdex.tpch.TpchDatabase;
import dev.logdex.tpch.TpchQuery;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Builds what is recommended for TPC-H's queries under several storage budgets and compares the
 * queries with and without it: what the planner thinks, and how long they really run. Run by hand:
 * see docs/benchmarks.md.
 */
public final class SelectionBenchmark {
  private static final PrintStream OUT = System.out;
  private static final long TIMEOUT_MS = 1000 * Long.getLong("timeout.seconds", 120);
  private static final List<Long> BUDGETS_MB = List.of(100L, 300L, 1000L);
  private static final String JSON = "--json";

  private SelectionBenchmark() {}

  /**
   * Arguments: the scale (1), and the JDBC address of a database to fill, or to use again when it
   * was filled before, as a superuser; {@code --json} anywhere for JSON on standard output.
   */
  public static void main(String[] arguments) throws SQLException {
    List<String> given = new ArrayList<>(Arrays.asList(arguments));
    boolean json = given.remove(JSON);
    double scale = given.isEmpty() ? 1 : Double.parseDouble(given.get(0));
    String url =
        given.size() > 1
            ? given.get(1)
            : ItParts.postgres().superuserUrl(ItParts.postgres().createDatabase("selection"));
    fill(url, scale);
    List<TableAnalysis> tables = TpchAnalysis.of(url);
    try (MeasuredDatabase database = MeasuredDatabase.open(url)) {
      List<SupposedFigures> supposed = supposed(database, sets(tables, scale));
      List<SetFigures> measured = measured(database, recommended(tables, scale));
      if (json) {
        OUT.println(
            EventJson.line(Map.of("scale", scale, "supposed", supposed, "measured", measured)));
      } else {
        SelectionText.of(supposed, measured).forEach(OUT::println);
      }
    }
  }

  /** Fills a database and makes the sessions of it compare. */
  static void fill(String url, double scale) throws SQLException {
    TpchDatabase.fill(url, scale, line -> System.err.println("  " + line));
    MeasuredDatabase.prepare(url);
  }

  /** What is recommended, tightest budget first; budgets shrink with the scale. */
  static List<IndexSet> recommended(List<TableAnalysis> tables, double scale) {
    List<IndexSet> sets = new ArrayList<>();
    for (long megabytes : BUDGETS_MB) {
      sets.add(
          new IndexSet(
              "recommended, " + name(megabytes, scale),
              Recommended.within(bytes(megabytes, scale), tables)));
    }
    sets.add(new IndexSet("recommended", Recommended.within(Long.MAX_VALUE, tables)));
    return sets;
  }

  private static List<IndexSet> sets(List<TableAnalysis> tables, double scale) {
    List<IndexSet> sets = recommended(tables, scale);
    Peers peers = new Peers(tables);
    for (long megabytes : BUDGETS_MB) {
      sets.add(
          new IndexSet(
              "greedy per byte, " + name(megabytes, scale),
              peers.greedyPerByte(bytes(megabytes, scale))));
    }
    sets.add(new IndexSet("greedy per byte", peers.greedyPerByte(Long.MAX_VALUE)));
    sets.add(new IndexSet("every index that helps", peers.everyHelping()));
    return sets;
  }

  private static String name(long megabytes, double scale) {
    return String.format(Locale.ROOT, "%.0f MB", megabytes * scale);
  }

  private static long bytes(long megabytes, double scale) {
    return Math.round(megabytes * scale * 1_000_000);
  }

  private static List<SupposedFigures> supposed(MeasuredDatabase database, List<IndexSet> sets)
      throws SQLException {
    List<SupposedFigures> figures = new ArrayList<>();
    figures.add(supposed(database, IndexSet.NONE));
    for (IndexSet set : sets) {
      figures.add(supposed(database, set));
    }
    return figures;
  }

  private static SupposedFigures supposed(MeasuredDatabase database, IndexSet set)
      throws SQLException {
    database.suppose(set);
    double cost = 0;
    for (TpchQuery query : TpchQuery.all()) {
      cost += database.cost(query.sql());
    }
    database.forget();
    return new SupposedFigures(set, cost);
  }

  /** Of sets that are equal only the first is built. */
  private static List<SetFigures> measured(MeasuredDatabase database, List<IndexSet> sets)
      throws SQLException {
    RunTimes times = new RunTimes(database, TIMEOUT_MS);
    Map<Set<PlannedIndex>, SetFigures> built = new HashMap<>();
    List<SetFigures> figures = new ArrayList<>();
    for (IndexSet set : sets) {
      SetFigures known = built.get(Set.copyOf(set.indexes()));
      SetFigures now =
          known == null
              ? measured(database, set, times)
              : new SetFigures(set, known.sizeBytes(), known.buildSeconds(), known.queries());
      built.put(Set.copyOf(set.indexes()), now);
      figures.add(now);
    }
    return figures;
  }

  private static SetFigures measured(MeasuredDatabase database, IndexSet set, RunTimes times)
      throws SQLException {
    System.err.println("  " + set.name());
    long begin = System.nanoTime();
    database.build(set);
    double seconds = (System.nanoTime() - begin) / 1e9;
    try {
      return new SetFigures(set, database.sizeBytes(set), seconds, times.of(set));
    } finally {
      database.drop(set);
    }
  }
}
