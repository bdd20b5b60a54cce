package dev.logdex.recommender.page;

import static dev.logdex.recommender.page.Element.el;
import static dev.logdex.recommender.page.Element.link;

/** What all pages look like around their content. */
final class Layout {
  private Layout() {}

  /**
   * A whole page.
   *
   * @param place which entry of the navigation the page belongs to, by its link; may be none of
   *     them
   */
  static String page(String title, String place, Reader reader, Html... content) {
    return "<!doctype html>\n"
        + el("html", head(title), body(place, reader, content)).set("lang", "en").markup()
        + "\n";
  }

  private static Html head(String title) {
    return el(
        "head",
        el("meta").set("charset", "utf-8"),
        el("meta").set("name", "viewport").set("content", "width=device-width, initial-scale=1"),
        el("meta").set("name", "color-scheme").set("content", "light dark"),
        el("title", title + " · Logdex"),
        el("link").set("rel", "stylesheet").set("href", Links.STYLE),
        el("link").set("rel", "icon").set("href", Links.ICON).set("type", "image/svg+xml"));
  }

  private static Html body(String place, Reader reader, Html... content) {
    return el(
        "body",
        link("#main", "Skip to the content").set("class", "skip"),
        el(
            "header.top",
            el("a.brand", icon(), el("span", "Logdex")).set("href", Links.OVERVIEW),
            el(
                    "nav",
                    entry(Links.OVERVIEW, "Recommendations", place),
                    entry(Links.WHY_NOT, "Why not", place))
                .set("aria-label", "Pages"),
            access(reader, place)),
        el("main").set("id", "main").add(content),
        el(
            "footer",
            el(
                "p",
                "Costs are in planner units, not milliseconds: what Postgres estimates on the"
                    + " analysis database. Rates are those of the log. Times are UTC.")));
  }

  private static Html icon() {
    return el("img").set("src", Links.ICON).set("alt", "").set("width", "22").set("height", "22");
  }

  private static Html entry(String href, String words, String place) {
    Element entry = link(href, words);
    return place.equals(href) ? entry.set("aria-current", "page") : entry;
  }

  private static Html access(Reader reader, String place) {
    return switch (reader.access()) {
      case READ_ONLY -> el("span.access", "read only");
      case STRANGER -> el("span.access", entry(Links.LOGIN, "Log in", place));
      case LOGGED_IN ->
          el("form.access", csrf(reader), el("button.plain", "Log out"))
              .set("method", "post")
              .set("action", Links.LOGOUT);
    };
  }

  /** The hidden field that every form but the login has. */
  static Html csrf(Reader reader) {
    return el("input").set("type", "hidden").set("name", "csrf").set("value", reader.csrf());
  }

  /** Where a page stands, from the overview down; the last one is the page itself. */
  static Html path(Html... places) {
    Element list = el("ol");
    for (Html place : places) {
      list.add(el("li", place));
    }
    return el("nav.path", list).set("aria-label", "Where this page stands");
  }
}
