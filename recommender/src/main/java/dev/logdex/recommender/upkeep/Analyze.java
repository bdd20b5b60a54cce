package dev.logdex.recommender.upkeep;

import static java.util.Objects.requireNonNull;

import dev.logdex.analyzer.event.Observation;
import dev.logdex.analyzer.event.Observation.Misestimate;
import dev.logdex.analyzer.event.Observation.OldStatistics;
import dev.logdex.recommender.advice.Figures;
import dev.logdex.recommender.event.Evidence;
import dev.logdex.recommender.event.RecommendationKind;
import dev.logdex.recommender.event.Severity;
import dev.logdex.recommender.event.Step;
import dev.logdex.recommender.recommendation.SqlIdentifier;
import dev.logdex.recommender.usage.TableFigures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Finds tables whose statistics are old, or mislead where only one column is concerned. Where they
 * mislead although they are fresh, the column gets more of them.
 */
final class Analyze implements Rule {
  private static final String LOCK =
      "SHARE UPDATE EXCLUSIVE: reads and writes go on; other DDL and VACUUM of the table wait";

  /** Ten times the default (default_statistics_target). */
  private static final int TARGET = 1000;

  @Override
  public Stream<Draft> of(TableCase table) {
    List<Observation> seen = table.analysis().observations();
    List<Misestimate> misestimates =
        seen.stream()
            .filter(Misestimate.class::isInstance)
            .map(Misestimate.class::cast)
            .filter(each -> each.columns().size() == 1)
            .toList();
    boolean old =
        seen.stream().anyMatch(OldStatistics.class::isInstance) && isOldInProduction(table);
    return old || !misestimates.isEmpty()
        ? Stream.of(draft(table, old, misestimates))
        : Stream.empty();
  }

  private static boolean isOldInProduction(TableCase table) {
    return production(table)
        .map(
            analysed ->
                analysed.isBefore(
                    table.analysis().analysedTo().minus(table.policy().statisticsMaxAge())))
        .orElse(true);
  }

  private static Optional<Instant> production(TableCase table) {
    return table
        .usage()
        .primary(table.database())
        .flatMap(reading -> reading.table(table.schema(), table.analysis().table().name()))
        .map(TableFigures::analysedAt)
        .filter(Objects::nonNull);
  }

  private static Draft draft(TableCase table, boolean old, List<Misestimate> misestimates) {
    boolean fresh = !old && analysedAt(table).isPresent();
    Set<String> columns = new TreeSet<>();
    misestimates.forEach(each -> columns.addAll(each.columns()));
    List<Step> steps = new ArrayList<>();
    if (fresh) {
      columns.forEach(column -> steps.add(target(table, column, Integer.toString(TARGET))));
    }
    steps.add(new Step("ANALYZE " + table.tableSql(), true, LOCK));
    return new Draft(
        Finding.STATISTICS,
        RecommendationKind.ANALYZE,
        List.of(),
        misestimates.isEmpty() ? Severity.LOW : Severity.MEDIUM,
        Draft.Subject.TABLE,
        misestimates.isEmpty() ? "its statistics are old" : "estimates of its rows are far off",
        reason(old, fresh),
        steps,
        steps.size() == 2 ? target(table, columns.iterator().next(), "-1").sql() : "",
        limits(table),
        evidence(table, misestimates));
  }

  private static Step target(TableCase table, String column, String target) {
    return new Step(
        "ALTER TABLE "
            + table.tableSql()
            + " ALTER COLUMN "
            + SqlIdentifier.quoted(column)
            + " SET STATISTICS "
            + target,
        true,
        LOCK);
  }

  private static String reason(boolean old, boolean fresh) {
    return "Plans are chosen by what ANALYZE has found in the table. "
        + (old
            ? "That is old, so the table may have become another one since."
            : fresh
                ? "That is fresh and still misleads, so the columns concerned get more detailed"
                    + " statistics."
                : "When that was is not known.");
  }

  private static Optional<Instant> analysedAt(TableCase table) {
    return production(table).or(() -> Optional.ofNullable(table.analysis().facts().analysedAt()));
  }

  private static List<String> limits(TableCase table) {
    return production(table).isPresent()
        ? List.of()
        : List.of(
            "Seen on the analysis database: where statistics of production are not copied with the"
                + " data, ANALYZE that one, too.");
  }

  private static List<Evidence> evidence(TableCase table, List<Misestimate> misestimates) {
    List<Evidence> evidence = new ArrayList<>();
    analysedAt(table)
        .ifPresent(analysed -> evidence.add(new Evidence("last analyzed", analysed.toString())));
    misestimates.forEach(each -> evidence.add(rows(each)));
    return evidence;
  }

  /** Expected and real rows of the query that was observed. */
  static Evidence rows(Misestimate seen) {
    return new Evidence(
        "query " + Fingerprints.text(requireNonNull(seen.fingerprints())),
        Figures.count(Math.round(seen.estimatedRows()))
            + " rows expected, "
            + Figures.count(Math.round(seen.actualRows()))
            + " came, by conditions on "
            + String.join(", ", seen.columns()));
  }
}
