package dev.logdex.recommender.page;

import static java.util.stream.Collectors.groupingBy;

import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.RecommendationEvent;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What is known of a table, in a line.
 *
 * @param table {@code schema.name}
 * @param analysedTo end of the newest minute of the log that the analysis has
 * @param rows estimated
 * @param sizeBytes of the table without its indexes
 * @param writesPerMinute statements that write it
 * @param open recommendations that somebody may still decide or act on
 * @param savingPerMinute of the open ones, planner units
 */
public record TableFigures(
    String database,
    String table,
    Instant analysedTo,
    long rows,
    long sizeBytes,
    double scansPerMinute,
    double writesPerMinute,
    int open,
    double savingPerMinute) {

  /** Of every table that has an analysis, the largest saving first. */
  public static List<TableFigures> of(Findings findings) {
    Map<Name, List<Recommendation>> open =
        findings.recommendations().stream()
            .map(RecommendationEvent::data)
            .filter(advice -> advice.state().stands())
            .collect(groupingBy(advice -> new Name(advice.database(), advice.table())));
    return findings.tables().stream()
        .map(table -> of(table, open.getOrDefault(Name.of(table), List.of())))
        .sorted(
            Comparator.comparingDouble((TableFigures table) -> -table.savingPerMinute())
                .thenComparing(TableFigures::database)
                .thenComparing(TableFigures::table))
        .toList();
  }

  private static TableFigures of(TableSummary summary, List<Recommendation> open) {
    return new TableFigures(
        summary.table().database(),
        summary.table().qualified(),
        summary.analysedTo(),
        summary.rows(),
        summary.sizeBytes(),
        summary.scansPerMinute(),
        summary.writesPerMinute(),
        open.size(),
        open.stream().mapToDouble(Recommendation::savingPerMinute).sum());
  }

  private record Name(String database, String table) {
    static Name of(TableSummary summary) {
      return new Name(summary.table().database(), summary.table().qualified());
    }
  }
}
