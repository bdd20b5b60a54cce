package dev.logdex.recommender.lifecycle;

import static dev.logdex.recommender.event.RecommendationState.APPLIED;
import static dev.logdex.recommender.event.RecommendationState.PROPOSED;
import static dev.logdex.recommender.event.RecommendationState.UPDATED;
import static dev.logdex.recommender.event.RecommendationState.WITHDRAWN;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.logdex.analyzer.event.ExistingIndex;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.recommender.advice.Figures;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.recommender.event.RecommendationKind;
import dev.logdex.recommender.event.RecommendationState;
import dev.logdex.recommender.event.StatementGain;
import dev.logdex.recommender.recommendation.RecommendationId;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares what is to be advised for a table with what was last told of it, and makes an event of
 * each difference that a person should hear of; when there is none, no event.
 */
public final class Lifecycle {
  private final URI source;
  private final double savingChange;

  /**
   * @param source of the events
   * @param savingChange share by which the total saving must differ from the one last told to be
   *     told again
   */
  public Lifecycle(URI source, double savingChange) {
    this.source = requireNonNull(source, "source");
    this.savingChange = savingChange;
  }

  /**
   * The events that follow from an analysis.
   *
   * @param told the newest event of each recommendation of the table
   * @param advised what the analysis advises, in the order to be told
   */
  List<RecommendationEvent> changes(
      Collection<RecommendationEvent> told, TableAnalysis analysis, List<Recommendation> advised) {
    Map<String, RecommendationEvent> newest =
        told.stream().collect(toMap(RecommendationEvent::subject, event -> event));
    List<RecommendationEvent> changes = new ArrayList<>();
    for (Recommendation advice : advised) {
      RecommendationEvent before = newest.remove(advice.id());
      change(before == null ? Optional.empty() : Optional.of(before), advice)
          .map(changed -> next(before, changed, analysis.analysedTo()))
          .ifPresent(changes::add);
    }
    Map<String, String> applied = definitionsInCatalog(analysis);
    inOrder(newest.values())
        .flatMap(before -> gone(before, applied, analysis.analysedTo()).stream())
        .forEach(changes::add);
    return changes;
  }

  /** The events that follow when a table is no longer analysed; their time is the last known. */
  List<RecommendationEvent> tableGone(Collection<RecommendationEvent> told) {
    return inOrder(told)
        .filter(before -> before.data().state() != WITHDRAWN)
        .map(
            before ->
                next(
                    before,
                    before.data().in(WITHDRAWN, "The table is no longer analysed."),
                    before.time()))
        .toList();
  }

  private static Stream<RecommendationEvent> inOrder(Collection<RecommendationEvent> events) {
    return events.stream().sorted(Comparator.comparing(RecommendationEvent::subject));
  }

  private RecommendationEvent next(
      @Nullable RecommendationEvent before, Recommendation changed, Instant time) {
    return RecommendationEvent.of(source, changed, before == null ? 1 : before.change() + 1, time);
  }

  private Optional<Recommendation> change(
      Optional<RecommendationEvent> before, Recommendation advice) {
    if (before.isEmpty()) {
      return Optional.of(advice.in(PROPOSED, "First proposed."));
    }
    Recommendation told = before.get().data();
    return switch (told.state()) {
      case WITHDRAWN, SUPERSEDED ->
          Optional.of(advice.in(PROPOSED, "Proposed again: the workload asks for it again."));
      case APPLIED ->
          Optional.of(
              advice.in(PROPOSED, "Proposed again: the index is no longer in the catalog."));
      case PROPOSED, UPDATED, ACCEPTED, DISMISSED -> {
        List<String> differences = differences(told, advice);
        yield differences.isEmpty()
            ? Optional.empty()
            : Optional.of(advice.in(UPDATED, String.join(" ", differences)));
      }
    };
  }

  private List<String> differences(Recommendation told, Recommendation advice) {
    List<String> differences = new ArrayList<>();
    if (!told.ddl().equals(advice.ddl())) {
      differences.add("The statement that makes the index is another one.");
    }
    queries(told, advice).ifPresent(differences::add);
    double change = Math.abs(advice.savingPerMinute() - told.savingPerMinute());
    if (change > 0 && change >= savingChange * Math.abs(told.savingPerMinute())) {
      differences.add(
          "It saves "
              + Figures.rate(advice.savingPerMinute())
              + " planner units a minute, where it was "
              + Figures.rate(told.savingPerMinute())
              + ".");
    }
    return differences;
  }

  private static Optional<String> queries(Recommendation told, Recommendation advice) {
    Set<String> before = fingerprints(told);
    Set<String> now = fingerprints(advice);
    if (before.equals(now) && told.queriesInAll() == advice.queriesInAll()) {
      return Optional.empty();
    }
    Set<String> more = new HashSet<>(now);
    more.removeAll(before);
    Set<String> fewer = new HashSet<>(before);
    fewer.removeAll(now);
    return Optional.of(
        "Other queries gain: "
            + more.size()
            + " came and "
            + fewer.size()
            + " went; they are "
            + advice.queriesInAll()
            + " now.");
  }

  private static Set<String> fingerprints(Recommendation advice) {
    return advice.queries().stream().map(StatementGain::fingerprint).collect(toSet());
  }

  private Optional<RecommendationEvent> gone(
      RecommendationEvent before, Map<String, String> applied, Instant time) {
    RecommendationState state = before.data().state();
    String name = applied.get(before.subject());
    if (name != null) {
      return state == APPLIED
          ? Optional.empty()
          : Optional.of(
              next(before, before.data().in(APPLIED, "The index is there as " + name + "."), time));
    }
    return state == WITHDRAWN
        ? Optional.empty()
        : Optional.of(
            next(
                before,
                before
                    .data()
                    .in(
                        WITHDRAWN,
                        "The workload, or the indexes that are there, no longer ask for it."),
                time));
  }

  /** The ids that the table's valid indexes would have as recommendations, with their names. */
  private static Map<String, String> definitionsInCatalog(TableAnalysis analysis) {
    return analysis.existingIndexes().stream()
        .filter(ExistingIndex::valid)
        .collect(
            toMap(
                index ->
                    RecommendationId.of(
                        analysis.table(), RecommendationKind.CREATE_INDEX, index.definition()),
                ExistingIndex::name,
                (first, second) -> first));
  }
}
