package dev.logdex.recommender.page;

import dev.logdex.recommender.advice.Figures;

/** Says how much of a long list is not shown. */
final class Cut {
  private Cut() {}

  static Html note(long inAll, long shown, String things) {
    return inAll <= shown
        ? Html.NOTHING
        : Figure.note(
            "The first "
                + Figures.count(shown)
                + " of "
                + Figures.count(inAll)
                + " "
                + things
                + " are shown.");
  }
}
