package dev.logdex.recommender.page;

import static dev.logdex.recommender.page.Element.el;

import dev.logdex.recommender.advice.VisibleText;

/** A statement's text; a long one opens when it is asked for. */
final class StatementText {
  private static final int GLANCE = 400;
  private static final int LONGEST = 8_000;

  private StatementText() {}

  static Html of(String text) {
    String whole = VisibleText.cut(text, LONGEST);
    String glance = VisibleText.cut(text, GLANCE);
    return glance.equals(whole)
        ? sql(whole)
        : el("details.long", el("summary", sql(glance)), sql(whole));
  }

  private static Html sql(String text) {
    return el("code.sql", text);
  }
}
