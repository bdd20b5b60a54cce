package dev.logdex.recommender.selection;

import static java.util.Objects.requireNonNull;

import dev.logdex.recommender.selection.Matrix.Row;
import dev.logdex.recommender.selection.Selection.Pick;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Chooses the set that saves most planner cost a minute when its writes are paid for, within
 * bounds: the better of two greedy fillings, by worth and by worth per byte, improved by swaps; and
 * where the matrix is small, what an integer program finds beyond that.
 */
public final class Optimiser implements Selector {
  /** An exact answer that is no better than this share is left: the greedy one is as good. */
  private static final double LEAST_GAIN = 1e-6;

  private final Goals goals;
  private final Bounds bounds;
  private final boolean exact;

  public Optimiser(Goals goals, Bounds bounds) {
    this(goals, bounds, true);
  }

  private Optimiser(Goals goals, Bounds bounds, boolean exact) {
    this.goals = requireNonNull(goals, "goals");
    this.bounds = requireNonNull(bounds, "bounds");
    this.exact = exact;
  }

  @Override
  public Selection select(Matrix matrix) {
    Instance instance = new Instance(matrix, goals, bounds);
    Choice choice = best(instance);
    List<Pick> picks = picks(instance, choice);
    Set<String> covered = new HashSet<>();
    picks.forEach(pick -> covered.addAll(pick.scans()));
    List<Row> rest = matrix.rows().stream().filter(row -> !covered.contains(row.scan())).toList();
    return new Selection(
        picks,
        rest.stream().filter(Row::servedToday).map(Row::scan).toList(),
        rest.stream().filter(row -> !row.servedToday()).map(Row::scan).toList(),
        declined(instance, choice),
        choice.value());
  }

  @Override
  public boolean leavesSpare() {
    return false;
  }

  /** Without the integer program. */
  @Override
  public Selector quicker() {
    return new Optimiser(goals, bounds, false);
  }

  /** What the best set found is worth, planner units a minute. */
  double value(Matrix matrix) {
    return best(new Instance(matrix, goals, bounds)).value();
  }

  private Choice best(Instance instance) {
    Choice quick = quick(instance);
    if (!exact) {
      return quick;
    }
    return new Exact(instance)
        .best()
        .filter(exact -> exact.value() > quick.value() + LEAST_GAIN * Math.abs(quick.value()))
        .orElse(quick);
  }

  /** Without the integer program. */
  static Choice quick(Instance instance) {
    Swaps swaps = new Swaps(instance);
    Choice byWorth =
        swaps.improve(
            new Greedy(instance, Greedy.Order.BY_WORTH).fill(new Choice(instance), new BitSet()));
    Choice perByte =
        swaps.improve(
            new Greedy(instance, Greedy.Order.BY_WORTH_PER_BYTE)
                .fill(new Choice(instance), new BitSet()));
    return perByte.value() > byWorth.value() ? perByte : byWorth;
  }

  /** Each scan goes to the chosen index that saves most of it, of equals the first by name. */
  private static List<Pick> picks(Instance instance, Choice choice) {
    Map<Integer, List<String>> scansOf = new HashMap<>();
    Map<Integer, Double> savedBy = new HashMap<>();
    boolean[] taken = new boolean[instance.scanCount];
    for (int offer : choice.offers().stream().toArray()) {
      for (int i = 0; i < instance.scans[offer].length; i++) {
        int scan = instance.scans[offer][i];
        if (!taken[scan] && instance.savings[offer][i] >= choice.saved(scan)) {
          taken[scan] = true;
          scansOf.computeIfAbsent(offer, o -> new ArrayList<>()).add(instance.names[scan]);
          savedBy.merge(offer, choice.saved(scan), Double::sum);
        }
      }
    }
    return savedBy.entrySet().stream()
        .sorted(
            Comparator.comparingDouble((Map.Entry<Integer, Double> entry) -> -entry.getValue())
                .thenComparing(Map.Entry::getKey))
        .map(
            entry ->
                new Pick(
                    instance.offers.get(entry.getKey()).index(),
                    instance.offers.get(entry.getKey()).writeOverhead(),
                    scansOf.getOrDefault(entry.getKey(), List.of())))
        .toList();
  }

  private static List<Declined> declined(Instance instance, Choice choice) {
    List<Declined> declined = new ArrayList<>();
    for (int offer = 0; offer < instance.size(); offer++) {
      if (!choice.has(offer) && instance.scans[offer].length > 0) {
        double saving = choice.saving(offer);
        double price = saving - choice.worth(offer);
        declined.add(
            new Declined(
                instance.offers.get(offer).index(), why(choice, offer, saving), saving, price));
      }
    }
    return declined;
  }

  private static Declined.Why why(Choice choice, int offer, double saving) {
    if (choice.worth(offer) > 0) {
      Declined.Why hindrance = choice.hindrance(offer);
      return hindrance == Declined.Why.NONE ? Declined.Why.OTHERS_SAVE_AS_MUCH : hindrance;
    }
    return saving > 0 && new Choice(choice.instance()).worth(offer) <= 0
        ? Declined.Why.NOT_WORTH_ITS_PRICE
        : Declined.Why.OTHERS_SAVE_AS_MUCH;
  }
}
