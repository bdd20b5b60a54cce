package dev.logdex.recommender;

import static java.util.Objects.requireNonNull;

import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.recommender.lifecycle.Archive;
import dev.logdex.recommender.lifecycle.Snapshot;
import dev.logdex.recommender.page.Findings;
import dev.logdex.recommender.page.TableFinding;
import dev.logdex.recommender.page.TableSummary;
import dev.logdex.recommender.selection.TableSelector;
import dev.logdex.recommender.whynot.WhyNot;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What the stage has found, for its page: a table is unpacked and selected from when asked for. */
final class StandingFindings implements Findings {
  private final Supplier<Snapshot> snapshot;
  private final Archive archive;
  private final TableSelector selector;

  StandingFindings(Supplier<Snapshot> snapshot, Archive archive, TableSelector selector) {
    this.snapshot = requireNonNull(snapshot, "snapshot");
    this.archive = requireNonNull(archive, "archive");
    this.selector = requireNonNull(selector, "selector");
  }

  @Override
  public List<RecommendationEvent> recommendations() {
    return snapshot.get().events();
  }

  @Override
  public List<TableSummary> tables() {
    return archive.tables();
  }

  @Override
  public Optional<TableFinding> table(String key) {
    return archive
        .table(key)
        .map(
            analysis ->
                new TableFinding(
                    analysis, selector.select(analysis, snapshot.get().storageOf(key))));
  }

  @Override
  public List<WhyNot> whyNot() {
    return snapshot.get().whyNot();
  }
}
