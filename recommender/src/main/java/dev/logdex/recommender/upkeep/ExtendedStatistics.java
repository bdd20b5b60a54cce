package dev.logdex.recommender.upkeep;

import static java.util.stream.Collectors.joining;

import dev.logdex.analyzer.event.Observation.Misestimate;
import dev.logdex.recommender.event.Evidence;
import dev.logdex.recommender.event.RecommendationKind;
import dev.logdex.recommender.event.Severity;
import dev.logdex.recommender.event.Step;
import dev.logdex.recommender.event.WriteCosts;
import dev.logdex.recommender.recommendation.RecommendationId;
import dev.logdex.recommender.recommendation.SqlIdentifier;
import dev.logdex.recommender.recommendation.StatisticsName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Finds columns that conditions name together and whose estimate is far off: the planner multiplies
 * their selectivities as if they had nothing to do with each other, unless CREATE STATISTICS tells
 * it. Conditions on an expression get statistics of that expression.
 */
final class ExtendedStatistics implements Rule {
  /** STATS_MAX_DIMENSIONS of Postgres. */
  private static final int MOST_COLUMNS = 8;

  private static final String LOCK =
      "SHARE UPDATE EXCLUSIVE: reads and writes go on; other DDL and VACUUM of the table wait";

  @Override
  public Stream<Draft> of(TableCase table) {
    Map<List<String>, List<Misestimate>> byKeys = new TreeMap<>(ExtendedStatistics::compare);
    table.analysis().observations().stream()
        .filter(Misestimate.class::isInstance)
        .map(Misestimate.class::cast)
        .forEach(
            seen -> {
              List<String> keys = keys(table, seen);
              if (!keys.isEmpty()) {
                byKeys.computeIfAbsent(keys, each -> new ArrayList<>()).add(seen);
              }
            });
    return byKeys.entrySet().stream().map(entry -> draft(table, entry.getKey(), entry.getValue()));
  }

  private static int compare(List<String> one, List<String> other) {
    return String.join("\0", one).compareTo(String.join("\0", other));
  }

  /** As CREATE STATISTICS wants them; empty when it is of no use. */
  private static List<String> keys(TableCase table, Misestimate seen) {
    List<String> expressions = Expressions.of(table.analysis(), seen);
    if (!expressions.isEmpty()) {
      return expressions.subList(0, 1);
    }
    int columns = seen.columns().size();
    return columns < 2 || columns > MOST_COLUMNS
        ? List.of()
        : seen.columns().stream().map(SqlIdentifier::quoted).toList();
  }

  private static Draft draft(TableCase table, List<String> keys, List<Misestimate> seen) {
    boolean expression = keys.size() == 1;
    String id =
        RecommendationId.of(table.analysis().table(), RecommendationKind.CREATE_STATISTICS, keys);
    String name = StatisticsName.of(table.analysis().table().name(), keys, id);
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(new Evidence(expression ? "expression" : "columns", String.join(", ", keys)));
    seen.forEach(each -> evidence.add(Analyze.rows(each)));
    return new Draft(
        Finding.CORRELATION,
        RecommendationKind.CREATE_STATISTICS,
        keys,
        Severity.MEDIUM,
        new Draft.Subject(name, "", 0, 0, WriteCosts.NONE),
        expression
            ? "nothing is known of " + keys.get(0)
            : keys.stream().collect(joining(" and ")) + " depend on each other",
        reason(expression),
        List.of(
            new Step(create(table, name, keys), true, LOCK),
            new Step("ANALYZE " + table.tableSql(), true, LOCK)),
        "DROP STATISTICS " + table.inSchema(name),
        expression ? List.of("Statistics on an expression need Postgres 14 or newer.") : List.of(),
        evidence);
  }

  private static String create(TableCase table, String name, List<String> keys) {
    return "CREATE STATISTICS "
        + table.inSchema(name)
        + keys.stream().collect(joining(", ", " ON ", ""))
        + " FROM "
        + table.tableSql();
  }

  private static String reason(boolean expression) {
    return expression
        ? "The planner has no statistics of an expression that no index holds, and guesses."
        : "The planner takes the columns for independent and multiplies how many rows each condition"
            + " leaves; extended statistics tell it how they go together. They take effect with the"
            + " next ANALYZE.";
  }
}
