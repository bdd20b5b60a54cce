package dev.logdex.analyzer.whatif;

import static java.util.Objects.requireNonNull;

import dev.logdex.analyzer.catalog.RelationName;
import dev.logdex.analyzer.workload.WorkloadStatement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement of the workload with its plans of today.
 *
 * @param parts the queries that were sent in one text; mostly one
 */
public record PlannedStatement(WorkloadStatement statement, List<PlannedPart> parts) {
  public PlannedStatement {
    requireNonNull(statement, "statement");
    parts = List.copyOf(parts);
  }

  /** Whether it reads any table that could have an index. */
  public boolean readsTables() {
    return parts.stream().anyMatch(part -> !part.scans().isEmpty());
  }

  boolean reads(RelationName table) {
    return parts.stream().anyMatch(part -> part.reads(table));
  }

  /** The server's own identity of it; null where it computes none, or for several queries. */
  @Nullable Long queryId() {
    return parts.size() == 1 ? parts.get(0).queryId() : null;
  }

  /** What it costs today, weighted over the samples of its queries. */
  double cost() {
    return parts.stream().mapToDouble(PlannedPart::cost).sum();
  }

  /** The same with generic plans where there are some; NaN when there are none. */
  double genericCost() {
    return parts.stream().allMatch(part -> part.generic() == null)
        ? Double.NaN
        : parts.stream().mapToDouble(PlannedPart::genericCost).sum();
  }

  /** The writes that one call does. */
  public List<Write> writes() {
    return parts.stream().flatMap(part -> part.writes().stream()).toList();
  }
}
