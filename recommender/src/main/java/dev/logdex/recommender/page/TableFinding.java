package dev.logdex.recommender.page;

import static java.util.Objects.requireNonNull;

import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.recommender.selection.TableSelection;

/** A table's analysis and what was selected by it. */
public record TableFinding(TableAnalysis analysis, TableSelection selection) {
  public TableFinding {
    requireNonNull(analysis, "analysis");
    requireNonNull(selection, "selection");
  }
}
