package dev.logdex.analyzer.whatif;

import dev.logdex.analyzer.catalog.RelationName;
import dev.logdex.analyzer.catalog.Table;
import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.sql.PlannableStatement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Asks the planner what queries would cost with one more index, and remembers the answers. */
final class WhatIf {
  private final Plans plans;
  private final Judge judge;
  private final WhatIfMemory memory;
  private final double cpuOperatorCost;

  WhatIf(
      Plans plans,
      Function<RelationName, Optional<RelationName>> tableOf,
      WhatIfMemory memory,
      double cpuOperatorCost) {
    this.plans = plans;
    this.judge = new Judge(tableOf);
    this.memory = memory;
    this.cpuOperatorCost = cpuOperatorCost;
  }

  /**
   * A candidate as a question.
   *
   * @param columns as the catalog spells them: a query that mentions none of them has no use for
   *     the index
   * @param height levels of the index above its leaves
   */
  record Question(Table table, IndexDefinition definition, Set<String> columns, int height) {
    Question {
      columns = Set.copyOf(columns);
    }

    String createIndex() {
      return "CREATE INDEX ON " + table.quoted() + " " + definition.sql();
    }
  }

  /**
   * The costs of all samples of the queries with the index, by sample; without those that could not
   * be planned.
   */
  IdentityHashMap<PlannedSample, StatementCosts> ask(Question question, List<PlannedPart> parts) {
    IdentityHashMap<PlannedSample, StatementCosts> answers = new IdentityHashMap<>();
    List<PlannedSample> open = new ArrayList<>();
    IdentityHashMap<PlannedSample, Set<String>> ordered = new IdentityHashMap<>();
    for (PlannedPart part : parts) {
      Set<String> orderedAliases = orderedAliases(part);
      for (PlannedSample sample : part.samples()) {
        ordered.put(sample, orderedAliases);
        memory
            .costs(question.createIndex(), sample.statement().sql())
            .ifPresentOrElse(known -> answers.put(sample, known), () -> open.add(sample));
      }
    }
    if (!open.isEmpty()) {
      answers.putAll(asked(question, open, ordered));
    }
    return answers;
  }

  private IdentityHashMap<PlannedSample, StatementCosts> asked(
      Question question,
      List<PlannedSample> samples,
      IdentityHashMap<PlannedSample, Set<String>> ordered) {
    List<PlannableStatement> statements = samples.stream().map(PlannedSample::statement).toList();
    List<Plans.Hypothetical> plansWith = plans.withIndex(question.createIndex(), statements);
    IdentityHashMap<PlannedSample, StatementCosts> answers = new IdentityHashMap<>();
    for (int i = 0; i < samples.size(); i++) {
      PlannedSample sample = samples.get(i);
      Hypothesis hypothesis =
          hypothesis(
              question, plansWith.get(i).indexName(), ordered.getOrDefault(sample, Set.of()));
      plansWith
          .get(i)
          .planned()
          .plan()
          .map(plan -> judge.under(hypothesis, plan))
          .ifPresent(
              costs -> {
                memory.keep(question.createIndex(), sample.statement().sql(), costs);
                answers.put(sample, costs);
              });
    }
    return answers;
  }

  private Hypothesis hypothesis(Question question, String indexName, Set<String> ordered) {
    return new Hypothesis(
        question.table.name(),
        indexName,
        question.definition.elements().get(0).expression(),
        Hypothesis.descentCost(question.height, cpuOperatorCost),
        ordered);
  }

  private static Set<String> orderedAliases(PlannedPart part) {
    Set<String> aliases = new HashSet<>();
    part.scans().stream()
        .filter(scan -> !scan.order().isEmpty())
        .forEach(scan -> aliases.addAll(scan.aliases()));
    return aliases;
  }
}
