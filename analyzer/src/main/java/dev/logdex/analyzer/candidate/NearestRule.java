package dev.logdex.analyzer.candidate;

import dev.logdex.analyzer.catalog.OperatorClass.Use;
import dev.logdex.analyzer.event.IndexDefinition;
import java.util.List;
import java.util.stream.Stream;

/**
 * Fires when only the rows nearest to something are wanted: a GiST index gives them in the order of
 * their distance.
 */
final class NearestRule implements CandidateRule {
  @Override
  public Stream<Proposal> propose(Wants wants) {
    if (!wants.scan().limited()) {
      return Stream.empty();
    }
    return wants.distances().stream()
        .flatMap(
            element ->
                element
                    .services("gist")
                    .filter(service -> service.use() == Use.ORDERING)
                    .limit(1)
                    .map(
                        service ->
                            new Proposal(
                                new IndexDefinition(
                                    "gist",
                                    List.of(element.indexElement(service)),
                                    List.of(),
                                    null),
                                "The rows nearest to a value of "
                                    + element.expression()
                                    + " are wanted.")));
  }
}
