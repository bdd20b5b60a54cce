package dev.logdex.recommender.upkeep;

import dev.logdex.analyzer.event.ColumnFacts;
import dev.logdex.analyzer.event.ExistingIndex;
import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.IndexElement;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.recommender.event.WriteCosts;
import dev.logdex.recommender.selection.TableWrites;
import java.util.List;
import java.util.stream.Stream;

/**
 * What writes of a table put into an index that is there, and no longer once it is gone. Of a
 * partial index it is the most that can be: how many rows it has is not known.
 */
final class WritesSaved {
  /**
   * What an entry writes beside its columns: header and pointers, and its WAL record (measured).
   */
  private static final double ENTRY_BYTES = 8;

  private static final double WAL_BYTES = 56;

  /** An expression's width is not known; the published formula counts as much. */
  private static final double EXPRESSION_BYTES = 8;

  private static final double LEAST_ROW_BYTES = 27;

  private WritesSaved() {}

  static Draft.Subject subject(TableAnalysis analysis, ExistingIndex index, long sizeBytes) {
    boolean brin = index.definition().method().equals("brin");
    double entry = brin ? 0 : ENTRY_BYTES + width(analysis, index.definition());
    return new Draft.Subject(
        index.name(),
        index.definition().sql(),
        sizeBytes,
        entry / Math.max(analysis.facts().rowBytes(), LEAST_ROW_BYTES),
        brin ? WriteCosts.NONE : writes(TableWrites.of(analysis), WAL_BYTES + entry));
  }

  private static WriteCosts writes(TableWrites writes, double bytes) {
    double entries = writes.insertedPerMinute() + writes.coldPerMinute();
    return new WriteCosts(bytes, entries, entries * bytes, 0, List.of());
  }

  private static double width(TableAnalysis analysis, IndexDefinition definition) {
    return Stream.concat(
            definition.elements().stream().map(IndexElement::expression),
            definition.include().stream())
        .mapToDouble(column -> width(analysis.facts().columns(), column))
        .sum();
  }

  private static double width(List<ColumnFacts> columns, String expression) {
    return columns.stream()
        .filter(column -> column.quoted().equals(expression))
        .mapToDouble(ColumnFacts::averageWidth)
        .findFirst()
        .orElse(EXPRESSION_BYTES);
  }
}
