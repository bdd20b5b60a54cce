package dev.logdex.recommender.whynot;

import static java.util.Objects.requireNonNull;

import dev.logdex.analyzer.event.AnalysedStatement;
import dev.logdex.analyzer.event.Candidate;
import dev.logdex.analyzer.event.Scan;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.analyzer.event.UnplannedStatements;
import dev.logdex.recommender.advice.Figures;
import dev.logdex.recommender.recommendation.TableAdvice;
import dev.logdex.recommender.selection.Costs;
import dev.logdex.recommender.selection.Declined;
import dev.logdex.recommender.selection.ScanOutcome;
import dev.logdex.recommender.selection.Thresholds;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** Tells of every statement of an analysis that gains nothing why that is so. */
public final class Verdicts {
  private final Thresholds thresholds;

  public Verdicts(Thresholds thresholds) {
    this.thresholds = requireNonNull(thresholds, "thresholds");
  }

  public List<Verdict> of(UnplannedStatements unplanned) {
    return unplanned.statements().stream()
        .map(
            statement ->
                new Verdict(
                    new WhyNot(
                        unplanned.database(),
                        statement.fingerprint(),
                        statement.text(),
                        statement.calls(),
                        WhyNotReason.of(statement.reason()),
                        statement.detail()),
                    unplanned.analysedTo(),
                    0))
        .toList();
  }

  public List<Verdict> of(TableAnalysis analysis, TableAdvice advice) {
    Costs costs = new Costs(analysis);
    Map<String, Scan> dearest = dearestScans(analysis);
    return analysis.statements().stream()
        .filter(statement -> !advice.gaining().contains(statement.fingerprint()))
        .map(
            statement ->
                verdict(
                    statement,
                    Optional.ofNullable(dearest.get(statement.fingerprint())),
                    analysis,
                    advice,
                    costs))
        .toList();
  }

  private static Map<String, Scan> dearestScans(TableAnalysis analysis) {
    Map<String, Scan> dearest = new HashMap<>();
    BinaryOperator<Scan> dearer =
        BinaryOperator.maxBy(
            Comparator.comparingDouble(Scan::baselineCost).thenComparing(Scan::id));
    for (Scan scan : analysis.scans()) {
      scan.statements().forEach(fingerprint -> dearest.merge(fingerprint, scan, dearer));
    }
    return dearest;
  }

  private Verdict verdict(
      AnalysedStatement statement,
      Optional<Scan> dearest,
      TableAnalysis analysis,
      TableAdvice advice,
      Costs costs) {
    ScanOutcome outcome =
        dearest
            .map(scan -> advice.selection().outcomes().get(scan.id()))
            .orElse(ScanOutcome.NO_INDEXABLE_CLAUSE);
    Explanation explanation =
        outcome == ScanOutcome.DECLINED
            ? declined(dearest, analysis, advice, costs)
            : explain(outcome, dearest, analysis, costs);
    return new Verdict(
        new WhyNot(
            analysis.table().database(),
            statement.fingerprint(),
            statement.text(),
            statement.calls(),
            explanation.reason(),
            explanation.sentence()),
        analysis.analysedTo(),
        dearest.map(Scan::baselineCost).orElse(0.0));
  }

  private Explanation explain(
      ScanOutcome outcome, Optional<Scan> scan, TableAnalysis analysis, Costs costs) {
    String table = analysis.table().qualified();
    return switch (outcome) {
      case SMALL_TABLE ->
          new Explanation(
              WhyNotReason.SMALL_TABLE,
              table
                  + " has about "
                  + Figures.counted(analysis.facts().rows(), "row", "rows")
                  + "; a table under "
                  + Figures.count(thresholds.minTableRows())
                  + " gets no index.");
      case ALREADY_INDEXED ->
          new Explanation(WhyNotReason.ALREADY_INDEXED, alreadyIndexed(table, scan));
      case NO_INDEXABLE_CLAUSE ->
          new Explanation(
              WhyNotReason.NO_INDEXABLE_CLAUSE,
              "It reads " + table + " by no condition or order that an index could serve.");
      case IMPROVEMENT_TOO_SMALL ->
          new Explanation(
              WhyNotReason.IMPROVEMENT_TOO_SMALL, tooSmall(table, scan, analysis, costs));
      case COVERED, DECLINED ->
          new Explanation(
              WhyNotReason.IMPROVEMENT_TOO_SMALL,
              "A recommended index serves the way it reads "
                  + table
                  + ", but makes the whole statement no cheaper.");
    };
  }

  /** Of the indexes that would help the scan, the one that would save most. */
  private static Explanation declined(
      Optional<Scan> scan, TableAnalysis analysis, TableAdvice advice, Costs costs) {
    return advice.selection().declined().stream()
        .filter(
            declined -> scan.flatMap(found -> costs.scan(found.id(), declined.index())).isPresent())
        .max(Comparator.comparingDouble(Declined::saving).thenComparing(Declined::index))
        .map(
            declined ->
                new Explanation(
                    WhyNotReason.INDEX_NOT_CHOSEN,
                    DeclinedText.of(analysis.table().qualified(), declined)))
        .orElseGet(
            () ->
                new Explanation(
                    WhyNotReason.INDEX_NOT_CHOSEN,
                    "An index on "
                        + analysis.table().qualified()
                        + " would help, but was declined."));
  }

  private static String alreadyIndexed(String table, Optional<Scan> scan) {
    String used = scan.map(Scan::indexUsed).orElse(null);
    return used == null
        ? "An index of " + table + " already leads with what would help it, used or not."
        : "It reads " + table + " through the index " + used + ", and no other is enough better.";
  }

  private String tooSmall(String table, Optional<Scan> scan, TableAnalysis analysis, Costs costs) {
    double best = scan.map(found -> bestShare(found, analysis, costs)).orElse(0.0);
    if (best == 0) {
      return "With every index tried for " + table + " Postgres would still read it as it does.";
    }
    if (best >= thresholds.minImprovement() && restsOnCache(scan.orElseThrow(), analysis, costs)) {
      return "An index would make reading "
          + table
          + " cheaper only as long as most pages that the statement reads are cached; else Postgres"
          + " would not use it.";
    }
    return best < thresholds.minImprovement()
        ? "The best index tried would make reading "
            + table
            + " cheaper by "
            + Figures.percent(best)
            + "; at least "
            + Figures.percent(thresholds.minImprovement())
            + " is asked for."
        : "An index would make reading "
            + table
            + " cheaper by "
            + Figures.percent(best)
            + ", but the whole statement by less than the "
            + Figures.percent(thresholds.minStatementImprovement())
            + " asked for.";
  }

  /** Whether an index that would save enough of the scan is one whose gain is not believed. */
  private boolean restsOnCache(Scan scan, TableAnalysis analysis, Costs costs) {
    return analysis.statementCosts().stream()
        .filter(cost -> cost.needsCache() && scan.statements().contains(cost.fingerprint()))
        .flatMap(cost -> costs.scan(scan.id(), cost.index()).stream())
        .anyMatch(
            cell -> Costs.share(scan.baselineCost(), cell.cost()) >= thresholds.minImprovement());
  }

  private static double bestShare(Scan scan, TableAnalysis analysis, Costs costs) {
    return analysis.candidates().stream()
        .map(Candidate::id)
        .flatMap(index -> costs.scan(scan.id(), index).stream())
        .mapToDouble(cost -> Costs.share(scan.baselineCost(), cost.cost()))
        .max()
        .orElse(0);
  }

  private record Explanation(WhyNotReason reason, String sentence) {}
}
