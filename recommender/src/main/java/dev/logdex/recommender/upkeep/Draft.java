package dev.logdex.recommender.upkeep;

import static java.util.Objects.requireNonNull;

import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.recommender.advice.Ticket;
import dev.logdex.recommender.event.Evidence;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.RecommendationKind;
import dev.logdex.recommender.event.RecommendationState;
import dev.logdex.recommender.event.Severity;
import dev.logdex.recommender.event.Step;
import dev.logdex.recommender.event.TableEvidence;
import dev.logdex.recommender.event.WriteCosts;
import dev.logdex.recommender.recommendation.RecommendationId;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a rule found: the parts of a recommendation that differ from rule to rule.
 *
 * @param about what makes it another advice than others of its kind and table: an index's name,
 *     columns, or nothing
 * @param subject the index or the statistics that it is about
 * @param finding a few words that end the ticket's title
 * @param inverse one statement that takes it back; empty when nothing does
 */
record Draft(
    Finding found,
    RecommendationKind kind,
    List<String> about,
    Severity severity,
    Subject subject,
    String finding,
    String reason,
    List<Step> steps,
    String inverse,
    List<String> limits,
    List<Evidence> evidence) {
  Draft {
    requireNonNull(found, "found");
    requireNonNull(kind, "kind");
    about = List.copyOf(about);
    requireNonNull(severity, "severity");
    requireNonNull(subject, "subject");
    requireNonNull(finding, "finding");
    requireNonNull(reason, "reason");
    steps = List.copyOf(steps);
    requireNonNull(inverse, "inverse");
    limits = List.copyOf(limits);
    evidence = List.copyOf(evidence);
  }

  Recommendation recommendation(TableAnalysis analysis) {
    String id = RecommendationId.of(analysis.table(), kind, about);
    Recommendation untold =
        new Recommendation(
            id,
            RecommendationState.PROPOSED,
            kind,
            "",
            severity,
            id,
            analysis.table().database(),
            analysis.table().qualified(),
            subject.definition(),
            subject.name(),
            steps.get(0).sql(),
            inverse,
            steps,
            subject.sizeBytes(),
            subject.writeOverhead(),
            subject.writes(),
            null,
            0,
            reason,
            limits,
            Stream.concat(Stream.of(new Evidence(Ticket.FINDING, finding)), evidence.stream())
                .toList(),
            table(analysis),
            0,
            List.of(),
            0,
            List.of(),
            null,
            null,
            "",
            "");
    return untold.told(Ticket.title(untold), Ticket.body(untold));
  }

  private static TableEvidence table(TableAnalysis analysis) {
    return new TableEvidence(
        analysis.facts().rows(),
        analysis.facts().sizeBytes(),
        analysis.writes().insertsPerMinute(),
        analysis.writes().updatesPerMinute(),
        analysis.writes().deletesPerMinute());
  }

  /**
   * What the advice is about.
   *
   * @param name unquoted; empty when it is the table itself
   * @param definition of an index, without its name; else empty
   * @param sizeBytes that the advice frees
   * @param writes that it saves
   */
  record Subject(
      String name, String definition, long sizeBytes, double writeOverhead, WriteCosts writes) {
    static final Subject TABLE = new Subject("", "", 0, 0, WriteCosts.NONE);

    Subject {
      requireNonNull(name, "name");
      requireNonNull(definition, "definition");
      requireNonNull(writes, "writes");
    }
  }
}
