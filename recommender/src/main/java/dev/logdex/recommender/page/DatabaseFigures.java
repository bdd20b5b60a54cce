package dev.logdex.recommender.page;

import static java.util.stream.Collectors.groupingBy;

import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.RecommendationEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is known of a database in all.
 *
 * @param tables that have an analysis
 * @param open recommendations that somebody may still decide or act on
 * @param savingPerMinute of the open ones, planner units
 */
public record DatabaseFigures(String database, int tables, int open, double savingPerMinute) {

  /** Of every database, by name. */
  public static List<DatabaseFigures> of(Findings findings) {
    Map<String, List<TableFigures>> byDatabase =
        TableFigures.of(findings).stream().collect(groupingBy(TableFigures::database));
    Map<String, List<Recommendation>> open =
        findings.recommendations().stream()
            .map(RecommendationEvent::data)
            .filter(advice -> advice.state().stands())
            .collect(groupingBy(Recommendation::database));
    Set<String> names = new TreeSet<>(byDatabase.keySet());
    names.addAll(open.keySet());
    return names.stream()
        .map(
            name ->
                of(
                    name,
                    byDatabase.getOrDefault(name, List.of()).size(),
                    open.getOrDefault(name, List.of())))
        .toList();
  }

  private static DatabaseFigures of(String database, int tables, List<Recommendation> open) {
    return new DatabaseFigures(
        database,
        tables,
        open.size(),
        open.stream().mapToDouble(Recommendation::savingPerMinute).sum());
  }
}
