package dev.logdex.deploy.benchmark;

import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.recommender.event.RecommendationKind;
import dev.logdex.recommender.lifecycle.Archive;
import dev.logdex.recommender.lifecycle.Hysteresis;
import dev.logdex.recommender.lifecycle.Ledger;
import dev.logdex.recommender.lifecycle.Lifecycle;
import dev.logdex.recommender.recommendation.Advisor;
import dev.logdex.recommender.recommendation.Limits;
import dev.logdex.recommender.selection.Policy;
import dev.logdex.recommender.selection.StorageBudget;
import dev.logdex.recommender.selection.Thresholds;
import dev.logdex.recommender.upkeep.OtherAdvice;
import dev.logdex.recommender.upkeep.UpkeepPolicy;
import dev.logdex.recommender.usage.IndexUsage;
import dev.logdex.recommender.whynot.Verdicts;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** What the recommender asks for, as the stage comes to it. */
final class Recommended {
  private static final double SAVING_CHANGE = 0.25;

  private Recommended() {}

  /**
   * The indexes that are proposed at once.
   *
   * @param storageBytes for all of them; {@link Long#MAX_VALUE} for no bound
   */
  static List<PlannedIndex> within(long storageBytes, List<TableAnalysis> tables) {
    Ledger ledger =
        new Ledger(
            new Advisor(Policy.DEFAULT, Thresholds.DEFAULT, Limits.DEFAULT),
            new OtherAdvice(UpkeepPolicy.DEFAULT),
            () -> IndexUsage.NOTHING_KNOWN,
            new Verdicts(Thresholds.DEFAULT),
            new Lifecycle(URI.create("urn:logdex:benchmark"), SAVING_CHANGE, Hysteresis.NONE),
            new Archive(Long.MAX_VALUE),
            new StorageBudget(storageBytes));
    List<RecommendationEvent> events = new ArrayList<>();
    tables.forEach(table -> events.addAll(ledger.take(table)));
    events.addAll(ledger.settle());
    return events.stream()
        .map(RecommendationEvent::data)
        .filter(advice -> advice.kind() == RecommendationKind.CREATE_INDEX)
        .map(PlannedIndex::of)
        .toList();
  }
}
