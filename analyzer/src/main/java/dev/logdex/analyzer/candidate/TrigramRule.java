package dev.logdex.analyzer.candidate;

import dev.logdex.analyzer.candidate.Wants.Element;
import dev.logdex.analyzer.catalog.Service;
import dev.logdex.analyzer.event.IndexDefinition;
import java.util.List;
import java.util.stream.Stream;

/**
 * Fires when strings are looked up by a pattern that may begin anywhere, or by likeness, where the
 * extension pg_trgm is installed. A pattern whose beginning is fixed is a b-tree's work, and one
 * without three characters in a row gives an index nothing to look for.
 */
final class TrigramRule implements CandidateRule {
  private static final String LIKE = "~~";

  @Override
  public Stream<Proposal> propose(Wants wants) {
    return wants.served().stream()
        .filter(TrigramRule::isWorthIt)
        .flatMap(
            element ->
                element
                    .services("gin")
                    .filter(service -> Trigrams.isClass(service.operatorClass()))
                    .limit(1)
                    .map(service -> proposal(element, service)));
  }

  private static boolean isWorthIt(Element element) {
    String operator = element.clause().operator();
    boolean prefix = operator.equals(LIKE) && element.clause().value().anchored();
    return !operator.equals("=")
        && !prefix
        && Trigrams.hasTrigram(operator, element.clause().value());
  }

  private static Proposal proposal(Element element, Service service) {
    boolean pattern = Trigrams.takesPattern(element.clause().operator());
    return new Proposal(
        new IndexDefinition("gin", List.of(element.indexElement(service)), List.of(), null),
        "Rows are looked up by "
            + (pattern ? "a pattern within " : "likeness to ")
            + element.expression()
            + ".");
  }
}
