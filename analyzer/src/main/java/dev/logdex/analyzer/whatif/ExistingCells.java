package dev.logdex.analyzer.whatif;

import static java.util.Objects.requireNonNull;

import dev.logdex.analyzer.catalog.RelationName;
import dev.logdex.analyzer.catalog.Table;
import dev.logdex.analyzer.event.ExistingIndex;
import dev.logdex.analyzer.plan.Planned;
import dev.logdex.sql.PlannableStatement;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Asks what queries cost with one of a table's existing indexes alone, and without it: the first
 * compares it with candidates, the second is what dropping it would cost.
 */
final class ExistingCells {
  private final Hiding hiding;
  private final Judge judge;
  private final WhatIfMemory memory;

  ExistingCells(
      Hiding hiding, Function<RelationName, Optional<RelationName>> tableOf, WhatIfMemory memory) {
    this.hiding = hiding;
    this.judge = new Judge(tableOf);
    this.memory = memory;
  }

  /** The costs of all samples when the index is the only one of its table that is there. */
  IdentityHashMap<PlannedSample, StatementCosts> alone(
      Table table, ExistingIndex index, List<PlannedPart> parts) {
    Set<String> others = new TreeSet<>();
    table.indexes().stream()
        .map(ExistingIndex::name)
        .filter(name -> !name.equals(index.name()))
        .forEach(others::add);
    return ask("alone: " + index.name(), table, index, others, parts);
  }

  /** The costs of all samples when the index is not there, but all others are. */
  IdentityHashMap<PlannedSample, StatementCosts> without(
      Table table, ExistingIndex index, List<PlannedPart> parts) {
    return ask("without: " + index.name(), table, index, Set.of(index.name()), parts);
  }

  private IdentityHashMap<PlannedSample, StatementCosts> ask(
      String question,
      Table table,
      ExistingIndex index,
      Set<String> hidden,
      List<PlannedPart> parts) {
    String key = question + " of " + table.quoted();
    IdentityHashMap<PlannedSample, StatementCosts> answers = new IdentityHashMap<>();
    List<PlannedSample> open = new ArrayList<>();
    IdentityHashMap<PlannedSample, Hypothesis> hypotheses = new IdentityHashMap<>();
    for (PlannedPart part : parts) {
      Hypothesis hypothesis = Hypothesis.ofExisting(table, index, WhatIf.orderedAliases(part));
      for (PlannedSample sample : part.samples()) {
        hypotheses.put(sample, hypothesis);
        memory
            .costs(key, sample.statement().identity())
            .ifPresentOrElse(known -> answers.put(sample, known), () -> open.add(sample));
      }
    }
    List<PlannableStatement> statements = open.stream().map(PlannedSample::statement).toList();
    List<Planned> plans =
        open.isEmpty() || hidden.isEmpty()
            ? List.of()
            : hiding.without(table.name(), hidden, statements);
    for (int i = 0; i < plans.size(); i++) {
      PlannedSample sample = open.get(i);
      plans
          .get(i)
          .plan()
          .map(plan -> judge.under(requireNonNull(hypotheses.get(sample)), plan))
          .ifPresent(
              costs -> {
                memory.keep(key, sample.statement().identity(), costs);
                answers.put(sample, costs);
              });
    }
    return answers;
  }
}
