package dev.logdex.analyzer.candidate;

import dev.logdex.analyzer.catalog.Column;
import java.util.Set;

/** How wide a GiST index keeps a value: as bounds, as a list of trigrams, or as it is. */
final class GistKeys {
  private static final double BOX_BYTES = 32;
  private static final Set<String> BOXED = Set.of("point", "box", "polygon", "circle");
  private static final double TRIGRAM_BYTES = 3;
  private static final double LIST_HEADER = 5;

  private GistKeys() {}

  /**
   * Bytes of a key.
   *
   * @param operatorClass empty for the default one
   * @param type as Postgres prints it; empty when not known
   */
  static double bytes(Column column, String operatorClass, String type) {
    double width = column.statistics().averageWidth();
    if (Trigrams.isClass(operatorClass)) {
      return LIST_HEADER + TRIGRAM_BYTES * width;
    }
    if (BOXED.contains(type)) {
      return BOX_BYTES;
    }
    boolean asItIs = type.endsWith("range") || type.equals("inet") || type.equals("cidr");
    // scalars are kept by btree_gist as their least and their greatest value
    return asItIs ? width : 2 * width;
  }
}
