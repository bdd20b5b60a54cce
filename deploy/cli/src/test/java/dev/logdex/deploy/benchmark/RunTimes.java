package dev.logdex.deploy.benchmark;

import dev.logdex.deploy.benchmark.MeasuredDatabase.Question;
import dev.logdex.tpch.TpchQuery;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Run times of queries: of each plan once, and again when one seems to be slower with a set. */
final class RunTimes {
  private static final int RUNS = 3;

  /** A query this slow is run once after the warm-up: whatever disturbs it is little of it. */
  private static final double SLOW_MS = 10_000;

  private final MeasuredDatabase database;
  private final long timeoutMs;
  private final Map<String, Timing> ofPlans = new HashMap<>();

  /**
   * @param timeoutMs after which a run is given up
   */
  RunTimes(MeasuredDatabase database, long timeoutMs) {
    this.database = database;
    this.timeoutMs = timeoutMs;
  }

  /** Every query without and with a set, which has been built. */
  List<QueryFigures> of(IndexSet set) throws SQLException {
    List<QueryFigures> figures = new ArrayList<>();
    for (TpchQuery query : TpchQuery.all()) {
      QueryFigures first = of(query, set);
      figures.add(first.isSlower() ? again(first, query, set) : first);
    }
    return figures;
  }

  private QueryFigures of(TpchQuery query, IndexSet set) throws SQLException {
    String sql = query.sql();
    String planBefore = database.without(set, () -> database.shape(sql));
    String planAfter = database.shape(sql);
    return new QueryFigures(
        query.name(),
        database.without(set, () -> database.cost(sql)),
        database.cost(sql),
        planBefore.equals(planAfter),
        time(planBefore, () -> database.without(set, () -> run(query))),
        time(planAfter, () -> run(query)));
  }

  private Timing time(String plan, Question<Timing> run) throws SQLException {
    Timing known = ofPlans.get(plan);
    if (known == null) {
      known = measured(run);
      ofPlans.put(plan, known);
    }
    return known;
  }

  private static Timing measured(Question<Timing> run) throws SQLException {
    Timing warmUp = run.ask();
    if (warmUp.cut()) {
      return warmUp;
    }
    List<Timing> runs = new ArrayList<>();
    do {
      runs.add(run.ask());
    } while (warmUp.ms() < SLOW_MS && runs.size() < RUNS);
    return Timing.median(runs);
  }

  /** In turns, so that a machine that is busy for a while does not decide. */
  private QueryFigures again(QueryFigures first, TpchQuery query, IndexSet set)
      throws SQLException {
    List<Timing> before = new ArrayList<>();
    List<Timing> after = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      before.add(database.without(set, () -> run(query)));
      after.add(run(query));
    }
    return new QueryFigures(
        first.query(),
        first.costBefore(),
        first.costAfter(),
        false,
        Timing.median(before),
        Timing.median(after));
  }

  private Timing run(TpchQuery query) throws SQLException {
    return database.run(query.sql(), timeoutMs);
  }
}
