package dev.logdex.recommender.selection;

import java.util.BitSet;

/**
 * Fills a set with whatever is worth most next, until nothing that fits is worth anything. Only
 * offers that have to do with the last one are looked at again, so a large matrix is quick.
 */
final class Greedy {
  /** An index takes a page at least, so that tiny ones are not worth any price. */
  private static final double LEAST_BYTES = 8192;

  private final Instance instance;
  private final Order order;

  /** What is taken next. */
  enum Order {
    BY_WORTH,
    BY_WORTH_PER_BYTE
  }

  Greedy(Instance instance, Order order) {
    this.instance = instance;
    this.order = order;
  }

  /** Fills the set, which is changed, without the forbidden offers. */
  Choice fill(Choice choice, BitSet forbidden) {
    double[] worth = new double[instance.size()];
    for (int offer = 0; offer < worth.length; offer++) {
      worth[offer] = open(choice, forbidden, offer) ? choice.worth(offer) : 0;
    }
    while (true) {
      int next = next(choice, worth);
      if (next < 0) {
        return choice;
      }
      choice.add(next);
      worth[next] = 0;
      for (int near : instance.neighbours[next]) {
        worth[near] = open(choice, forbidden, near) ? choice.worth(near) : 0;
      }
    }
  }

  private static boolean open(Choice choice, BitSet forbidden, int offer) {
    return !choice.has(offer) && !forbidden.get(offer);
  }

  /** Of equals the first by name; an offer that does not fit now never will. */
  private int next(Choice choice, double[] worth) {
    int best = -1;
    double bestScore = 0;
    for (int offer = 0; offer < worth.length; offer++) {
      if (worth[offer] > 0) {
        double score = score(offer, worth[offer]);
        if (score > bestScore) {
          if (choice.fits(offer)) {
            best = offer;
            bestScore = score;
          } else {
            worth[offer] = 0;
          }
        }
      }
    }
    return best;
  }

  private double score(int offer, double worth) {
    return order == Order.BY_WORTH
        ? worth
        : worth / Math.max(LEAST_BYTES, (double) instance.offers.get(offer).sizeBytes());
  }
}
