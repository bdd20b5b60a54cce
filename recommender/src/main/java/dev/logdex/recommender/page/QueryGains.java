package dev.logdex.recommender.page;

import static dev.logdex.recommender.page.Element.el;

import dev.logdex.analyzer.event.Candidate;
import dev.logdex.recommender.advice.Figures;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.StatementGain;
import dev.logdex.recommender.selection.Costs;
import dev.logdex.recommender.selection.Definitions;
import java.util.Optional;

/** What a recommendation does for each query: bars, and plans where the analysis has them. */
final class QueryGains {
  private QueryGains() {}

  static Html of(Recommendation advice, Optional<TableFinding> finding) {
    if (advice.queries().isEmpty()) {
      return Figure.empty("It rests on no query.");
    }
    return Html.all(
        el("ul.statements")
            .addAll(advice.queries().stream().map(query -> item(advice, query, finding))),
        Cut.note(advice.queriesInAll(), advice.queries().size(), "queries"));
  }

  private static Html item(
      Recommendation advice, StatementGain query, Optional<TableFinding> finding) {
    double share = Costs.share(query.costBefore(), query.costAfter());
    return el(
        "li",
        el(
            "p.meta",
            el("span.tag.good", Figures.percent(share) + " cheaper"),
            el("span", Figures.rate(query.callsPerMinute()) + " calls a minute"),
            el("code.id", query.fingerprint())),
        StatementText.of(query.text()),
        Bars.of(query.costBefore(), query.costAfter()),
        finding
            .flatMap(
                table ->
                    candidate(advice, table)
                        .map(
                            candidate ->
                                PlanComparison.of(
                                    table.analysis(), query.fingerprint(), candidate.id())))
            .orElse(Html.NOTHING));
  }

  /** The analysis's candidate that the advice is about; its ids are not the events'. */
  private static Optional<Candidate> candidate(Recommendation advice, TableFinding table) {
    return table.analysis().candidates().stream()
        .filter(each -> Definitions.canonical(each.definition()).equals(advice.index()))
        .findFirst();
  }
}
