package dev.logdex.analyzer.candidate;

import dev.logdex.analyzer.catalog.Column;
import dev.logdex.analyzer.catalog.OperatorClass;
import dev.logdex.analyzer.catalog.Table;
import dev.logdex.analyzer.catalog.Types;
import dev.logdex.analyzer.event.Candidate;
import dev.logdex.analyzer.event.IndexDefinition;
import java.util.List;

/** Says how large an index of a table would be, whatever its kind. */
final class CandidateSizes {
  /** What an entry takes besides its columns, in the published formula of the write overhead. */
  private static final double ENTRY_OVERHEAD_BYTES = 8;

  private final Table table;
  private final Types types;
  private final IndexColumns columns;
  private final OtherSizes others;
  private final PredicateSelectivity predicates;

  CandidateSizes(Table table, Types types) {
    this.table = table;
    this.types = types;
    this.columns = new IndexColumns(table);
    this.others = new OtherSizes(table, types);
    this.predicates = new PredicateSelectivity(table, types);
  }

  Candidate candidate(IndexDefinition definition, String reason) {
    return definition.method().equals("btree")
        ? btree(definition, reason)
        : other(definition, reason);
  }

  private Candidate other(IndexDefinition definition, String reason) {
    double selectivity = partialSelectivity(definition);
    OtherSizes.Size size = others.of(definition, selectivity);
    return new Candidate(
        definition.sql(), definition, reason, size.bytes(), size.entryBytes(), selectivity);
  }

  private Candidate btree(IndexDefinition definition, String reason) {
    double width =
        columns.of(definition).stream()
            .mapToDouble(column -> column.statistics().averageWidth())
            .sum();
    return new Candidate(
        definition.sql(),
        definition,
        reason,
        size(definition).bytes() * table.partitions(),
        ENTRY_OVERHEAD_BYTES + width,
        partialSelectivity(definition));
  }

  /** Share of the table's rows that have an entry. */
  double partialSelectivity(IndexDefinition definition) {
    String where = definition.where();
    return where == null ? 1 : predicates.of(where);
  }

  /** What the planner would read of a b-tree, or of one partition's. */
  IndexShape shape(IndexDefinition definition) {
    IndexSize size = size(definition);
    return new IndexShape(size.height(), size.pages(), entries(definition));
  }

  private double entries(IndexDefinition definition) {
    return table.rows() * partialSelectivity(definition) / table.partitions();
  }

  private IndexSize size(IndexDefinition definition) {
    List<Column> all = columns.of(definition);
    double entries = entries(definition);
    boolean deduplicates =
        definition.include().isEmpty() && all.stream().allMatch(this::deduplicates);
    return IndexSize.of(Math.max(1, (long) entries), all, deduplicates);
  }

  private boolean deduplicates(Column column) {
    // of an expression the type is not known; most are strings, numbers and times
    return column.collation().deterministic()
        && (column.type() == 0
            || types.defaultClass(column.type()).map(OperatorClass::deduplicates).orElse(false));
  }
}
