package dev.logdex.recommender;

import dev.logdex.analyzer.event.AnalysedStatement;
import dev.logdex.analyzer.event.Candidate;
import dev.logdex.analyzer.event.ExistingIndex;
import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.IndexElement;
import dev.logdex.analyzer.event.Observation;
import dev.logdex.analyzer.event.Scan;
import dev.logdex.analyzer.event.ScanCost;
import dev.logdex.analyzer.event.StatementCost;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.analyzer.event.TableFacts;
import dev.logdex.analyzer.event.TableName;
import dev.logdex.analyzer.event.WriteRates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes table analyses for tests in a few words. Every statement has one scan of its own. */
public final class AnalysisBuilder {
  private final TableName table;
  private Instant analysedTo = Instant.parse("2026-01-02T03:04:00Z");
  private TableFacts facts = new TableFacts(1_000_000, 120_000_000, 100);
  private final List<AnalysedStatement> statements = new ArrayList<>();
  private final List<Scan> scans = new ArrayList<>();
  private final List<Candidate> candidates = new ArrayList<>();
  private final List<ExistingIndex> existing = new ArrayList<>();
  private final List<ScanCost> costs = new ArrayList<>();
  private final List<StatementCost> statementCosts = new ArrayList<>();
  private final List<Observation> observations = new ArrayList<>();

  private WriteRates writes = new WriteRates(12, 3.5, 0);

  private AnalysisBuilder(TableName table) {
    this.table = table;
  }

  public static AnalysisBuilder table(String name) {
    return new AnalysisBuilder(new TableName("shop", "public", name));
  }

  public static AnalysisBuilder table(String database, String schema, String name) {
    return new AnalysisBuilder(new TableName(database, schema, name));
  }

  public AnalysisBuilder at(String instant) {
    analysedTo = Instant.parse(instant);
    return this;
  }

  public AnalysisBuilder rows(long rows) {
    facts = new TableFacts(rows, facts.sizeBytes(), facts.rowBytes());
    return this;
  }

  public AnalysisBuilder writes(WriteRates rates) {
    writes = rates;
    return this;
  }

  /** A statement {@code q} with the one scan {@code S-q}: both cost {@code cost} today. */
  public AnalysisBuilder query(String q, String clause, double callsPerMinute, double cost) {
    return query(q, clause, callsPerMinute, cost, cost, null);
  }

  /** The same, its statement dearer than its scan, today read through an index or none. */
  public AnalysisBuilder query(
      String q,
      String clause,
      double callsPerMinute,
      double scanCost,
      double statementCost,
      String indexUsed) {
    statements.add(
        new AnalysedStatement(
            fingerprint(q),
            "SELECT * FROM " + table.name() + " WHERE " + clause,
            Math.round(callsPerMinute * 60),
            callsPerMinute,
            12.5,
            statementCost));
    scans.add(
        new Scan(
            "S-" + q,
            clause.isEmpty() ? List.of() : List.of(clause),
            List.of(),
            List.of(),
            false,
            callsPerMinute,
            10,
            scanCost,
            indexUsed,
            List.of(fingerprint(q))));
    return this;
  }

  /** A candidate on these columns; its id is their list: {@code a, b}. */
  public AnalysisBuilder candidate(String... columns) {
    return candidate(btree(columns));
  }

  public AnalysisBuilder candidate(IndexDefinition definition) {
    candidates.add(
        new Candidate(
            id(definition),
            definition,
            "The columns are compared for equality.",
            22_500_000,
            8 + 4.0 * definition.elements().size(),
            definition.where() == null ? 1 : 0.1));
    return this;
  }

  /** The query's scan and statement cost {@code cost} under the candidate with that id. */
  public AnalysisBuilder cell(String q, String candidate, double cost) {
    Scan scan = scans.stream().filter(s -> s.id().equals("S-" + q)).findFirst().orElseThrow();
    double rest =
        statements.stream()
                .filter(s -> s.fingerprint().equals(fingerprint(q)))
                .findFirst()
                .orElseThrow()
                .baselineCost()
            - scan.baselineCost();
    costs.add(new ScanCost("S-" + q, candidate, cost, false));
    statementCosts.add(new StatementCost(fingerprint(q), candidate, cost + rest));
    return this;
  }

  /** The same, where the planner would not use the candidate if hardly a page were cached. */
  public AnalysisBuilder cachedCell(String q, String candidate, double cost) {
    cell(q, candidate, cost);
    statementCosts.add(statementCosts.remove(statementCosts.size() - 1).restingOnCache());
    return this;
  }

  /** A bet on early abort: the judged cost of the scan, and nothing for the statement. */
  public AnalysisBuilder hopefulCell(String q, String candidate, double judgedCost) {
    cell(q, candidate, judgedCost);
    costs.remove(costs.size() - 1);
    costs.add(new ScanCost("S-" + q, candidate, judgedCost, true));
    return this;
  }

  public AnalysisBuilder existing(String name, IndexDefinition definition) {
    return existing(name, definition, true);
  }

  public AnalysisBuilder existing(String name, IndexDefinition definition, boolean valid) {
    existing.add(
        new ExistingIndex(
            name,
            definition,
            "CREATE INDEX " + name + " ON " + table.qualified() + " " + definition.sql(),
            false,
            false,
            valid,
            1_000_000));
    return this;
  }

  public AnalysisBuilder existing(ExistingIndex index) {
    existing.add(index);
    return this;
  }

  public AnalysisBuilder facts(TableFacts tableFacts) {
    facts = tableFacts;
    return this;
  }

  public AnalysisBuilder observed(Observation observation) {
    observations.add(observation);
    return this;
  }

  /** The query's scan costs {@code cost} by that index, which it reads today, or without it. */
  public AnalysisBuilder reads(String q, String index, double cost, Double costWithout) {
    costs.add(new ScanCost("S-" + q, index, cost, false, costWithout));
    return this;
  }

  public TableAnalysis build() {
    return new TableAnalysis(
        TableAnalysis.VERSION,
        table,
        analysedTo,
        facts,
        writes,
        statements,
        scans,
        candidates,
        existing,
        costs,
        statementCosts,
        List.of(),
        observations);
  }

  public static IndexDefinition btree(String... columns) {
    return new IndexDefinition(
        "btree", Arrays.stream(columns).map(IndexElement::ascending).toList(), List.of(), null);
  }

  public static String id(IndexDefinition definition) {
    String sql = definition.sql();
    return sql.replaceFirst("^USING btree \\(([^()]*)\\)$", "$1");
  }

  /** Sixteen digits made of a short name. */
  public static String fingerprint(String q) {
    return String.format("%16s", Integer.toHexString(q.hashCode())).replace(' ', '0');
  }
}
