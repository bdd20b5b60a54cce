package dev.logdex.recommender.page;

import static dev.logdex.recommender.page.Element.el;

import dev.logdex.recommender.advice.Figures;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.ScanGain;
import dev.logdex.recommender.selection.Costs;

/** The matrix row that chose a recommendation, as its event tells it. */
final class ScanGains {
  private ScanGains() {}

  static Html of(Recommendation advice) {
    if (advice.scans().isEmpty()) {
      return Figure.empty("It was not chosen by a row of the matrix.");
    }
    Html head =
        el(
            "tr",
            TableList.column("Scan"),
            TableList.number("Scans/min"),
            TableList.number("Cost today"),
            TableList.number("Cost then"),
            TableList.number("Saved"),
            TableList.column("Chosen for it"));
    return Html.all(
        el(
            "div.scroll",
            el(
                "table.list",
                el("thead", head),
                el("tbody").addAll(advice.scans().stream().map(ScanGains::row)))),
        Cut.note(advice.scansInAll(), advice.scans().size(), "scans"));
  }

  private static Html row(ScanGain scan) {
    String clauses = String.join("; ", scan.clauses());
    return el(
        scan.chosenFor() ? "tr" : "tr.quiet",
        el("th", el("code", clauses.isEmpty() ? "the whole table" : clauses)).set("scope", "row"),
        el("td.n", Figures.rate(scan.scansPerMinute())),
        el("td.n", Figures.cost(scan.costBefore())),
        el("td.n", Figures.cost(scan.costAfter())),
        el("td.n", Figures.percent(Costs.share(scan.costBefore(), scan.costAfter()))),
        el("td", scan.chosenFor() ? "yes" : "another index is"));
  }
}
