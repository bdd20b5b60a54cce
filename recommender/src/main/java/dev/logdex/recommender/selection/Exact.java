package dev.logdex.recommender.selection;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;

/**
 * The best set there is, by an integer program: facility location with prices, bounds and
 * conflicts. Only for matrices that are small enough.
 */
final class Exact {
  /**
   * Cells of the largest matrix that is solved exactly. Beyond it the search takes some ten
   * milliseconds of every table, and finds a few hundredths of a percent at most.
   */
  private static final int MOST_CELLS = 60;

  /**
   * Nodes of the search at most: a number and no time, so that the answer does not depend on it.
   */
  private static final int MOST_ITERATIONS = 10_000;

  private final Instance instance;

  Exact(Instance instance) {
    this.instance = instance;
  }

  /** The best set; empty when the matrix is too large or the search did not come to its end. */
  Optional<Choice> best() {
    int cells = 0;
    double largest = 0;
    for (double[] each : instance.savings) {
      cells += each.length;
      for (double saving : each) {
        largest = Math.max(largest, saving);
      }
    }
    return cells == 0 || cells > MOST_CELLS ? Optional.empty() : solved(1 / largest);
  }

  /** Numbers far from 1 make a solver inexact, so all of them are scaled. */
  private Optional<Choice> solved(double scale) {
    ExpressionsBasedModel model = new ExpressionsBasedModel();
    model.options.iterations_abort = MOST_ITERATIONS;
    List<Variable> offers = new ArrayList<>();
    for (int offer = 0; offer < instance.size(); offer++) {
      offers.add(
          model.newVariable("offer" + offer).binary().weight(-instance.price[offer] * scale));
    }
    serve(model, offers, scale);
    endHot(model, offers, scale);
    bound(model, offers);
    Optimisation.Result result = model.maximise();
    if (!result.getState().isOptimal()) {
      return Optional.empty();
    }
    BitSet chosen = new BitSet();
    for (int offer = 0; offer < instance.size(); offer++) {
      chosen.set(offer, result.doubleValue(offer) > 0.5);
    }
    return Optional.of(new Choice(instance, chosen));
  }

  private void serve(ExpressionsBasedModel model, List<Variable> offers, double scale) {
    List<Expression> onePerScan = new ArrayList<>();
    for (int scan = 0; scan < instance.scanCount; scan++) {
      onePerScan.add(model.newExpression("scan" + scan).upper(BigDecimal.ONE));
    }
    for (int offer = 0; offer < instance.size(); offer++) {
      for (int i = 0; i < instance.scans[offer].length; i++) {
        Variable serves =
            model
                .newVariable("serves" + offer + "/" + instance.scans[offer][i])
                .lower(BigDecimal.ZERO)
                .upper(BigDecimal.ONE)
                .weight(instance.savings[offer][i] * scale);
        onePerScan.get(instance.scans[offer][i]).set(serves, BigDecimal.ONE);
        model
            .newExpression("only" + offer + "/" + i)
            .upper(BigDecimal.ZERO)
            .set(serves, BigDecimal.ONE)
            .set(offers.get(offer), BigDecimal.ONE.negate());
      }
    }
  }

  private void endHot(ExpressionsBasedModel model, List<Variable> offers, double scale) {
    Expression lost = model.newExpression("hot");
    boolean bounded = instance.bounds.hotUpdatesLostPerMinute() < Double.MAX_VALUE;
    for (int update = 0; update < instance.hotRate.length; update++) {
      Variable ended =
          model
              .newVariable("ended" + update)
              .lower(BigDecimal.ZERO)
              .upper(BigDecimal.ONE)
              .weight(-instance.hotPrice[update] * scale);
      if (bounded) {
        lost.set(ended, instance.hotRate[update]);
      }
      for (int offer = 0; offer < instance.size(); offer++) {
        for (int ends : instance.hotUpdates[offer]) {
          if (ends == update) {
            model
                .newExpression("ends" + offer + "/" + update)
                .upper(BigDecimal.ZERO)
                .set(offers.get(offer), BigDecimal.ONE)
                .set(ended, BigDecimal.ONE.negate());
          }
        }
      }
    }
    if (bounded) {
      lost.upper(instance.bounds.hotUpdatesLostPerMinute());
    }
  }

  private void bound(ExpressionsBasedModel model, List<Variable> offers) {
    Bounds bounds = instance.bounds;
    if (bounds.indexes() < instance.size()) {
      Expression count = model.newExpression("count").upper(BigDecimal.valueOf(bounds.indexes()));
      offers.forEach(offer -> count.set(offer, BigDecimal.ONE));
    }
    if (bounds.storageBytes() < Long.MAX_VALUE) {
      double unit = Math.max(1, bounds.storageBytes());
      Expression storage = model.newExpression("storage").upper(bounds.storageBytes() / unit);
      for (int i = 0; i < offers.size(); i++) {
        storage.set(offers.get(i), instance.offers.get(i).sizeBytes() / unit);
      }
    }
    if (bounds.writeOverhead() < Double.MAX_VALUE) {
      Expression overhead = model.newExpression("overhead").upper(bounds.writeOverhead());
      for (int i = 0; i < offers.size(); i++) {
        overhead.set(offers.get(i), instance.offers.get(i).writeOverhead());
      }
    }
    for (int offer = 0; offer < offers.size(); offer++) {
      for (int other : instance.conflicts[offer]) {
        if (other != offer) {
          model
              .newExpression("beside" + offer + "/" + other)
              .upper(BigDecimal.ONE)
              .set(offers.get(offer), BigDecimal.ONE)
              .set(offers.get(other), BigDecimal.ONE);
        }
      }
    }
  }
}
