package dev.logdex.analyzer.candidate;

import dev.logdex.analyzer.catalog.Column;
import dev.logdex.analyzer.catalog.Table;
import dev.logdex.analyzer.catalog.Types;
import dev.logdex.analyzer.event.IndexDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Says how large an index would be that is no b-tree, and what each row adds to it. */
final class OtherSizes {
  private static final double PAGE = 8192;
  private static final double ENTRY_OVERHEAD_BYTES = 8;
  private static final double PAGES_PER_RANGE = 128;

  private final Table table;
  private final Types types;
  private final IndexColumns columns;

  OtherSizes(Table table, Types types) {
    this.table = table;
    this.types = types;
    this.columns = new IndexColumns(table);
  }

  /**
   * A size.
   *
   * @param bytes of the file, over all partitions
   * @param entryBytes that one row adds on average
   */
  record Size(long bytes, double entryBytes) {}

  /**
   * The size of an index.
   *
   * @param partialSelectivity share of the table's rows that have an entry
   */
  Size of(IndexDefinition definition, double partialSelectivity) {
    double rows = Math.max(1, table.rows() * partialSelectivity / table.partitions());
    List<Column> keys = columns.of(definition);
    Size one =
        switch (definition.method()) {
          case "brin" -> brin(keys);
          case "hash" -> new Size(HashSize.bytes(rows), HashSize.ENTRY_BYTES);
          case "gin" -> gin(definition, rows);
          default -> gist(definition, rows);
        };
    return new Size(one.bytes * table.partitions(), one.entryBytes);
  }

  private Size brin(List<Column> keys) {
    double rowsPerRange = Math.max(1, rowsPerPage() * PAGES_PER_RANGE);
    return new Size(
        BrinSize.bytes(table.sizeBytes() / table.partitions(), keys),
        BrinSize.entryBytes(keys) / rowsPerRange);
  }

  private Size gin(IndexDefinition definition, double rows) {
    long bytes = 0;
    double entryBytes = 0;
    for (Key key : keys(definition)) {
      GinSize.Keys keys = GinKeys.of(key.column, key.operatorClass, key.type, rows);
      bytes += GinSize.bytes(rows, rowsPerPage(), keys);
      entryBytes += keys.perRow() * (ENTRY_OVERHEAD_BYTES + keys.keyBytes());
    }
    return new Size(bytes, entryBytes);
  }

  private Size gist(IndexDefinition definition, double rows) {
    double keyBytes =
        keys(definition).stream()
            .mapToDouble(key -> GistKeys.bytes(key.column, key.operatorClass, key.type))
            .sum();
    return new Size(GistSize.bytes(rows, keyBytes), GistSize.entryBytes(keyBytes));
  }

  private double rowsPerPage() {
    return Math.max(1, table.rows() / Math.max(1, table.sizeBytes() / PAGE));
  }

  private record Key(Column column, String operatorClass, String type) {}

  private List<Key> keys(IndexDefinition definition) {
    List<Key> keys = new ArrayList<>();
    definition
        .elements()
        .forEach(
            element -> {
              Column column = columns.of(element.expression());
              keys.add(
                  new Key(
                      column,
                      Objects.requireNonNullElse(element.operatorClass(), ""),
                      Objects.requireNonNullElse(types.name(column.type()), "")));
            });
    return keys;
  }
}
