package dev.logdex.recommender.page;

import static dev.logdex.recommender.page.Element.el;
import static dev.logdex.recommender.page.Element.link;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.logdex.recommender.advice.Figures;
import dev.logdex.recommender.whynot.WhyNot;
import dev.logdex.recommender.whynot.WhyNotReason;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The statements that got nothing, each with its reason. */
public final class WhyNotPage {
  private static final int SHOWN = 300;

  private WhyNotPage() {}

  /**
   * The page.
   *
   * @param database only of this one; empty for all
   * @param reason only this one, by its word; empty for all
   */
  public static String render(Findings findings, String database, String reason, Reader reader) {
    List<WhyNot> all = findings.whyNot();
    List<WhyNot> ofDatabase =
        all.stream().filter(w -> database.isEmpty() || w.database().equals(database)).toList();
    List<WhyNot> wanted =
        ofDatabase.stream()
            .filter(w -> reason.isEmpty() || word(w.reason()).equals(reason))
            .toList();
    return Layout.page(
        "Why not",
        Links.WHY_NOT,
        reader,
        el("h1", "Why not"),
        el("p.lead", "Queries for which nothing is recommended, and the reason for each."),
        el("div.filters", databases(all, database, reason), reasons(ofDatabase, database, reason)),
        list(wanted));
  }

  /** As addresses and JSON spell it: {@code already-indexed}. */
  public static String word(WhyNotReason reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Html databases(List<WhyNot> all, String database, String reason) {
    Map<String, Long> counts =
        all.stream().collect(groupingBy(WhyNot::database, TreeMap::new, counting()));
    Element chips =
        el("p.chips", el("span", "Database")).add(chip("all", "", reason, database.isEmpty()));
    counts.forEach((name, count) -> chips.add(chip(name, name, reason, name.equals(database))));
    return counts.size() > 1 || !database.isEmpty() ? chips : Html.NOTHING;
  }

  private static Html reasons(List<WhyNot> ofDatabase, String database, String reason) {
    Map<WhyNotReason, Long> counts =
        ofDatabase.stream().collect(groupingBy(WhyNot::reason, TreeMap::new, counting()));
    Element chips =
        el("p.chips", el("span", "Reason")).add(chip("all", database, "", reason.isEmpty()));
    counts.forEach(
        (each, count) ->
            chips.add(
                chip(
                    word(each).replace('-', ' ') + " " + Figures.count(count),
                    database,
                    word(each),
                    word(each).equals(reason))));
    return chips;
  }

  private static Html chip(String words, String database, String reason, boolean now) {
    String query =
        (database.isEmpty() ? "" : "&database=" + Links.encoded(database))
            + (reason.isEmpty() ? "" : "&reason=" + Links.encoded(reason));
    Element chip =
        link(query.isEmpty() ? Links.WHY_NOT : Links.WHY_NOT + "?" + query.substring(1), words);
    return now ? chip.set("aria-current", "true") : chip;
  }

  private static Html list(List<WhyNot> wanted) {
    return wanted.isEmpty()
        ? Figure.empty("There is no such query.")
        : Html.all(
            el("ul.statements").addAll(wanted.stream().limit(SHOWN).map(WhyNotPage::item)),
            Cut.note(wanted.size(), SHOWN, "queries"));
  }

  private static Html item(WhyNot statement) {
    return el(
        "li",
        el("p.meta", el("span.tag", word(statement.reason()).replace('-', ' ')))
            .add(
                el("span", Figures.counted(statement.calls(), "call", "calls")),
                link(Links.database(statement.database()), statement.database()),
                el("code.id", statement.fingerprint())),
        el("p", statement.sentence()),
        StatementText.of(statement.text()));
  }
}
