package dev.logdex.recommender.page;

import static dev.logdex.recommender.page.Element.el;
import static dev.logdex.recommender.page.Element.link;

import dev.logdex.recommender.advice.Figures;
import java.util.List;

/** Tables of a database, one a line. */
final class TableList {
  private TableList() {}

  /**
   * The tables as an HTML table.
   *
   * @param shown at most so many
   */
  static Html of(List<TableFigures> tables, int shown) {
    Element head =
        el(
            "tr",
            column("Table"),
            number("Open"),
            number("Saved a minute"),
            number("Rows"),
            number("Size"),
            number("Scans/min"),
            number("Writes/min"));
    return Html.all(
        el(
            "div.scroll",
            el(
                "table.list",
                el("thead", head),
                el("tbody").addAll(tables.stream().limit(shown).map(TableList::row)))),
        Cut.note(tables.size(), shown, "tables"));
  }

  private static Html row(TableFigures table) {
    return el(
        table.open() == 0 ? "tr.quiet" : "tr",
        el("th", link(Links.table(table.database(), table.table()), table.table()))
            .set("scope", "row"),
        el("td.n", Figures.count(table.open())),
        el("td.n", Figure.saving(table.savingPerMinute())),
        el("td.n", Figures.count(table.rows())),
        el("td.n", Figures.bytes(table.sizeBytes())),
        el("td.n", Figures.rate(table.scansPerMinute())),
        el("td.n", Figures.rate(table.writesPerMinute())));
  }

  static Html column(String name) {
    return el("th", name).set("scope", "col");
  }

  static Html number(String name) {
    return el("th.n", name).set("scope", "col");
  }
}
