package dev.logdex.analyzer.candidate;

import dev.logdex.analyzer.candidate.Wants.Element;
import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.IndexElement;
import dev.logdex.analyzer.scan.Clause.Form;
import java.util.List;
import java.util.stream.Stream;

/**
 * Fires when a column that is mostly null is looked up by value: such a condition never finds a
 * null, so that the rows with one need not be in the index.
 */
final class MostlyNullRule implements CandidateRule {
  private static final double MOSTLY = 0.5;

  @Override
  public Stream<Proposal> propose(Wants wants) {
    return Stream.of(wants.equalities(), wants.joins(), wants.ranges())
        .flatMap(List::stream)
        .filter(element -> element.clause().form() != Form.IS_NULL)
        .filter(element -> isMostlyNull(element, wants))
        .map(MostlyNullRule::proposal);
  }

  private static boolean isMostlyNull(Element element, Wants wants) {
    return wants
        .table()
        .quotedColumn(element.expression())
        .filter(column -> column.statistics().nullFraction() >= MOSTLY)
        .isPresent();
  }

  private static Proposal proposal(Element element) {
    List<IndexElement> keys = List.of(element.indexElement());
    String predicate = "(" + element.expression() + " IS NOT NULL)";
    return new Proposal(
        new IndexDefinition("btree", keys, List.of(), predicate),
        "Rows are looked up by " + element.expression() + ", which is null in most of them.");
  }
}
