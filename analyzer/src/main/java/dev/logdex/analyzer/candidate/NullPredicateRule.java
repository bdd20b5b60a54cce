package dev.logdex.analyzer.candidate;

import dev.logdex.analyzer.event.IndexElement;
import dev.logdex.analyzer.scan.Clause;
import dev.logdex.analyzer.scan.Clause.Form;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Fires when a scan wants the rows in which a column is null, or those in which it is not: an index
 * on those rows alone, when it leaves out a part of the table that is worth it.
 */
final class NullPredicateRule implements CandidateRule {
  /** An index of more rows than this share would be no smaller than a whole one. */
  private static final double MOST_ROWS = 0.9;

  @Override
  public Stream<Proposal> propose(Wants wants) {
    return wants.scan().where().stream()
        .filter(clause -> clause.form() == Form.IS_NULL || clause.form() == Form.NOT_NULL)
        .flatMap(clause -> proposals(clause, wants));
  }

  private static Stream<Proposal> proposals(Clause clause, Wants wants) {
    String column = clause.operands().get(0).column();
    String predicate = clause.predicate();
    return column == null || predicate == null
        ? Stream.empty()
        : wants.table().column(column).stream()
            .filter(each -> share(clause, each.statistics().nullFraction()) <= MOST_ROWS)
            .flatMap(
                each ->
                    PartialKeys.under(
                        wants,
                        predicate,
                        settled(clause, each.quoted()),
                        List.of(IndexElement.ascending(each.quoted())),
                        reason(clause, each.quoted())));
  }

  private static double share(Clause clause, double nullFraction) {
    return clause.form() == Form.IS_NULL ? nullFraction : 1 - nullFraction;
  }

  private static Set<String> settled(Clause clause, String column) {
    return clause.form() == Form.IS_NULL ? Set.of(column) : Set.of();
  }

  private static String reason(Clause clause, String column) {
    return "Only rows in which "
        + column
        + (clause.form() == Form.IS_NULL ? " is null" : " is not null")
        + " are wanted, and only those need be in the index.";
  }
}
