package dev.logdex.recommender.page;

import static dev.logdex.recommender.page.Element.el;

import dev.logdex.recommender.advice.Figures;
import java.util.Locale;

/** Two bars, one of them the cost before and one the cost after, drawn to the same scale. */
final class Bars {
  /** A bar that is all but nothing must still be seen. */
  private static final double LEAST = 0.6;

  private Bars() {}

  static Html of(double before, double after) {
    double most = Math.max(before, after);
    return el(
        "div.bars", line("today", before, most, "before"), line("then", after, most, "after"));
  }

  private static Html line(String name, double cost, double most, String type) {
    double width = most > 0 ? Math.max(LEAST, Math.max(0, cost) / most * 100) : LEAST;
    return el(
        "div",
        el("span", name),
        el(
                "svg",
                el("rect.track").set("width", "100").set("height", "8"),
                el("rect." + type)
                    .set("width", String.format(Locale.ROOT, "%.2f", width))
                    .set("height", "8"))
            .set("viewBox", "0 0 100 8")
            .set("preserveAspectRatio", "none")
            .set("aria-hidden", "true"),
        el("span.n", Figures.cost(cost)));
  }
}
