package dev.logdex.analyzer.candidate;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.logdex.analyzer.candidate.Wants.Element;
import dev.logdex.analyzer.catalog.OperatorClass.Use;
import dev.logdex.analyzer.catalog.Service;
import dev.logdex.analyzer.event.IndexDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Fires when rows are looked up by what a value has in it: keys of jsonb, elements of an array,
 * words of a text search. Of several operator classes it takes the smallest that serves all the
 * conditions on the value, which for jsonb without {@code ?} is jsonb_path_ops.
 */
final class GinRule implements CandidateRule {
  /** Its keys are hashes of whole paths: fewer and smaller ones than those of jsonb_ops. */
  private static final String SMALLEST_OF_JSONB = "jsonb_path_ops";

  @Override
  public Stream<Proposal> propose(Wants wants) {
    return wants.served().stream()
        .filter(element -> services(element).findAny().isPresent())
        .collect(groupingBy(Element::expression, LinkedHashMap::new, toList()))
        .values()
        .stream()
        .flatMap(elements -> proposal(elements).stream());
  }

  /** The elements have one expression. */
  private static Optional<Proposal> proposal(List<Element> elements) {
    Element first = elements.get(0);
    return services(first)
        .filter(service -> elements.stream().allMatch(each -> serves(each, service)))
        .min(GinRule::smallestFirst)
        .map(
            service ->
                new Proposal(
                    new IndexDefinition(
                        "gin", List.of(first.indexElement(service)), List.of(), null),
                    "Rows are looked up by what " + first.expression() + " has in it."));
  }

  private static int smallestFirst(Service one, Service other) {
    return Boolean.compare(isSmallest(other), isSmallest(one));
  }

  private static boolean isSmallest(Service service) {
    return SMALLEST_OF_JSONB.equals(service.operatorClass());
  }

  private static boolean serves(Element element, Service wanted) {
    return services(element)
        .anyMatch(each -> String.valueOf(each.operatorClass()).equals(wanted.operatorClass() + ""));
  }

  /** Equality and ranges are left to b-trees, parts of strings to {@link TrigramRule}. */
  private static Stream<Service> services(Element element) {
    return element
        .services("gin")
        .filter(service -> service.use() == Use.OTHER)
        .filter(service -> !Trigrams.isClass(service.operatorClass()));
  }
}
