package dev.logdex.recommender.page;

import static dev.logdex.recommender.page.Element.el;
import static dev.logdex.recommender.page.Element.link;

/** A page that only says something: not found, refused, failed. */
public final class MessagePage {
  private MessagePage() {}

  /**
   * The page.
   *
   * @param title a few words
   * @param sentence what it means and what can be done
   */
  public static String render(String title, String sentence, Reader reader) {
    return Layout.page(
        title,
        "",
        reader,
        el(
            "div.message",
            el("h1", title),
            el("p", sentence),
            el("p", link(Links.OVERVIEW, "To the recommendations"))));
  }
}
