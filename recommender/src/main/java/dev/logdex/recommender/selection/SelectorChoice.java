package dev.logdex.recommender.selection;

import dev.logdex.analyzer.event.TableAnalysis;
import org.jspecify.annotations.Nullable;

/** Which selector a table gets. */
public interface SelectorChoice {
  /**
   * The selector of a table.
   *
   * @param storageBytes that the table's share of its database's storage allows; {@link
   *     Long#MAX_VALUE} for no such bound
   */
  Selector selector(TableAnalysis analysis, long storageBytes);

  /** The preset that the table gets; null when presets mean nothing to the selector. */
  @Nullable Preset preset(TableAnalysis analysis);

  /** The same for every table. */
  static SelectorChoice always(Selector selector) {
    return new SelectorChoice() {
      @Override
      public Selector selector(TableAnalysis analysis, long storageBytes) {
        return selector;
      }

      @Override
      public @Nullable Preset preset(TableAnalysis analysis) {
        return null;
      }
    };
  }
}
