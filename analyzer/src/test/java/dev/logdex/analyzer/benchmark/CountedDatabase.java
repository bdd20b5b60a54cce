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
import java.util.Collection;
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
  private final LongAdder catalogQuestions = new LongAdder();
  private final LongAdder catalogNanos = new LongAdder();
  private final Map<String, LongAdder> whatIfs = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> whatIfsByKind = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> whatIfNanosByKind = new ConcurrentHashMap<>();
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

  /** However many tables each is about. */
  long catalogQuestions() {
    return catalogQuestions.sum();
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

  /** By what is special about the index. */
  Map<String, Long> whatIfsByKind() {
    return sums(whatIfsByKind);
  }

  Map<String, Long> whatIfNanosByKind() {
    return sums(whatIfNanosByKind);
  }

  private static String kind(String createIndex) {
    String method = createIndex.replaceFirst("^.* USING ([a-z]+) .*$", "$1");
    return !method.equals("btree")
        ? method
        : createIndex.contains(" WHERE ")
            ? "partial"
            : createIndex.contains(" INCLUDE ")
                ? "with INCLUDE"
                : createIndex.contains("((") ? "expression" : "plain";
  }

  private static Map<String, Long> sums(Map<String, LongAdder> adders) {
    Map<String, Long> sums = new TreeMap<>();
    adders.forEach((table, adder) -> sums.put(table, adder.sum()));
    return sums;
  }

  private <T> T catalog(Supplier<T> work) {
    catalogQuestions.increment();
    return timed(catalogNanos, work);
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
    String kind = kind(createIndex);
    whatIfsByKind.computeIfAbsent(kind, unseen -> new LongAdder()).add(statements.size());
    return timed(
        whatIfNanosByKind.computeIfAbsent(kind, unseen -> new LongAdder()),
        () ->
            timed(
                whatIfNanos.computeIfAbsent(table, unseen -> new LongAdder()),
                () -> database.withIndex(createIndex, statements)));
  }

  @Override
  public Epoch epoch() {
    return catalog(database::epoch);
  }

  @Override
  public Types types() {
    return catalog(database::types);
  }

  @Override
  public Set<String> hypotheticalMethods() {
    return catalog(database::hypotheticalMethods);
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
    return catalog(() -> database.tableOf(relation));
  }

  @Override
  public Optional<RelationName> relation(String name, String searchPath) {
    return database.relation(name, searchPath);
  }

  @Override
  public Map<RelationName, Table> tables(
      Collection<RelationName> names, Map<RelationName, Table> known) {
    return catalog(() -> database.tables(names, known));
  }

  @Override
  public Table table(RelationName name) {
    return catalog(() -> database.table(name));
  }
}
