package dev.logdex.recommender.selection;

import dev.logdex.analyzer.event.TableAnalysis;
import org.jspecify.annotations.Nullable;

/** Which selector a table gets. */
public interface SelectorChoice {
  Selector selector(TableAnalysis analysis);

  /** The preset that the table gets; null when presets mean nothing to the selector. */
  @Nullable Preset preset(TableAnalysis analysis);

  /** The same for every table. */
  static SelectorChoice always(Selector selector) {
    return new SelectorChoice() {
      @Override
      public Selector selector(TableAnalysis analysis) {
        return selector;
      }

      @Override
      public @Nullable Preset preset(TableAnalysis analysis) {
        return null;
      }
    };
  }
}
