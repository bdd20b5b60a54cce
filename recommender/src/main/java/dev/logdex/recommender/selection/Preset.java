package dev.logdex.recommender.selection;

import dev.logdex.analyzer.event.Scan;
import dev.logdex.analyzer.event.TableAnalysis;
import java.util.Locale;

/** Goals and bounds that belong together, for a kind of table. */
public enum Preset {
  READ_OPTIMISED(Goals.READ_OPTIMISED, 20, Double.MAX_VALUE, Double.MAX_VALUE),
  BALANCED(Goals.BALANCED, 12, 4, 60),
  WRITE_OPTIMISED(Goals.WRITE_OPTIMISED, 8, 1, 6);

  /** More writes a minute than this make a table write-hot, unless it is read more often still. */
  private static final double WRITE_HOT_PER_MINUTE = 60;

  /** More scans a minute than this make a table read-hot, if it is written ten times less. */
  private static final double READ_HOT_PER_MINUTE = 1000;

  private static final double READS_PER_WRITE = 10;

  private final double bytePrice;
  private final double keepShare;
  private final int indexesOfTable;
  private final double writeOverhead;
  private final double hotUpdatesLostPerMinute;

  Preset(Goals goals, int indexesOfTable, double writeOverhead, double hotUpdatesLostPerMinute) {
    this.bytePrice = goals.bytePrice();
    this.keepShare = goals.keepShare();
    this.indexesOfTable = indexesOfTable;
    this.writeOverhead = writeOverhead;
    this.hotUpdatesLostPerMinute = hotUpdatesLostPerMinute;
  }

  /** The one that fits how the table is read and written. */
  public static Preset of(TableAnalysis analysis) {
    double writes = TableWrites.of(analysis).perMinute();
    double scans = analysis.scans().stream().mapToDouble(Scan::scansPerMinute).sum();
    if (writes > WRITE_HOT_PER_MINUTE && writes > scans) {
      return WRITE_OPTIMISED;
    }
    return scans > READ_HOT_PER_MINUTE && scans > READS_PER_WRITE * writes
        ? READ_OPTIMISED
        : BALANCED;
  }

  public Goals goals() {
    return new Goals(bytePrice, keepShare);
  }

  /**
   * What may not be exceeded.
   *
   * @param existingIndexes that the table has already
   */
  public Bounds bounds(int existingIndexes) {
    return new Bounds(
        Math.max(0, indexesOfTable - existingIndexes),
        Long.MAX_VALUE,
        writeOverhead,
        hotUpdatesLostPerMinute);
  }

  /** As settings and events spell it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
