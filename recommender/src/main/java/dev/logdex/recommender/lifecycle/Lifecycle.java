package dev.logdex.recommender.lifecycle;

import static dev.logdex.recommender.event.RecommendationState.ACCEPTED;
import static dev.logdex.recommender.event.RecommendationState.APPLIED;
import static dev.logdex.recommender.event.RecommendationState.PROPOSED;
import static dev.logdex.recommender.event.RecommendationState.SUPERSEDED;
import static dev.logdex.recommender.event.RecommendationState.UPDATED;
import static dev.logdex.recommender.event.RecommendationState.WITHDRAWN;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.recommender.advice.Figures;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.RecommendationCommand;
import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.recommender.event.RecommendationKind;
import dev.logdex.recommender.event.RecommendationState;
import dev.logdex.recommender.event.StatementGain;
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
  private static final String NOT_ASKED_FOR =
      "The workload, or the indexes that are there, no longer ask for it.";

  private final URI source;
  private final double savingChange;
  private final Hysteresis hysteresis;

  /**
   * @param source of the events
   * @param savingChange share by which the total saving must differ from the one last told to be
   *     told again
   */
  public Lifecycle(URI source, double savingChange, Hysteresis hysteresis) {
    this.source = requireNonNull(source, "source");
    this.savingChange = savingChange;
    this.hysteresis = requireNonNull(hysteresis, "hysteresis");
  }

  /** The rounds of a table after one more, that an analysis is. */
  Rounds next(
      Rounds rounds,
      Collection<RecommendationEvent> told,
      Instant at,
      Collection<Recommendation> advised) {
    return rounds.next(
        at,
        advised.stream().map(Recommendation::id).collect(toSet()),
        told.stream()
            .filter(event -> event.data().state().stands())
            .map(RecommendationEvent::subject)
            .collect(toSet()),
        hysteresis);
  }

  /**
   * The events that follow from an analysis.
   *
   * @param told the newest event of each recommendation of the table
   * @param advised what the analysis advises, in the order to be told
   * @param rounds with that of the analysis
   */
  List<RecommendationEvent> changes(
      Collection<RecommendationEvent> told,
      TableAnalysis analysis,
      List<Recommendation> advised,
      Rounds rounds) {
    Map<String, RecommendationEvent> newest =
        told.stream().collect(toMap(RecommendationEvent::subject, event -> event));
    List<RecommendationEvent> changes = new ArrayList<>();
    List<Recommendation> standing = new ArrayList<>();
    for (Recommendation advice : advised) {
      RecommendationEvent before = newest.remove(advice.id());
      if ((before == null || isOver(before.data().state()))
          && rounds.wins(advice.id()) < hysteresis.toPropose()) {
        continue;
      }
      standing.add(advice);
      change(before == null ? Optional.empty() : Optional.of(before), advice, analysis.analysedTo())
          .map(changed -> next(before, changed, analysis.analysedTo()))
          .ifPresent(changes::add);
    }
    Catalog catalog = new Catalog(analysis);
    inOrder(newest.values())
        .flatMap(
            before ->
                notAdvised(before.data(), standing, catalog, rounds)
                    .map(changed -> next(before, changed, analysis.analysedTo()))
                    .stream())
        .forEach(changes::add);
    return changes;
  }

  /** The events that follow when a table is no longer analysed; their time is the last known. */
  List<RecommendationEvent> tableGone(Collection<RecommendationEvent> told) {
    return inOrder(told)
        .filter(before -> before.data().state().stands() || before.data().state() == APPLIED)
        .map(
            before ->
                next(
                    before,
                    before.data().in(WITHDRAWN, "The table is no longer analysed."),
                    before.time()))
        .toList();
  }

  /** The event that follows from somebody's decision, if one does. */
  Optional<RecommendationEvent> decided(
      RecommendationEvent told, RecommendationCommand command, Instant at) {
    return Decisions.taken(told.data(), command, at).map(changed -> next(told, changed, at));
  }

  private static Stream<RecommendationEvent> inOrder(Collection<RecommendationEvent> events) {
    return events.stream().sorted(Comparator.comparing(RecommendationEvent::subject));
  }

  private RecommendationEvent next(
      @Nullable RecommendationEvent before, Recommendation changed, Instant time) {
    return RecommendationEvent.of(source, changed, before == null ? 1 : before.change() + 1, time);
  }

  private static boolean isOver(RecommendationState state) {
    return state == WITHDRAWN || state == SUPERSEDED || state == APPLIED;
  }

  private Optional<Recommendation> change(
      Optional<RecommendationEvent> before, Recommendation advice, Instant time) {
    if (before.isEmpty()) {
      return Optional.of(advice.in(PROPOSED, "First proposed."));
    }
    Recommendation told = before.get().data();
    return switch (told.state()) {
      case WITHDRAWN, SUPERSEDED ->
          Optional.of(advice.in(PROPOSED, "Proposed again: the workload asks for it again."));
      case APPLIED -> Optional.of(advice.in(PROPOSED, undone(told)));
      case DISMISSED -> dismissed(told, advice, time);
      case PROPOSED, UPDATED -> updated(told, advice, UPDATED);
      case ACCEPTED ->
          updated(told, TemporaryIndex.named(advice.decided(told.decision())), ACCEPTED);
    };
  }

  private static String undone(Recommendation told) {
    return told.kind() == RecommendationKind.DROP_INDEX
        ? "Proposed again: the index is back."
        : "Proposed again: the index is no longer in the catalog.";
  }

  private static Optional<Recommendation> dismissed(
      Recommendation told, Recommendation advice, Instant time) {
    Instant until = told.decision() == null ? null : told.decision().until();
    return until != null && !time.isBefore(until)
        ? Optional.of(advice.in(PROPOSED, "Proposed again: it was dismissed until " + until + "."))
        : Optional.empty();
  }

  private Optional<Recommendation> updated(
      Recommendation told, Recommendation advice, RecommendationState state) {
    List<String> differences = differences(told, advice);
    return differences.isEmpty()
        ? Optional.empty()
        : Optional.of(advice.in(state, String.join(" ", differences)));
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

  private Optional<Recommendation> notAdvised(
      Recommendation told, List<Recommendation> standing, Catalog catalog, Rounds rounds) {
    Optional<String> done = catalog.doneBy(told);
    if (done.isPresent()) {
      return told.state() == APPLIED ? Optional.empty() : Optional.of(told.in(APPLIED, done.get()));
    }
    if (told.state() == APPLIED) {
      return Optional.of(told.in(WITHDRAWN, NOT_ASKED_FOR));
    }
    if (!told.state().stands()) {
      return Optional.empty();
    }
    return catalog
        .replacement(told, standing)
        .map(
            other ->
                Optional.of(
                    told.superseded(other.id())
                        .in(
                            SUPERSEDED,
                            "Superseded by "
                                + other.id()
                                + ", an index that does its work and more.")))
        .orElseGet(
            () ->
                rounds.losses(told.id()) >= hysteresis.toWithdraw()
                    ? Optional.of(told.in(WITHDRAWN, NOT_ASKED_FOR))
                    : Optional.empty());
  }
}
