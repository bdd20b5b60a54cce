package dev.logdex.recommender.selection;

import dev.logdex.analyzer.event.ColumnFacts;
import dev.logdex.analyzer.event.ColumnUpdates;
import dev.logdex.analyzer.event.ExistingIndex;
import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.RowRates;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.analyzer.event.WriteRates;
import dev.logdex.recommender.selection.Matrix.HotUpdate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a table's rows are written, for what indexes on it would cost. An update is heap-only (HOT)
 * when it changes no column that any index of the table mentions, in a key, an INCLUDE list, an
 * expression or a predicate; BRIN counts too before Postgres 16.
 */
public final class TableWrites {
  /** A heap-only update writes about 72 bytes of WAL, another one about 270 (measured). */
  private static final double COLD_UPDATE_BYTES = 200;

  /** And an entry in each index of the table. */
  private static final double ENTRY_BYTES = 68;

  private final double inserted;
  private final double updated;
  private final double hotShare;
  private final boolean hotShareKnown;
  private final List<HotUpdate> hotUpdates;
  private final Map<String, String> quoted = new HashMap<>();

  private TableWrites(TableAnalysis analysis) {
    WriteRates writes = analysis.writes();
    RowRates rows = writes.rows();
    boolean counted = !rows.equals(RowRates.NONE);
    inserted =
        counted
            ? rows.insertedPerMinute()
            : writes.insertsPerMinute() + writes.mergesPerMinute() + writes.copiesPerMinute();
    updated =
        counted ? rows.updatedPerMinute() + rows.mergedPerMinute() : writes.updatesPerMinute();
    Double share = analysis.facts().hotUpdateShare();
    hotShareKnown = share != null;
    hotShare = share == null ? 1 : share;
    for (ColumnFacts column : analysis.facts().columns()) {
      quoted.put(column.name(), column.quoted());
    }
    hotUpdates = hotUpdates(analysis);
  }

  /** The writes of an analysed table. */
  public static TableWrites of(TableAnalysis analysis) {
    return new TableWrites(analysis);
  }

  private List<HotUpdate> hotUpdates(TableAnalysis analysis) {
    List<HotUpdate> hot = new ArrayList<>();
    double bytes = COLD_UPDATE_BYTES + ENTRY_BYTES * analysis.existingIndexes().size();
    for (ColumnUpdates column : analysis.writes().columns()) {
      boolean cold =
          analysis.existingIndexes().stream()
              .map(ExistingIndex::definition)
              .anyMatch(index -> mentions(index, column.column()));
      double perMinute = column.rowsPerMinute() * hotShare;
      if (!cold && perMinute > 0) {
        hot.add(new HotUpdate(column.column(), perMinute, bytes));
      }
    }
    hot.sort(Comparator.comparing(HotUpdate::id));
    return hot;
  }

  private boolean mentions(IndexDefinition index, String column) {
    return Words.contains(index.sql(), quoted.getOrDefault(column, column));
  }

  /** Rows a minute. */
  public double insertedPerMinute() {
    return inserted;
  }

  /** Rows a minute. */
  public double updatedPerMinute() {
    return updated;
  }

  /** Updated rows a minute that get a new entry in every index. */
  public double coldPerMinute() {
    double hot = hotUpdates.stream().mapToDouble(HotUpdate::perMinute).max().orElse(0);
    return hotShareKnown ? updated * (1 - hotShare) : Math.max(0, updated - hot);
  }

  /**
   * Whether the counters of the analysis database tell which share of the updates is heap-only;
   * else all that could be are taken to be.
   */
  public boolean hotShareKnown() {
    return hotShareKnown;
  }

  /** The updates that are heap-only today, by column. */
  public List<HotUpdate> hotUpdates() {
    return hotUpdates;
  }

  /** Those that are heap-only no longer when there is such an index. */
  public List<HotUpdate> endedBy(IndexDefinition index) {
    return hotUpdates.stream().filter(update -> mentions(index, update.id())).toList();
  }

  /** Rows a minute that are inserted or updated. */
  public double perMinute() {
    return inserted + updated;
  }
}
