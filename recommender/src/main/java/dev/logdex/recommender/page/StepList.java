package dev.logdex.recommender.page;

import static dev.logdex.recommender.page.Element.el;

import dev.logdex.recommender.advice.VisibleText;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.Step;

/** The statements that carry a recommendation out, to be copied from the page. */
final class StepList {
  private StepList() {}

  static Html of(Recommendation advice) {
    Element steps = el("ol.steps").addAll(advice.steps().stream().map(StepList::step));
    Html back =
        advice.inverseDdl().isEmpty()
            ? Html.NOTHING
            : Html.all(Figure.note("To take it back:"), sql(advice.inverseDdl()));
    return Html.all(steps, back);
  }

  private static Html step(Step step) {
    return el(
        "li",
        sql(step.sql()),
        el(
            "p.note",
            step.lock()
                + (step.transactional()
                    ? ""
                    : (step.lock().isEmpty() ? "" : ". ") + "Not inside a transaction.")));
  }

  private static Html sql(String statement) {
    String text = statement + ";";
    Html code = el("pre", el("code", text));
    return VisibleText.oneLine(text).equals(text.replaceAll("\\s", " "))
        ? code
        : Html.all(
            code,
            el(
                "p.problem",
                "A name in it holds invisible characters, shown as \uFFFD: take the statement from"
                    + " the API instead."));
  }
}
