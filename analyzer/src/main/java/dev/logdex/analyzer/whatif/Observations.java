package dev.logdex.analyzer.whatif;

import dev.logdex.analyzer.catalog.Table;
import dev.logdex.analyzer.event.Observation;
import dev.logdex.analyzer.event.Observation.CounterproductiveIndex;
import dev.logdex.analyzer.event.Observation.LowVisibility;
import dev.logdex.analyzer.event.Observation.Misestimate;
import dev.logdex.analyzer.event.Observation.OldStatistics;
import dev.logdex.analyzer.plan.PlanNode;
import dev.logdex.analyzer.scan.Clause;
import dev.logdex.analyzer.scan.TableScan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds what about a table calls for other advice than a new index. */
final class Observations {
  /** Rows that an index scan may throw away before that is worth a word. */
  private static final double ROWS_REMOVED = 1000;

  /** How often more rows are thrown away than kept. */
  private static final double REMOVED_FACTOR = 100;

  /** How far an estimate may be off; planners are often wrong by less, and rarely suffer. */
  private static final double MISESTIMATE_FACTOR = 10;

  private static final double MISESTIMATE_ROWS = 1000;

  /** Below this share of all-visible pages index-only scans lose most of what they are for. */
  private static final double VISIBLE_ENOUGH = 0.8;

  private static final Duration OLD = Duration.ofDays(7);

  /** Nodes that pass rows on one by one, in the order in which they come. */
  private static final Set<String> STREAMING =
      Set.of("Limit", "Nested Loop", "Result", "Subquery Scan", "LockRows", "ProjectSet", "Append");

  private final Table table;
  private final List<PlannedStatement> readers;
  private final List<Observation> found = new ArrayList<>();

  private Observations(Table table, List<PlannedStatement> readers) {
    this.table = table;
    this.readers = readers;
  }

  /**
   * The observations, in a fixed order.
   *
   * @param readers the statements that read the table, by fingerprint
   * @param to end of the newest window
   */
  static List<Observation> of(Table table, List<PlannedStatement> readers, Instant to) {
    Observations observations = new Observations(table, readers);
    observations.runs();
    observations.visibility();
    observations.age(to);
    return List.copyOf(observations.found);
  }

  private void runs() {
    Map<String, CounterproductiveIndex> counterproductive = new TreeMap<>();
    Map<String, Misestimate> misestimates = new TreeMap<>();
    for (PlannedStatement reader : readers) {
      String fingerprint = reader.statement().fingerprint().toString();
      for (PlanNode plan : ActualRuns.of(reader).plans()) {
        for (TableScan scan : scans(reader)) {
          for (PlanNode node : ActualRuns.nodes(plan, scan)) {
            counterproductive(fingerprint, plan, node)
                .ifPresent(
                    each ->
                        counterproductive.merge(
                            fingerprint + " " + each.index(), each, Observations::worse));
            misestimate(fingerprint, plan, node, scan)
                .ifPresent(
                    each ->
                        misestimates.merge(
                            fingerprint + " " + each.columns(), each, Observations::worse));
          }
        }
      }
    }
    found.addAll(counterproductive.values());
    found.addAll(misestimates.values());
  }

  private List<TableScan> scans(PlannedStatement reader) {
    return reader.parts().stream()
        .flatMap(part -> part.scans().stream())
        .filter(scan -> scan.table().equals(table.name()))
        .toList();
  }

  private static Optional<CounterproductiveIndex> counterproductive(
      String fingerprint, PlanNode plan, PlanNode node) {
    PlanNode.Actual actual = Objects.requireNonNull(node.actual());
    String index = node.indexName();
    boolean many =
        actual.rowsRemoved() >= ROWS_REMOVED
            && actual.rowsRemoved() >= REMOVED_FACTOR * Math.max(1, actual.rows());
    return index != null && many && isUnderLimit(plan, node)
        ? Optional.of(
            new CounterproductiveIndex(
                List.of(fingerprint), index, actual.rowsRemoved(), actual.rows()))
        : Optional.empty();
  }

  /** Whether a LIMIT stands above with nothing in between that would read to the end. */
  private static boolean isUnderLimit(PlanNode plan, PlanNode node) {
    return plan.tree()
        .filter(each -> each.type().equals("Limit"))
        .anyMatch(limit -> streams(limit, node));
  }

  private static boolean streams(PlanNode from, PlanNode to) {
    return from.children().stream()
        .filter(child -> !child.isSubquery())
        .anyMatch(
            child -> child.equals(to) || (STREAMING.contains(child.type()) && streams(child, to)));
  }

  private static Optional<Misestimate> misestimate(
      String fingerprint, PlanNode plan, PlanNode node, TableScan scan) {
    PlanNode.Actual actual = Objects.requireNonNull(node.actual());
    double estimated = node.rows();
    double factor =
        Math.max(estimated, actual.rows()) / Math.max(1, Math.min(estimated, actual.rows()));
    boolean far =
        factor >= MISESTIMATE_FACTOR && Math.abs(estimated - actual.rows()) >= MISESTIMATE_ROWS;
    // what is cut short by a LIMIT, or by a join that has seen enough, had more rows to give
    boolean cutShort = actual.rows() < estimated && cutsShort(plan);
    return far && actual.loops() > 0 && !cutShort
        ? Optional.of(
            new Misestimate(List.of(fingerprint), columns(scan), estimated, actual.rows()))
        : Optional.empty();
  }

  private static boolean cutsShort(PlanNode plan) {
    return plan.tree()
        .anyMatch(node -> node.type().equals("Limit") || node.type().startsWith("Merge"));
  }

  private static List<String> columns(TableScan scan) {
    return Stream.concat(scan.where().stream(), scan.joins().stream())
        .map(Clause::columns)
        .flatMap(List::stream)
        .distinct()
        .sorted()
        .toList();
  }

  private static CounterproductiveIndex worse(
      CounterproductiveIndex one, CounterproductiveIndex other) {
    return other.rowsRemoved() > one.rowsRemoved() ? other : one;
  }

  private static Misestimate worse(Misestimate one, Misestimate other) {
    return distance(other) > distance(one) ? other : one;
  }

  private static double distance(Misestimate of) {
    return Math.abs(Math.log1p(of.estimatedRows()) - Math.log1p(of.actualRows()));
  }

  private void visibility() {
    Double visible = table.upkeep().allVisibleFraction();
    if (visible == null || visible >= VISIBLE_ENOUGH) {
      return;
    }
    List<String> suffer =
        readers.stream()
            .filter(
                reader ->
                    reader.parts().stream()
                        .map(PlannedPart::outline)
                        .flatMap(Optional::stream)
                        .anyMatch(outline -> outline.readsIndexOnly(table.name().name())))
            .map(Observations::fingerprint)
            .toList();
    if (!suffer.isEmpty()) {
      found.add(new LowVisibility(suffer, Figures.share(visible)));
    }
  }

  /** That statistics were never gathered cannot be told: a copy starts without its counters. */
  private void age(Instant to) {
    Instant analysed = table.upkeep().analysedAt();
    if (analysed != null && analysed.isBefore(to.minus(OLD))) {
      found.add(
          new OldStatistics(readers.stream().map(Observations::fingerprint).toList(), analysed));
    }
  }

  private static String fingerprint(PlannedStatement reader) {
    return reader.statement().fingerprint().toString();
  }
}
