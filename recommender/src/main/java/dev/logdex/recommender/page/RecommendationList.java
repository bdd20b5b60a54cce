package dev.logdex.recommender.page;

import static dev.logdex.recommender.page.Element.el;
import static dev.logdex.recommender.page.Element.link;

import dev.logdex.recommender.advice.Figures;
import dev.logdex.recommender.advice.VisibleText;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.RecommendationEvent;
import java.util.List;

/** Recommendations one below the other, as links to their own pages. */
final class RecommendationList {
  private static final int SHOWN = 200;
  private static final int TITLE_LENGTH = 160;

  private RecommendationList() {}

  static Html of(List<RecommendationEvent> told, String whenEmpty) {
    if (told.isEmpty()) {
      return Figure.empty(whenEmpty);
    }
    Html list = el("ul.cards").addAll(told.stream().limit(SHOWN).map(each -> card(each.data())));
    return Html.all(list, Cut.note(told.size(), SHOWN, "recommendations"));
  }

  private static Html card(Recommendation advice) {
    return el(
        "li.card.severe-" + advice.severity().word(),
        el(
            "div.words",
            link(Links.recommendation(advice.id()), VisibleText.cut(advice.title(), TITLE_LENGTH))
                .set("class", "title"),
            el(
                "p.meta",
                Figure.state(advice.state()),
                Figure.severity(advice.severity()),
                el("span", Figure.kind(advice.kind())),
                link(Links.table(advice.database(), advice.table()), advice.table()),
                link(Links.database(advice.database()), advice.database()))),
        el(
            "dl.numbers",
            number("saved a minute", Figure.saving(advice.savingPerMinute())),
            number(
                advice.queriesInAll() == 1 ? "query" : "queries",
                Figures.count(advice.queriesInAll())),
            number("size", Figures.bytes(advice.sizeBytes()))));
  }

  private static Html number(String name, String value) {
    return el("div", el("dt", name), el("dd", value));
  }
}
