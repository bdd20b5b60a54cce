package dev.logdex.recommender.upkeep;

import dev.logdex.analyzer.event.Observation.LowVisibility;
import dev.logdex.recommender.advice.Figures;
import dev.logdex.recommender.event.Evidence;
import dev.logdex.recommender.event.RecommendationKind;
import dev.logdex.recommender.event.Severity;
import dev.logdex.recommender.event.Step;
import dev.logdex.recommender.usage.TableFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds tables whose index-only scans have to visit the table, since VACUUM has marked too few of
 * its pages as all visible. What production says of them goes before what the copy says.
 */
final class Vacuum implements Rule {
  private static final double VERY_LOW = 0.5;

  private static final String LOCK =
      "SHARE UPDATE EXCLUSIVE: reads and writes go on; other DDL and ANALYZE of the table wait";

  @Override
  public Stream<Draft> of(TableCase table) {
    return table.analysis().observations().stream()
        .filter(LowVisibility.class::isInstance)
        .map(LowVisibility.class::cast)
        .limit(1)
        .filter(seen -> production(table).orElse(0.0) < table.policy().lowVisibility())
        .map(seen -> draft(table, seen));
  }

  private static Optional<Double> production(TableCase table) {
    return table
        .usage()
        .primary(table.database())
        .flatMap(reading -> reading.table(table.schema(), table.analysis().table().name()))
        .map(TableFigures::allVisibleFraction)
        .filter(Objects::nonNull);
  }

  private static Draft draft(TableCase table, LowVisibility seen) {
    Optional<Double> production = production(table);
    double visible = production.orElse(seen.allVisibleFraction());
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(new Evidence("all-visible pages", Figures.percent(visible)));
    evidence.add(
        new Evidence("read from", production.isPresent() ? "production" : "the analysis database"));
    evidence.add(new Evidence("queries", Fingerprints.text(seen.fingerprints())));
    return new Draft(
        Finding.VISIBILITY,
        RecommendationKind.VACUUM,
        List.of(),
        production.isEmpty() ? Severity.INFO : visible < VERY_LOW ? Severity.MEDIUM : Severity.LOW,
        Draft.Subject.TABLE,
        "its index-only scans have to visit the table",
        "An index-only scan looks into the table for every row on a page that is not known to be all"
            + " visible, and "
            + Figures.percent(1 - visible)
            + " of the pages are not. When it comes back soon, let autovacuum come earlier:"
            + " autovacuum_vacuum_scale_factor and autovacuum_vacuum_insert_scale_factor of the"
            + " table.",
        List.of(new Step("VACUUM " + table.tableSql(), false, LOCK)),
        "",
        production.isPresent()
            ? List.of()
            : List.of(
                "Seen on the analysis database: where that is a restored dump, it is the copy that"
                    + " wants VACUUM, and production may be well."),
        evidence);
  }
}
