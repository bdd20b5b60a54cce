package dev.logdex.deploy.benchmark;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a set does for all queries.
 *
 * @param sizeBytes real
 * @param buildSeconds of all its indexes, one after the other, and of ANALYZE
 */
record SetFigures(IndexSet set, long sizeBytes, double buildSeconds, List<QueryFigures> queries) {
  SetFigures {
    queries = List.copyOf(queries);
  }

  double costBefore() {
    return sum(QueryFigures::costBefore);
  }

  double costAfter() {
    return sum(QueryFigures::costAfter);
  }

  /** Of the ratios of costs: every query counts as much, however dear it is. */
  double meanCostRatio() {
    return mean(QueryFigures::costRatio);
  }

  /** At least, where a query was cut. */
  double msBefore() {
    return sum(query -> query.before().ms());
  }

  double msAfter() {
    return sum(query -> query.after().ms());
  }

  double meanTimeRatio() {
    return mean(query -> query.after().ms() / query.before().ms());
  }

  List<QueryFigures> slower() {
    return queries.stream().filter(QueryFigures::isSlower).toList();
  }

  private double sum(ToDoubleFunction<QueryFigures> figure) {
    return queries.stream().mapToDouble(figure).sum();
  }

  private double mean(ToDoubleFunction<QueryFigures> ratio) {
    return Math.exp(sum(query -> Math.log(ratio.applyAsDouble(query))) / queries.size());
  }
}
