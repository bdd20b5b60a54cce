package dev.logdex.analyzer.whatif;

import dev.logdex.analyzer.plan.PlanNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Chooses the few of a query's planned samples that stand for all of them: the most frequent one,
 * the most and the least selective by the rows that their plans expect, and then the next most
 * frequent. The calls of the others go to the chosen one whose plan costs most nearly the same.
 */
final class SampleSelection {
  private SampleSelection() {}

  /**
   * At most so many of the attempts, each with the calls that it stands for now.
   *
   * @param attempts that succeeded, most frequent first
   */
  static List<Attempt> choose(List<Attempt> attempts, int most) {
    if (attempts.size() <= most) {
      return attempts;
    }
    Comparator<Integer> byRows = Comparator.comparingDouble(i -> rows(attempts.get(i).top()));
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < attempts.size(); i++) {
      all.add(i);
    }
    Set<Integer> chosen = new LinkedHashSet<>();
    chosen.add(0);
    add(chosen, all.stream().min(byRows.thenComparing(i -> i)).orElseThrow(), most);
    add(chosen, all.stream().max(byRows.thenComparing(i -> -i)).orElseThrow(), most);
    all.forEach(i -> add(chosen, i, most));
    return weighted(attempts, chosen.stream().sorted().toList());
  }

  private static void add(Set<Integer> chosen, int index, int most) {
    if (chosen.size() < most) {
      chosen.add(index);
    }
  }

  private static List<Attempt> weighted(List<Attempt> attempts, List<Integer> chosen) {
    long[] calls = new long[attempts.size()];
    for (int i = 0; i < attempts.size(); i++) {
      int sample = i;
      int nearest =
          chosen.contains(i)
              ? i
              : chosen.stream()
                  .min(
                      Comparator.comparingDouble(
                          each -> distance(attempts.get(each), attempts.get(sample))))
                  .orElseThrow();
      calls[nearest] += attempts.get(i).calls();
    }
    return chosen.stream().map(i -> attempts.get(i).with(calls[i])).toList();
  }

  /** Of costs, as a ratio: 10 and 100 are as far apart as 100 and 1,000. */
  private static double distance(Attempt one, Attempt other) {
    return Math.abs(Math.log1p(one.top().totalCost()) - Math.log1p(other.top().totalCost()));
  }

  private static double rows(PlanNode plan) {
    return plan.tree().filter(PlanNode::readsRelation).mapToDouble(PlanNode::rows).sum();
  }
}
