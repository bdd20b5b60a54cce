package dev.logdex.recommender.recommendation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.IndexElement;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An explicit, legible name for an index: {@code index_orders_on_customer_id_and_placed_at_desc}.
 *
 * <p>Everything that sets two definitions apart is in the name, so that different indexes of a
 * table get different names; what does not fit is cut and a short hash stands for it.
 */
public final class IndexName {
  /** NAMEDATALEN - 1 of every stock Postgres; a longer name would be cut without a word. */
  static final int MAX_BYTES = 63;

  private static final String LASTING = "index_";
  private static final String TEMPORARY = "tmp_";
  private static final int HASH_DIGITS = 8;
  private static final int TABLE_BYTES_KEPT = 20;
  private static final Pattern IDENTIFIER =
      Pattern.compile("\"(?:[^\"]|\"\")*\"|[\\p{L}_][\\p{L}\\p{N}_$]*");
  private static final Pattern DANGLING =
      Pattern.compile("(?:_(?:on|and|include|where|using|nulls))+$");
  private static final String BTREE = "btree";

  private IndexName() {}

  /**
   * The name of an index, unquoted.
   *
   * @param id of the recommendation; tells names apart where words do not
   * @param taken names that other indexes have
   */
  static String of(String table, IndexDefinition definition, String id, Set<String> taken) {
    return of(LASTING, table, definition, id, taken);
  }

  /**
   * The same of an index that is to be dropped again: {@code tmp_index_orders_on_customer_id}.
   *
   * @param taken names that other indexes have
   */
  public static String temporary(
      String table, IndexDefinition definition, String id, Set<String> taken) {
    return of(TEMPORARY + LASTING, table, definition, id, taken);
  }

  /** A lasting name made into that of an index that is to be dropped again. */
  public static String temporary(String name, String id) {
    String whole = TEMPORARY + name;
    if (bytes(whole) <= MAX_BYTES) {
      return whole;
    }
    String suffix = "_" + id.substring(0, HASH_DIGITS);
    return cut(whole, MAX_BYTES - suffix.length()) + suffix;
  }

  /** A statement with an index called otherwise. */
  public static String replaced(String sql, String name, String other) {
    return Pattern.compile(
            "(?<![\\p{L}\\p{N}_$\"])"
                + Pattern.quote(SqlIdentifier.quoted(name))
                + "(?![\\p{L}\\p{N}_$\"])")
        .matcher(sql)
        .replaceAll(Matcher.quoteReplacement(SqlIdentifier.quoted(other)));
  }

  /** Whether the name says that the index is there for a time. */
  public static boolean isTemporary(String name) {
    return name.startsWith(TEMPORARY);
  }

  private static String of(
      String prefix, String table, IndexDefinition definition, String id, Set<String> taken) {
    return free(prefix, legible(table), legibleKeys(definition), id, taken);
  }

  /** A name that fits and that nothing else has. */
  static String free(String prefix, String table, String keys, String id, Set<String> taken) {
    String name = fitted(prefix, table, keys, id);
    for (int i = 1; taken.contains(name); i++) {
      String suffix = "_" + id.substring(0, HASH_DIGITS) + (i == 1 ? "" : "_" + i);
      name = cut(prefix + table + keys, MAX_BYTES - suffix.length()) + suffix;
    }
    return name;
  }

  private static String fitted(String prefix, String table, String keys, String id) {
    String whole = prefix + table + keys;
    if (bytes(whole) <= MAX_BYTES) {
      return whole;
    }
    String suffix = "_" + id.substring(0, HASH_DIGITS);
    int room = MAX_BYTES - prefix.length() - suffix.length();
    String shortTable = cut(table, Math.max(TABLE_BYTES_KEPT, room - bytes(keys)));
    return prefix + shortTable + cut(keys, room - bytes(shortTable)) + suffix;
  }

  private static String legibleKeys(IndexDefinition definition) {
    StringBuilder keys =
        new StringBuilder(
            definition.elements().stream()
                .map(IndexName::legible)
                .collect(joining("_and_", "_on_", "")));
    if (!definition.include().isEmpty()) {
      keys.append(
          definition.include().stream()
              .map(column -> legible(SqlIdentifier.unquoted(column)))
              .collect(joining("_and_", "_include_", "")));
    }
    if (definition.where() != null) {
      keys.append("_where_").append(legible(SqlWords.of(definition.where())));
    }
    if (!definition.method().equals(BTREE)) {
      keys.append("_using_").append(legible(definition.method()));
    }
    return keys.toString();
  }

  private static String legible(IndexElement element) {
    String name =
        IDENTIFIER.matcher(element.expression()).matches()
            ? SqlIdentifier.unquoted(element.expression())
            : SqlWords.of(element.expression());
    return legible(name)
        + (element.operatorClass() == null ? "" : "_" + legible(element.operatorClass()))
        + (element.descending() ? "_desc" : "")
        + (element.nullsFirst() == element.descending()
            ? ""
            : element.nullsFirst() ? "_nulls_first" : "_nulls_last");
  }

  /** Letters of any language, digits and single underscores. */
  static String legible(String name) {
    String legible =
        name.replaceAll("[^\\p{L}\\p{N}_]+", "_").replaceAll("_{2,}", "_").replaceAll("^_|_$", "");
    return legible.isEmpty() ? "unnamed" : legible;
  }

  /** The beginning of the text that fits: whole words where that keeps at least half of it. */
  private static String cut(String text, int maxBytes) {
    if (bytes(text) <= maxBytes) {
      return text;
    }
    int end = 0;
    int used = 0;
    while (end < text.length()) {
      int next = text.offsetByCodePoints(end, 1);
      used += bytes(text.substring(end, next));
      if (used > maxBytes) {
        break;
      }
      end = next;
    }
    int word = text.lastIndexOf('_', end);
    return DANGLING
        .matcher(text.substring(0, word >= end / 2 && word > 0 ? word : end))
        .replaceFirst("");
  }

  private static int bytes(String text) {
    return text.getBytes(UTF_8).length;
  }
}
