package dev.logdex.recommender.recommendation;

import com.dynatrace.hash4j.hashing.Hashing;
import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.TableName;
import dev.logdex.recommender.event.RecommendationKind;
import dev.logdex.recommender.selection.Definitions;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * The identity of advice: the same advice found again has the same one, in every run and whatever
 * else is found.
 */
public final class RecommendationId {
  /** Postgres allows no such character in a name or an expression. */
  private static final String SEPARATOR = "\0";

  private RecommendationId() {}

  /** 16 hexadecimal digits: the 64-bit XXH3 of database, table, kind and definition. */
  public static String of(TableName table, RecommendationKind kind, IndexDefinition definition) {
    return hash(
        String.join(
            SEPARATOR,
            table.database(),
            table.schema(),
            table.name(),
            kind.word(),
            Definitions.canonical(definition)));
  }

  /**
   * The same of advice that is not about a definition.
   *
   * @param about what sets it apart from other advice of its kind for the table: the name of an
   *     index, columns in order; empty when there is no other
   */
  public static String of(TableName table, RecommendationKind kind, List<String> about) {
    return hash(
        String.join(
            SEPARATOR,
            table.database(),
            table.schema(),
            table.name(),
            kind.word(),
            String.join(SEPARATOR, about)));
  }

  static String hash(String text) {
    return HexFormat.of()
        .toHexDigits(Hashing.xxh3_64().hashBytesToLong(text.getBytes(StandardCharsets.UTF_8)));
  }
}
