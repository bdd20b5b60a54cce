package dev.logdex.analyzer.candidate;

import dev.logdex.analyzer.candidate.Wants.Element;
import dev.logdex.analyzer.catalog.Column;
import dev.logdex.analyzer.catalog.OperatorClass.Use;
import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.scan.Clause.Form;
import java.util.List;
import java.util.stream.Stream;

/**
 * Fires when rows are looked up by a wide value and nothing else is wanted of it: a hash index has
 * eight bytes a row where a b-tree has the value. Silent when the column also gives an order, and
 * when few values share all the rows, which hash buckets take badly.
 */
final class HashRule implements CandidateRule {
  private static final double NARROWEST = 32;
  private static final double MOST_ROWS_PER_VALUE = 20;

  @Override
  public Stream<Proposal> propose(Wants wants) {
    return Stream.concat(wants.equalities().stream(), wants.joins().stream())
        .filter(element -> element.clause().form() == Form.COMPARISON)
        .filter(element -> isWide(wants, element))
        .filter(element -> !isOrdered(wants, element))
        .flatMap(
            element ->
                element
                    .services("hash")
                    .filter(
                        service -> service.use() == Use.EQUALITY && service.operatorClass() == null)
                    .limit(1)
                    .map(
                        service ->
                            new Proposal(
                                new IndexDefinition(
                                    "hash",
                                    List.of(element.indexElement(service)),
                                    List.of(),
                                    null),
                                "Rows are looked up by "
                                    + element.expression()
                                    + ", which is wide, and a hash of it is not.")));
  }

  private static boolean isWide(Wants wants, Element element) {
    return wants
        .table()
        .quotedColumn(element.expression())
        .map(Column::statistics)
        .filter(statistics -> statistics.averageWidth() >= NARROWEST)
        .filter(
            statistics -> wants.table().rows() <= MOST_ROWS_PER_VALUE * statistics.distinctValues())
        .isPresent();
  }

  private static boolean isOrdered(Wants wants, Element element) {
    return Stream.concat(
            wants.order().stream().map(each -> each.expression()),
            wants.ranges().stream().map(Element::expression))
        .anyMatch(element.expression()::equals);
  }
}
