package dev.logdex.analyzer.candidate;

import dev.logdex.analyzer.candidate.Wants.Element;
import dev.logdex.analyzer.catalog.Column;
import dev.logdex.analyzer.event.IndexElement;
import dev.logdex.analyzer.scan.Clause.Form;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Fires when a column has one value in most rows and statements ask for others: an index without
 * the rows of that value. The predicate holds the value, which so many rows share that it is no
 * single user's.
 */
final class DominantValueRule implements CandidateRule {
  private static final double DOMINANT = 0.5;

  @Override
  public Stream<Proposal> propose(Wants wants) {
    return wants.equalities().stream()
        .filter(element -> element.clause().form() == Form.COMPARISON)
        .flatMap(element -> proposals(element, wants));
  }

  private static Stream<Proposal> proposals(Element element, Wants wants) {
    return wants.table().quotedColumn(element.expression()).stream()
        .flatMap(column -> dominant(column).stream())
        .filter(value -> !element.clause().value().text().equals(Optional.of(value.value())))
        .filter(value -> element.clause().value().type() != null)
        .flatMap(value -> proposals(element, value, wants));
  }

  private static Optional<Column.Common> dominant(Column column) {
    return column.statistics().common().stream()
        .filter(value -> value.fraction() >= DOMINANT)
        .findFirst();
  }

  private static Stream<Proposal> proposals(Element element, Column.Common value, Wants wants) {
    String literal =
        "'" + value.value().replace("'", "''") + "'::" + element.clause().value().type();
    return PartialKeys.under(
        wants,
        "(" + element.expression() + " <> " + literal + ")",
        Set.of(),
        List.of(IndexElement.ascending(element.expression())),
        "Most rows have the same value of "
            + element.expression()
            + ", and statements ask for others.");
  }
}
