package dev.logdex.analyzer.whatif;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one run of a statement costs.
 *
 * @param total in planner units
 * @param sources the tables that it reads
 * @param outline of the plan, where somebody may want to see it; else null
 */
record StatementCosts(double total, List<SourceCost> sources, @Nullable Outline outline) {
  StatementCosts {
    sources = List.copyOf(sources);
  }

  /** Costs of a plan that nobody wants to see. */
  StatementCosts(double total, List<SourceCost> sources) {
    this(total, sources, null);
  }

  StatementCosts with(Outline shape) {
    return new StatementCosts(total, sources, shape);
  }

  Optional<Outline> shape() {
    return Optional.ofNullable(outline);
  }
}
