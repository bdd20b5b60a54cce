package dev.logdex.recommender.page;

import static dev.logdex.recommender.page.Element.el;

import dev.logdex.analyzer.event.AnalysedStatement;
import dev.logdex.analyzer.event.Candidate;
import dev.logdex.recommender.advice.Figures;
import dev.logdex.recommender.selection.ChosenIndex;
import dev.logdex.recommender.selection.Costs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/** The statements that read a table, with what the chosen indexes do for them. */
final class StatementList {
  private static final int SHOWN = 100;

  private final TableFinding finding;
  private final Costs costs;

  private StatementList(TableFinding finding) {
    this.finding = finding;
    this.costs = new Costs(finding.analysis());
  }

  static Html of(TableFinding finding) {
    StatementList list = new StatementList(finding);
    List<AnalysedStatement> dearestFirst =
        finding.analysis().statements().stream()
            .sorted(
                Comparator.comparingDouble(
                        (AnalysedStatement s) -> -s.baselineCost() * s.callsPerMinute())
                    .thenComparing(AnalysedStatement::fingerprint))
            .toList();
    return dearestFirst.isEmpty()
        ? Figure.empty("No query of the look-back reads the table.")
        : Html.all(
            el("ul.statements").addAll(dearestFirst.stream().limit(SHOWN).map(list::item)),
            Cut.note(dearestFirst.size(), SHOWN, "queries"));
  }

  private Html item(AnalysedStatement statement) {
    OptionalDouble after = bestAfter(statement);
    return el(
        "li",
        el("p.meta").addAll(meta(statement).stream()),
        StatementText.of(statement.text()),
        after.isPresent() && after.getAsDouble() < statement.baselineCost()
            ? Bars.of(statement.baselineCost(), after.getAsDouble())
            : Html.NOTHING);
  }

  private static List<Html> meta(AnalysedStatement statement) {
    List<Html> meta = new ArrayList<>();
    meta.add(el("span", Figures.rate(statement.callsPerMinute()) + " calls a minute"));
    if (statement.meanTimeMs() > 0) {
      meta.add(el("span", Figures.rate(statement.meanTimeMs()) + " ms a call"));
    }
    meta.add(el("span", "cost " + Figures.cost(statement.baselineCost())));
    if (statement.errors() > 0) {
      meta.add(el("span", Figures.counted(statement.errors(), "error", "errors")));
    }
    meta.add(el("code.id", statement.fingerprint()));
    return meta;
  }

  private OptionalDouble bestAfter(AnalysedStatement statement) {
    return finding.selection().chosen().stream()
        .map(ChosenIndex::candidate)
        .map(Candidate::id)
        .map(index -> costs.statement(statement.fingerprint(), index))
        .flatMapToDouble(OptionalDouble::stream)
        .min();
  }
}
