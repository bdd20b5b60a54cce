package dev.logdex.analyzer.candidate;

import dev.logdex.analyzer.candidate.Wants.Element;
import dev.logdex.analyzer.catalog.Column.Statistics;
import dev.logdex.analyzer.event.IndexElement;
import dev.logdex.analyzer.scan.Clause;
import dev.logdex.analyzer.scan.Clause.Form;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Fires when all samples of a statement ask for the same rare value of a column that has few
 * values, such as {@code status = 'open'} or {@code NOT done}: an index on those rows alone.
 */
final class ConstantPredicateRule implements CandidateRule {
  /** A column with more values is one that statements look up all kinds of values in. */
  private static final double MOST_VALUES = 50;

  /** An index of more rows than this share would not be much smaller than a whole one. */
  private static final double MOST_ROWS = 0.2;

  @Override
  public Stream<Proposal> propose(Wants wants) {
    return wants.served().stream()
        .filter(element -> isFlag(element, wants))
        .flatMap(element -> proposals(element, wants));
  }

  private static boolean isFlag(Element element, Wants wants) {
    Clause clause = element.clause();
    boolean value =
        clause.form() == Form.BOOLEAN
            || (clause.form() == Form.COMPARISON
                && clause.operator().equals("=")
                && clause.value().constant() != null);
    return value
        && clause.predicate() != null
        && element.distinctValues() <= MOST_VALUES
        && isKnown(element, wants)
        && element.selectivity() <= MOST_ROWS;
  }

  /** Without statistics a rare value cannot be told from any other. */
  private static boolean isKnown(Element element, Wants wants) {
    return wants
        .table()
        .quotedColumn(element.expression())
        .map(column -> column.statistics())
        .map(Statistics::common)
        .filter(common -> !common.isEmpty())
        .isPresent();
  }

  private static Stream<Proposal> proposals(Element element, Wants wants) {
    String predicate = element.clause().predicate();
    String reason =
        "Statements always ask for the same rare value of "
            + element.expression()
            + ", and only its rows need be in the index.";
    return predicate == null
        ? Stream.empty()
        : PartialKeys.under(
            wants,
            predicate,
            Set.of(element.expression()),
            List.of(IndexElement.ascending(element.expression())),
            reason);
  }
}
