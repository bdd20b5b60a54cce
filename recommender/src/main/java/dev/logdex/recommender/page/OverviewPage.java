package dev.logdex.recommender.page;

import static dev.logdex.recommender.page.Element.el;
import static dev.logdex.recommender.page.Element.link;

import dev.logdex.recommender.advice.Figures;
import java.util.List;
import java.util.stream.Stream;

/** The first page: what is open, and the tables of every database. */
public final class OverviewPage {
  private static final int TABLES_OF_DATABASE = 10;

  private OverviewPage() {}

  public static String render(Findings findings, Filter filter, Reader reader) {
    List<DatabaseFigures> databases = DatabaseFigures.of(findings);
    return Layout.page(
        "Recommendations",
        Links.OVERVIEW,
        reader,
        el("h1", "Recommendations"),
        sums(databases, findings),
        el("div.filters", chips(filter, databases)),
        RecommendationList.of(
            filter.of(findings.recommendations()),
            findings.recommendations().isEmpty()
                ? "Nothing is recommended yet. Recommendations show here as soon as a table has been"
                    + " analysed that an index would help."
                : "No recommendation is of this kind and state."),
        Figure.section("databases", "Databases", databases(findings, databases)));
  }

  private static Html sums(List<DatabaseFigures> databases, Findings findings) {
    int open = databases.stream().mapToInt(DatabaseFigures::open).sum();
    double saving = databases.stream().mapToDouble(DatabaseFigures::savingPerMinute).sum();
    int tables = databases.stream().mapToInt(DatabaseFigures::tables).sum();
    return el(
        "dl.sums",
        sum(Figures.count(open), "open"),
        sum(Figure.saving(saving), "planner units saved a minute"),
        sum(Figures.count(tables), tables == 1 ? "table analysed" : "tables analysed"),
        sum(Figures.count(findings.whyNot().size()), "queries that got nothing"));
  }

  private static Html sum(String value, String name) {
    return el("div", el("dt", name), el("dd", value));
  }

  private static Html chips(Filter filter, List<DatabaseFigures> databases) {
    Element states =
        el("p.chips", el("span", "State"))
            .add(chip("open", filter.withState(Filter.OPEN), filter))
            .addAll(Filter.states().stream().map(s -> chip(s, filter.withState(s), filter)))
            .add(chip("all", filter.withState(""), filter));
    Element kinds =
        el("p.chips", el("span", "Kind"))
            .add(chip("all", filter.withKind(""), filter))
            .addAll(
                Filter.kinds().stream()
                    .map(k -> chip(k.replace('-', ' '), filter.withKind(k), filter)));
    Element names =
        el("p.chips", el("span", "Database"))
            .add(chip("all", filter.withDatabase(""), filter))
            .addAll(
                databases.stream()
                    .map(DatabaseFigures::database)
                    .map(d -> chip(d, filter.withDatabase(d), filter)));
    return databases.size() > 1 || !filter.database().isEmpty()
        ? Html.all(states, kinds, names)
        : Html.all(states, kinds);
  }

  private static Html chip(String words, Filter target, Filter now) {
    Element chip = link(target.link(), words);
    return target.equals(now) ? chip.set("aria-current", "true") : chip;
  }

  private static Html databases(Findings findings, List<DatabaseFigures> databases) {
    List<TableFigures> tables = TableFigures.of(findings);
    return databases.isEmpty()
        ? Figure.empty("No table has been analysed yet.")
        : Html.all(databases.stream().flatMap(database -> database(database, tables)));
  }

  private static Stream<Html> database(DatabaseFigures database, List<TableFigures> tables) {
    List<TableFigures> own =
        tables.stream().filter(table -> table.database().equals(database.database())).toList();
    return Stream.of(
        el(
            "h3",
            link(Links.database(database.database()), database.database()),
            el(
                "small",
                Figures.counted(database.tables(), "table", "tables")
                    + ", "
                    + Figures.count(database.open())
                    + " open")),
        TableList.of(own, TABLES_OF_DATABASE));
  }
}
