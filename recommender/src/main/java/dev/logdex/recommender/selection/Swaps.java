package dev.logdex.recommender.selection;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Improves a set as long as one of two moves does: take an offer out, forbid it and fill up again;
 * or force one in, make room for it and fill up again.
 */
final class Swaps {
  private static final int MOST_ROUNDS = 20;

  /** Offers that are forced in at most; beyond it a matrix is too large to try them all. */
  private static final int MOST_FORCED = 200;

  private static final double LEAST_GAIN = 1e-9;

  private final Instance instance;
  private final List<Greedy> fillers;

  Swaps(Instance instance) {
    this.instance = instance;
    this.fillers =
        List.of(
            new Greedy(instance, Greedy.Order.BY_WORTH),
            new Greedy(instance, Greedy.Order.BY_WORTH_PER_BYTE));
  }

  Choice improve(Choice start) {
    Choice best = start;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      double before = best.value();
      best = withOneForced(withOneOut(best));
      if (!isBetter(best.value(), before)) {
        return best;
      }
    }
    return best;
  }

  private Choice withOneOut(Choice start) {
    Choice best = start;
    for (int offer : start.offers().stream().toArray()) {
      if (best.has(offer)) {
        best = better(best, refilled(best.without(offer), offer));
      }
    }
    return best;
  }

  private Choice withOneForced(Choice start) {
    Choice best = start;
    int[] candidates =
        IntStream.range(0, instance.size())
            .filter(offer -> !start.has(offer) && instance.scans[offer].length > 0)
            .boxed()
            .sorted((one, other) -> Double.compare(alone(other), alone(one)))
            .limit(MOST_FORCED)
            .mapToInt(offer -> offer)
            .toArray();
    for (int offer : candidates) {
      if (!best.has(offer)) {
        Choice room = roomFor(best, offer);
        if (room.fits(offer)) {
          room.add(offer);
          best = better(best, refilled(withoutSpare(room), -1));
        }
      }
    }
    return best;
  }

  private double alone(int offer) {
    double saving = 0;
    for (double each : instance.savings[offer]) {
      saving += each;
    }
    return saving - instance.price[offer];
  }

  /**
   * Takes out what stands in the way: what conflicts, and then what is worth least for its size.
   */
  private Choice roomFor(Choice choice, int offer) {
    Choice room = choice.copy();
    for (int other : instance.conflicts[offer]) {
      room = room.has(other) ? room.without(other) : room;
    }
    while (!room.fits(offer) && !room.offers().isEmpty()) {
      room = room.without(cheapest(room));
    }
    return room;
  }

  private int cheapest(Choice choice) {
    int cheapest = -1;
    double least = Double.MAX_VALUE;
    for (int offer : choice.offers().stream().toArray()) {
      double worth =
          (choice.value() - choice.without(offer).value())
              / Math.max(1, instance.offers.get(offer).sizeBytes());
      if (worth < least) {
        least = worth;
        cheapest = offer;
      }
    }
    return cheapest;
  }

  /** Without what is worth nothing beside the others. */
  private Choice withoutSpare(Choice choice) {
    Choice left = choice;
    for (int offer : choice.offers().stream().toArray()) {
      Choice without = left.without(offer);
      left = without.value() >= left.value() ? without : left;
    }
    return left;
  }

  private Choice refilled(Choice from, int forbiddenOffer) {
    BitSet forbidden = new BitSet();
    if (forbiddenOffer >= 0) {
      forbidden.set(forbiddenOffer);
    }
    Choice best = from;
    for (Greedy filler : fillers) {
      best = better(best, withoutSpare(filler.fill(from.copy(), forbidden)));
    }
    return best;
  }

  private static Choice better(Choice one, Choice other) {
    return isBetter(other.value(), one.value()) ? other : one;
  }

  private static boolean isBetter(double value, double than) {
    return value > than + LEAST_GAIN * Math.max(1, Math.abs(than));
  }
}
