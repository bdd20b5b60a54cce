package dev.logdex.analyzer.candidate;

import dev.logdex.analyzer.candidate.Wants.Element;
import dev.logdex.analyzer.catalog.OperatorClass.Use;
import dev.logdex.analyzer.catalog.Service;
import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.IndexElement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Fires when rows are looked up by where a value lies: ranges that overlap or contain, points in a
 * box, addresses in a network. With an equality beside it and the extension btree_gist, both
 * together as well, the one with more values first. Silent where a GIN index does the same, and
 * where the column has so few values that each would leave many rows.
 */
final class GistRule implements CandidateRule {
  private static final double FEWEST_VALUES = 10;

  @Override
  public Stream<Proposal> propose(Wants wants) {
    return wants.served().stream()
        .filter(element -> element.distinctValues() >= FEWEST_VALUES)
        .flatMap(
            element ->
                service(element).stream().flatMap(service -> proposals(wants, element, service)));
  }

  private static Optional<Service> service(Element element) {
    boolean gin = element.services("gin").anyMatch(service -> service.use() == Use.OTHER);
    return gin
        ? Optional.empty()
        : element.services("gist").filter(service -> service.use() == Use.OTHER).findFirst();
  }

  private static Stream<Proposal> proposals(Wants wants, Element element, Service service) {
    IndexElement place = element.indexElement(service);
    Stream<Proposal> alone =
        Stream.of(
            proposal(
                List.of(place), "Rows are looked up by where " + element.expression() + " lies."));
    Stream<Proposal> together =
        wants.oneValueEqualities().stream()
            .filter(equality -> !equality.expression().equals(element.expression()))
            .flatMap(
                equality ->
                    equality
                        .services("gist")
                        .filter(each -> each.use() == Use.EQUALITY)
                        .limit(1)
                        .map(each -> together(element, place, equality, each)));
    return Stream.concat(alone, together);
  }

  private static Proposal together(
      Element element, IndexElement place, Element equality, Service service) {
    IndexElement key = equality.indexElement(service);
    boolean equalityFirst = equality.distinctValues() >= element.distinctValues();
    return proposal(
        equalityFirst ? List.of(key, place) : List.of(place, key),
        "Rows are looked up by "
            + equality.expression()
            + " and by where "
            + element.expression()
            + " lies.");
  }

  private static Proposal proposal(List<IndexElement> elements, String reason) {
    return new Proposal(new IndexDefinition("gist", elements, List.of(), null), reason);
  }
}
