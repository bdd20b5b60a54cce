package dev.logdex.recommender.recommendation;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Set;

/** An explicit, legible name for extended statistics: {@code stats_orders_on_city_and_zip}. */
public final class StatisticsName {
  private static final String PREFIX = "stats_";

  private StatisticsName() {}

  /**
   * The name, unquoted, of at most 63 bytes.
   *
   * @param keys columns and expressions as they stand in SQL
   * @param id of the recommendation; tells names apart where words are cut
   */
  public static String of(String table, List<String> keys, String id) {
    String words =
        keys.stream()
            .map(StatisticsName::words)
            .map(IndexName::legible)
            .collect(joining("_and_", "_on_", ""));
    return IndexName.free(PREFIX, IndexName.legible(table), words, id, Set.of());
  }

  private static String words(String key) {
    return key.startsWith("(") ? SqlWords.of(key) : SqlIdentifier.unquoted(key);
  }
}
