package dev.logdex.analyzer.whatif;

import dev.logdex.analyzer.catalog.Column;
import dev.logdex.analyzer.catalog.Table;
import dev.logdex.analyzer.catalog.Types;
import dev.logdex.analyzer.catalog.Upkeep;
import dev.logdex.analyzer.event.ColumnFacts;
import dev.logdex.analyzer.event.TableFacts;
import org.jspecify.annotations.Nullable;

/** Says what the catalog knows of a table in the words of events. */
final class TableFactsReader {
  private TableFactsReader() {}

  static TableFacts facts(Table table, Types types) {
    Upkeep upkeep = table.upkeep();
    return new TableFacts(
        table.rows(),
        table.sizeBytes(),
        Figures.cost(table.rowBytes()),
        upkeep.partitioned(),
        upkeep.partitions(),
        share(upkeep.allVisibleFraction()),
        upkeep.analysedAt(),
        share(upkeep.hotUpdateShare()),
        table.columns().stream().map(column -> column(column, types)).toList(),
        table.neighbours());
  }

  private static ColumnFacts column(Column column, Types types) {
    Column.Statistics statistics = column.statistics();
    return new ColumnFacts(
        column.name(),
        column.quoted(),
        types.name(column.type()),
        statistics.averageWidth(),
        Math.rint(statistics.distinctValues()),
        Figures.share(statistics.nullFraction()),
        statistics.correlation() == 0 ? null : Figures.share(statistics.correlation()));
  }

  private static @Nullable Double share(@Nullable Double share) {
    return share == null ? null : Figures.share(share);
  }
}
