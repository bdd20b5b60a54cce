package dev.logdex.recommender.page;

import static dev.logdex.recommender.page.Element.el;
import static dev.logdex.recommender.page.Element.link;

import java.util.List;
import java.util.Optional;

/** A database: its recommendations and its tables. */
public final class DatabasePage {
  private static final int TABLES = 1_000;

  private DatabasePage() {}

  /** Empty when nothing is known of the database. */
  public static Optional<String> render(Findings findings, String database, Reader reader) {
    List<TableFigures> tables =
        TableFigures.of(findings).stream()
            .filter(table -> table.database().equals(database))
            .toList();
    Filter all = Filter.ALL.withDatabase(database);
    // an empty name would filter nothing
    return database.isEmpty() || (tables.isEmpty() && all.of(findings.recommendations()).isEmpty())
        ? Optional.empty()
        : Optional.of(page(findings, database, reader, tables));
  }

  private static String page(
      Findings findings, String database, Reader reader, List<TableFigures> tables) {
    Filter open = new Filter(Filter.OPEN, "", database);
    return Layout.page(
        database,
        "",
        reader,
        Layout.path(link(Links.OVERVIEW, "Overview"), Html.text(database)),
        el("h1", database),
        el(
            "p.links",
            link(Filter.ALL.withDatabase(database).link(), "Recommendations of every state"),
            link(
                Links.WHY_NOT + "?database=" + Links.encoded(database),
                "Queries that got nothing")),
        Figure.section(
            "open",
            "Open recommendations",
            RecommendationList.of(
                open.of(findings.recommendations()), "Nothing is open for this database.")),
        Figure.section(
            "tables",
            "Tables",
            tables.isEmpty()
                ? Figure.empty("No table of it is analysed any more.")
                : TableList.of(tables, TABLES)));
  }
}
