package dev.logdex.recommender.selection;

import static java.util.Objects.requireNonNull;

import dev.logdex.analyzer.event.TableAnalysis;
import org.jspecify.annotations.Nullable;

/**
 * Which selector a table gets: a preset's, by how the table is read and written or as configured,
 * with what is configured beside it.
 *
 * @param preset null to choose by the table
 * @param overrides what holds instead of the preset
 */
public record Policy(@Nullable Preset preset, Overrides overrides) implements SelectorChoice {
  /** By the table, and nothing else configured. */
  public static final Policy DEFAULT = new Policy(null, Overrides.NONE);

  public Policy {
    requireNonNull(overrides, "overrides");
  }

  /**
   * Settings that hold instead of the preset's; null where the preset's holds.
   *
   * @param storageBytes of all recommended indexes of a table
   */
  public record Overrides(
      @Nullable Double bytePrice,
      @Nullable Double keepShare,
      @Nullable Double scanTolerance,
      @Nullable Double scanCostMax,
      @Nullable Integer indexes,
      @Nullable Long storageBytes,
      @Nullable Double writeOverhead,
      @Nullable Double hotUpdatesLostPerMinute) {
    public static final Overrides NONE =
        new Overrides(null, null, null, null, null, null, null, null);
  }

  @Override
  public Preset preset(TableAnalysis analysis) {
    return preset == null ? Preset.of(analysis) : preset;
  }

  @Override
  public Selector selector(TableAnalysis analysis, long storageBytes) {
    Preset chosen = preset(analysis);
    Goals goals = chosen.goals();
    Bounds bounds = chosen.bounds(analysis.existingIndexes().size());
    return new Optimiser(
        new Goals(
            or(overrides.bytePrice, goals.bytePrice()),
            or(overrides.keepShare, goals.keepShare()),
            or(overrides.scanTolerance, goals.scanTolerance()),
            or(overrides.scanCostMax, goals.scanCostMax())),
        new Bounds(
            or(overrides.indexes, bounds.indexes()),
            Math.min(storageBytes, or(overrides.storageBytes, bounds.storageBytes())),
            or(overrides.writeOverhead, bounds.writeOverhead()),
            or(overrides.hotUpdatesLostPerMinute, bounds.hotUpdatesLostPerMinute())));
  }

  private static <T> T or(@Nullable T override, T preset) {
    return override == null ? preset : override;
  }
}
