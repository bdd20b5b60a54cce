package dev.logdex.analyzer.candidate;

import dev.logdex.analyzer.catalog.Column;

/**
 * How many keys a value gives to a GIN index. Arrays are counted by their width, since each element
 * of any length has a header of four bytes; what jsonb, texts and words give is a rule of thumb,
 * good to a factor of two.
 */
final class GinKeys {
  private static final double ARRAY_HEADER = 21;
  private static final double NUMBER_BYTES = 4;
  private static final double STRING_BYTES = 8;
  private static final double BYTES_PER_JSONB_KEY = 8;
  private static final double BYTES_PER_JSONB_PATH = 16;
  private static final double BYTES_PER_LEXEME = 14;
  private static final double TRIGRAMS = 10_000;

  /** Different words in a text grow with the root of its length (Heaps's law). */
  private static final double WORDS_PER_ROOT = 10;

  private GinKeys() {}

  /**
   * The keys of a column or expression.
   *
   * @param operatorClass empty for the default one
   * @param type as Postgres prints it; empty when not known
   */
  static GinSize.Keys of(Column column, String operatorClass, String type, double rows) {
    double width = column.statistics().averageWidth();
    double values = column.statistics().distinctValues();
    if (Trigrams.isClass(operatorClass)) {
      return new GinSize.Keys(Math.max(1, width), TRIGRAMS, NUMBER_BYTES);
    }
    if (operatorClass.endsWith("jsonb_path_ops")) {
      return new GinSize.Keys(perRow(width, BYTES_PER_JSONB_PATH), values, NUMBER_BYTES);
    }
    if (type.equals("jsonb")) {
      return new GinSize.Keys(perRow(width, BYTES_PER_JSONB_KEY), values, STRING_BYTES);
    }
    if (type.endsWith("[]")) {
      double element = isNumeric(type) ? NUMBER_BYTES : STRING_BYTES;
      double perRow = perRow(Math.max(0, width - ARRAY_HEADER), element);
      return new GinSize.Keys(perRow, values, element);
    }
    if (type.equals("tsvector") || column.quoted().startsWith("to_tsvector(")) {
      double perRow = perRow(width, BYTES_PER_LEXEME);
      return new GinSize.Keys(
          perRow, WORDS_PER_ROOT * Math.sqrt(Math.max(1, rows * perRow)), STRING_BYTES);
    }
    return new GinSize.Keys(1, values, width);
  }

  private static double perRow(double width, double bytesPerKey) {
    return Math.max(1, Math.round(width / bytesPerKey));
  }

  private static boolean isNumeric(String arrayType) {
    return arrayType.startsWith("integer") || arrayType.startsWith("smallint");
  }
}
