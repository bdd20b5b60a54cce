package dev.logdex.deploy.benchmark;

import static java.util.stream.Collectors.joining;

import dev.logdex.analyzer.event.AnalysedStatement;
import dev.logdex.analyzer.event.Candidate;
import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.IndexElement;
import dev.logdex.analyzer.event.Scan;
import dev.logdex.analyzer.event.ScanCost;
import dev.logdex.analyzer.event.StatementCost;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.analyzer.event.TableFacts;
import dev.logdex.analyzer.event.TableName;
import dev.logdex.analyzer.event.WriteRates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Analyses of tables as an application might have them, made from a seed: scans ask for one to
 * three columns by equality, few columns are asked for often and many seldom, and an index helps a
 * scan by as many columns as it has of the scan's in front.
 */
final class RandomAnalyses {
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");
  private static final double COST_OF_LOOKUP = 8.3;

  private final Random random;
  private final String table;
  private final int columns;
  private final long rows;
  private final double tableCost;
  private final List<Integer> distinct;
  private final List<AnalysedStatement> statements = new ArrayList<>();
  private final List<Scan> scans = new ArrayList<>();
  private final List<Set<Integer>> asked = new ArrayList<>();
  private final List<Candidate> candidates = new ArrayList<>();
  private final List<ScanCost> costs = new ArrayList<>();
  private final List<StatementCost> statementCosts = new ArrayList<>();

  private RandomAnalyses(int seed, int columns) {
    random = new Random(seed);
    table = String.format(Locale.ROOT, "table_%05d", seed);
    this.columns = columns;
    rows = 10_000L << random.nextInt(10);
    tableCost = rows / 40.0;
    distinct = IntStream.range(0, columns).mapToObj(i -> 2 << random.nextInt(18)).toList();
  }

  /**
   * One table.
   *
   * @param seed of everything, the table's name too
   */
  static TableAnalysis of(int seed, int scans, int candidates) {
    RandomAnalyses made = new RandomAnalyses(seed, Math.max(12, scans / 5));
    IntStream.range(0, scans).forEach(made::addScan);
    Set<List<Integer>> keys = new LinkedHashSet<>();
    while (keys.size() < candidates) {
      keys.add(made.key());
    }
    keys.forEach(made::addCandidate);
    return made.analysis();
  }

  private void addScan(int number) {
    Set<Integer> columnsAsked = new LinkedHashSet<>();
    int count = 1 + random.nextInt(3);
    while (columnsAsked.size() < count) {
      columnsAsked.add(column());
    }
    asked.add(columnsAsked);
    List<String> clauses = columnsAsked.stream().map(each -> name(each) + " = $1").toList();
    String fingerprint = String.format(Locale.ROOT, "%08x%08x", table.hashCode(), number);
    double callsPerMinute = Math.exp(6 * random.nextDouble());
    double rest = random.nextInt(4) == 0 ? tableCost * random.nextDouble() : 10;
    statements.add(
        new AnalysedStatement(
            fingerprint,
            text(clauses),
            Math.round(callsPerMinute * 1440),
            callsPerMinute,
            tableCost / 100,
            tableCost + rest));
    scans.add(
        new Scan(
            "S" + number,
            clauses,
            List.of(),
            List.of(),
            false,
            callsPerMinute,
            10,
            tableCost,
            null,
            List.of(fingerprint)));
  }

  private String text(List<String> clauses) {
    return IntStream.range(0, columns)
        .mapToObj(RandomAnalyses::name)
        .limit(20)
        .collect(joining(", ", "SELECT ", " FROM " + table + " WHERE "))
        .concat(String.join(" AND ", clauses));
  }

  private static String name(int column) {
    return "column_" + column;
  }

  /** The first ones most often. */
  private int column() {
    return (int) (columns * random.nextDouble() * random.nextDouble());
  }

  /** Of the columns that a scan asks for, in some order, as an analyzer proposes. */
  private List<Integer> key() {
    List<Integer> of = new ArrayList<>(asked.get(random.nextInt(asked.size())));
    if (random.nextInt(3) == 0) {
      of.add(column());
    }
    Collections.shuffle(of, random);
    return of.stream().distinct().limit(1 + random.nextInt(of.size())).toList();
  }

  private void addCandidate(List<Integer> key) {
    IndexDefinition definition =
        new IndexDefinition(
            "btree",
            key.stream().map(column -> IndexElement.ascending(name(column))).toList(),
            List.of(),
            null);
    String id = definition.sql();
    candidates.add(
        new Candidate(
            id,
            definition,
            "The columns are compared for equality.",
            rows * (12 + 4L * key.size()),
            8 + 4.0 * key.size(),
            1));
    for (int scan = 0; scan < scans.size(); scan++) {
      addCell(scan, id, key);
    }
  }

  private void addCell(int number, String index, List<Integer> key) {
    double selectivity = 1;
    for (int column : key) {
      if (!asked.get(number).contains(column)) {
        break;
      }
      selectivity /= distinct.get(column);
    }
    double cost = COST_OF_LOOKUP + rows * selectivity;
    if (cost < tableCost) {
      Scan scan = scans.get(number);
      AnalysedStatement statement = statements.get(number);
      costs.add(new ScanCost(scan.id(), index, cost, false));
      statementCosts.add(
          new StatementCost(
              statement.fingerprint(), index, statement.baselineCost() - tableCost + cost));
    }
  }

  private TableAnalysis analysis() {
    return new TableAnalysis(
        TableAnalysis.VERSION,
        new TableName("random", "public", table),
        TIME,
        new TableFacts(rows, rows * 100, 100),
        new WriteRates(random.nextInt(100), random.nextInt(20), 0),
        statements,
        scans,
        candidates,
        List.of(),
        costs,
        statementCosts);
  }
}
