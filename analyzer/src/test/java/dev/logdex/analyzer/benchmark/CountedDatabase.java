package dev.logdex.analyzer.benchmark;

import dev.logdex.analyzer.catalog.Epoch;
import dev.logdex.analyzer.catalog.RelationName;
import dev.logdex.analyzer.catalog.Table;
import dev.logdex.analyzer.catalog.Types;
import dev.logdex.analyzer.plan.Planned;
import dev.logdex.analyzer.whatif.AnalysisDatabase;
import dev.logdex.analyzer.whatif.Builds;
import dev.logdex.analyzer.whatif.CostSettings;
import dev.logdex.analyzer.whatif.Hiding;
import dev.logdex.sql.PlannableStatement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Counts and times what a database is asked. */
public final class CountedDatabase implements AnalysisDatabase {
  private final AnalysisDatabase database;
  private final LongAdder plans = new LongAdder();
  private final LongAdder planNanos = new LongAdder();
  private final LongAdder catalogNanos = new LongAdder();
  private final Map<String, LongAdder> whatIfs = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> whatIfNanos = new ConcurrentHashMap<>();

  public CountedDatabase(AnalysisDatabase database) {
    this.database = database;
  }

  /** Plans without a hypothetical index. */
  public long plans() {
    return plans.sum();
  }

  double planSeconds() {
    return planNanos.sum() / 1e9;
  }

  double catalogSeconds() {
    return catalogNanos.sum() / 1e9;
  }

  /** Plans with a hypothetical index, by the quoted name of its table. */
  public Map<String, Long> whatIfs() {
    return sums(whatIfs);
  }

  Map<String, Long> whatIfNanos() {
    return sums(whatIfNanos);
  }

  private static Map<String, Long> sums(Map<String, LongAdder> adders) {
    Map<String, Long> sums = new TreeMap<>();
    adders.forEach((table, adder) -> sums.put(table, adder.sum()));
    return sums;
  }

  private static <T> T timed(LongAdder nanos, Supplier<T> work) {
    long begin = System.nanoTime();
    try {
      return work.get();
    } finally {
      nanos.add(System.nanoTime() - begin);
    }
  }

  @Override
  public Planned today(PlannableStatement statement) {
    plans.increment();
    return timed(planNanos, () -> database.today(statement));
  }

  @Override
  public Planned withoutIndexes(PlannableStatement statement) {
    plans.increment();
    return timed(planNanos, () -> database.withoutIndexes(statement));
  }

  @Override
  public List<Hypothetical> withIndex(String createIndex, List<PlannableStatement> statements) {
    String table = createIndex.replaceFirst("^CREATE INDEX ON (.*) USING .*$", "$1");
    whatIfs.computeIfAbsent(table, unseen -> new LongAdder()).add(statements.size());
    return timed(
        whatIfNanos.computeIfAbsent(table, unseen -> new LongAdder()),
        () -> database.withIndex(createIndex, statements));
  }

  @Override
  public Epoch epoch() {
    return timed(catalogNanos, database::epoch);
  }

  @Override
  public Types types() {
    return timed(catalogNanos, database::types);
  }

  @Override
  public Set<String> hypotheticalMethods() {
    return timed(catalogNanos, database::hypotheticalMethods);
  }

  @Override
  public Optional<Builds> builds() {
    return database.builds();
  }

  @Override
  public Optional<Hiding> hiding() {
    return database.hiding();
  }

  @Override
  public CostSettings costSettings() {
    return database.costSettings();
  }

  @Override
  public Optional<RelationName> tableOf(RelationName relation) {
    return timed(catalogNanos, () -> database.tableOf(relation));
  }

  @Override
  public Optional<RelationName> relation(String name, String searchPath) {
    return database.relation(name, searchPath);
  }

  @Override
  public Table table(RelationName name) {
    return timed(catalogNanos, () -> database.table(name));
  }
}
