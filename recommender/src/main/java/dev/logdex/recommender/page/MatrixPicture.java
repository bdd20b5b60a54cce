package dev.logdex.recommender.page;

import static dev.logdex.recommender.page.Element.el;

import dev.logdex.analyzer.event.Scan;
import dev.logdex.analyzer.event.ScanCost;
import dev.logdex.recommender.advice.Figures;
import dev.logdex.recommender.advice.VisibleText;
import dev.logdex.recommender.selection.Costs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The matrix as a coloured table: the stronger the colour, the more of a scan's cost is saved. */
final class MatrixPicture {
  private static final int WORDS_LENGTH = 120;
  private static final int TITLE_LENGTH = 400;
  private static final int SHADES = 10;

  private MatrixPicture() {}

  static Html of(Grid grid) {
    if (grid.scans().isEmpty() || grid.rows().isEmpty()) {
      return Figure.empty("There is no matrix: no scan of the table, or no index to try for it.");
    }
    return Html.all(
        el(
            "div.scroll",
            el(
                "table.matrix",
                head(grid),
                el("tbody").addAll(grid.rows().stream().map(row -> row(grid, row))))),
        legend(grid));
  }

  private static Html head(Grid grid) {
    return el(
        "thead",
        el("tr", el("th", "Index").set("scope", "col"))
            .addAll(
                IntStream.range(0, grid.scans().size())
                    .mapToObj(
                        i ->
                            el("th", el("a", "S" + (i + 1)).set("href", "#scan-" + (i + 1)))
                                .set("scope", "col")
                                .set("title", about(grid.scans().get(i))))));
  }

  private static Html row(Grid grid, Grid.Row row) {
    Element line =
        el(
            switch (row.kind()) {
              case CHOSEN -> "tr.chosen";
              case EXISTING -> "tr.existing";
              case CANDIDATE -> "tr";
            },
            el(
                    "th",
                    el("code", VisibleText.cut(row.words(), WORDS_LENGTH)),
                    el("small", kind(row) + Figures.bytes(row.sizeBytes())))
                .set("scope", "row")
                .set("title", VisibleText.cut(row.remark(), TITLE_LENGTH)));
    for (int i = 0; i < grid.scans().size(); i++) {
      line.add(cell(grid.scans().get(i), row, row.cells().get(i)));
    }
    return line;
  }

  private static String kind(Grid.Row row) {
    return switch (row.kind()) {
      case CHOSEN -> "chosen · ";
      case EXISTING -> "exists · ";
      case CANDIDATE -> "";
    };
  }

  private static Html cell(Scan scan, Grid.Row row, Optional<ScanCost> cost) {
    return cost.map(
            known ->
                row.kind() == Grid.Kind.EXISTING ? existing(scan, known) : candidate(scan, known))
        .orElseGet(() -> el("td").set("title", "The plan does not use the index."));
  }

  private static Html candidate(Scan scan, ScanCost cost) {
    String costs =
        Figures.cost(scan.baselineCost())
            + " today, "
            + Figures.cost(cost.cost())
            + " with it"
            + (cost.abortsEarly() ? "; the planner bets that a LIMIT is reached soon" : "");
    if (cost.cost() > scan.baselineCost()) {
      return el("td.worse", "dearer").set("title", costs);
    }
    double share = Costs.share(scan.baselineCost(), cost.cost());
    return el("td.s" + shade(share), Figures.percent(share).replace(" %", ""))
        .set("title", Figures.percent(share) + " saved: " + costs);
  }

  /**
   * What an existing index does today: what the scan would cost without it, where that is known.
   */
  private static Html existing(Scan scan, ScanCost cost) {
    Double without = cost.costWithout();
    if (without == null) {
      return el("td.used", readToday(scan, cost) ? "used" : "·")
          .set("title", Figures.cost(cost.cost()) + " with it alone");
    }
    double share = Costs.share(without, cost.cost());
    return el("td.s" + shade(share) + ".used", Figures.percent(share).replace(" %", ""))
        .set(
            "title",
            "Saves "
                + Figures.percent(share)
                + " today: "
                + Figures.cost(without)
                + " without it, "
                + Figures.cost(cost.cost())
                + " with it");
  }

  private static boolean readToday(Scan scan, ScanCost cost) {
    return cost.index().equals(scan.indexUsed());
  }

  /** 0 for nothing to 10 for all. */
  static int shade(double share) {
    return (int) Math.round(Math.min(1, Math.max(0, share)) * SHADES);
  }

  private static Html legend(Grid grid) {
    List<Html> legend = new ArrayList<>();
    legend.add(
        el(
            "p.note",
            Html.text("Percent of a scan's cost that the index alone saves. "),
            el("span.key.s2", "little"),
            el("span.key.s6", "half"),
            el("span.key.s10", "all"),
            el("span.key.used", "read today")));
    legend.add(Cut.note(grid.scans().size() + grid.scansLeftOut(), grid.scans().size(), "scans"));
    legend.add(Cut.note(grid.rows().size() + grid.rowsLeftOut(), grid.rows().size(), "indexes"));
    return Html.all(legend);
  }

  private static String about(Scan scan) {
    return VisibleText.cut(String.join("; ", ScanList.clauses(scan)), TITLE_LENGTH);
  }
}
