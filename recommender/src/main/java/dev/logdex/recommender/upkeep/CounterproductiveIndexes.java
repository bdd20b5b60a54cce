package dev.logdex.recommender.upkeep;

import dev.logdex.analyzer.event.AnalysedStatement;
import dev.logdex.analyzer.event.ExistingIndex;
import dev.logdex.analyzer.event.Observation.CounterproductiveIndex;
import dev.logdex.analyzer.event.Scan;
import dev.logdex.analyzer.event.ScanCost;
import dev.logdex.recommender.advice.Figures;
import dev.logdex.recommender.event.Evidence;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.RecommendationKind;
import dev.logdex.recommender.event.Severity;
import dev.logdex.recommender.event.StatementGain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Finds indexes that mislead: the planner reads one in the order of an ORDER BY … LIMIT, hoping to
 * meet the wanted rows soon, and a real run threw away far more rows than it kept. Dropping one is
 * advised when no other scan needs it, and so is its replacement where one is recommended.
 */
final class CounterproductiveIndexes implements Rule {
  private static final double VERY_MANY_ROWS = 1e6;
  private static final double MANY_ROWS = 1e5;

  @Override
  public Stream<Draft> of(TableCase table) {
    Map<String, List<CounterproductiveIndex>> byIndex = new TreeMap<>();
    table.analysis().observations().stream()
        .filter(CounterproductiveIndex.class::isInstance)
        .map(CounterproductiveIndex.class::cast)
        .forEach(each -> byIndex.computeIfAbsent(each.index(), i -> new ArrayList<>()).add(each));
    return byIndex.entrySet().stream()
        .flatMap(
            entry ->
                table
                    .index(entry.getKey())
                    .filter(index -> index.valid() && TableCase.isDroppable(index))
                    .filter(index -> isDispensable(table, index, sufferers(entry.getValue())))
                    .map(index -> draft(table, index, entry.getValue()))
                    .stream());
  }

  private static Set<String> sufferers(List<CounterproductiveIndex> seen) {
    Set<String> fingerprints = new TreeSet<>();
    seen.forEach(each -> fingerprints.addAll(each.fingerprints()));
    return fingerprints;
  }

  /** Whether the scans that do not suffer from the index can do without it. */
  private static boolean isDispensable(
      TableCase table, ExistingIndex index, Set<String> sufferers) {
    List<Scan> others =
        table.readers(index.name()).stream()
            .filter(scan -> scan.statements().stream().noneMatch(sufferers::contains))
            .toList();
    return table.loseNothing(others, index.name());
  }

  private static Draft draft(
      TableCase table, ExistingIndex index, List<CounterproductiveIndex> seen) {
    double removed = seen.stream().mapToDouble(CounterproductiveIndex::rowsRemoved).max().orElse(0);
    DropIndex drop = new DropIndex(table, index);
    Optional<Recommendation> replacement = replacement(table, sufferers(seen));
    return new Draft(
        Finding.COUNTERPRODUCTIVE,
        RecommendationKind.DROP_INDEX,
        List.of(index.name()),
        severity(removed),
        WritesSaved.subject(table.analysis(), index, index.sizeBytes()),
        "it misleads an ORDER BY … LIMIT",
        reason(removed, replacement),
        List.of(drop.step()),
        drop.inverse(),
        replacement
            .map(create -> List.of("Not before the index " + create.indexName() + " is there."))
            .orElse(List.of()),
        evidence(table, index, seen, replacement));
  }

  private static Severity severity(double removed) {
    return removed >= VERY_MANY_ROWS
        ? Severity.HIGH
        : removed >= MANY_ROWS ? Severity.MEDIUM : Severity.LOW;
  }

  /** The index that is recommended for queries that suffer. */
  private static Optional<Recommendation> replacement(TableCase table, Set<String> sufferers) {
    return table.created().stream()
        .filter(
            create ->
                create.queries().stream()
                    .map(StatementGain::fingerprint)
                    .anyMatch(sufferers::contains))
        .findFirst();
  }

  private static String reason(double removed, Optional<Recommendation> replacement) {
    return "The planner reads it for the order it gives and hopes to meet the wanted rows soon; a"
        + " real run threw away "
        + Figures.count(Math.round(removed))
        + " rows in one scan. "
        + replacement
            .map(
                create ->
                    "The index "
                        + create.indexName()
                        + " (recommendation "
                        + create.id()
                        + "), which has the columns of the filter before those of the order, takes"
                        + " its place: make that one first.")
            .orElse(
                "Without it these queries find their rows by the filter and sort them; nothing else"
                    + " in the log needs it.");
  }

  private static List<Evidence> evidence(
      TableCase table,
      ExistingIndex index,
      List<CounterproductiveIndex> seen,
      Optional<Recommendation> replacement) {
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(new Evidence("definition", index.definition().sql()));
    seen.forEach(each -> evidence.add(rows(table, each)));
    for (Scan scan : table.readers(index.name())) {
      table
          .costs()
          .scan(scan.id(), index.name())
          .flatMap(Evidences::without)
          .ifPresent(evidence::add);
    }
    replacement.ifPresent(
        create ->
            evidence.add(new Evidence("replaced by", create.indexName() + " " + create.id())));
    return evidence;
  }

  private static Evidence rows(TableCase table, CounterproductiveIndex seen) {
    String query = String.join(", ", seen.fingerprints());
    double calls =
        seen.fingerprints().stream()
            .flatMap(fingerprint -> table.costs().statement(fingerprint).stream())
            .mapToDouble(AnalysedStatement::callsPerMinute)
            .sum();
    return new Evidence(
        "query " + query,
        Figures.count(Math.round(seen.rowsRemoved()))
            + " rows read and thrown away, "
            + Figures.count(Math.round(seen.rowsKept()))
            + " kept; "
            + Figures.rate(calls)
            + " calls a minute");
  }

  /** Costs in words. */
  private static final class Evidences {
    private Evidences() {}

    static Optional<Evidence> without(ScanCost cost) {
      Double without = cost.costWithout();
      return without == null
          ? Optional.empty()
          : Optional.of(
              new Evidence(
                  "scan " + cost.scan(),
                  "costs "
                      + Figures.cost(cost.cost())
                      + " by it when the hope fails, "
                      + Figures.cost(without)
                      + " without it"));
    }
  }
}
