package dev.logdex.analyzer.whatif;

import dev.logdex.analyzer.candidate.IndexShape;
import dev.logdex.analyzer.catalog.RelationName;
import dev.logdex.analyzer.catalog.Table;
import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.UnplannedReason;
import dev.logdex.analyzer.plan.PlanFailure;
import dev.logdex.analyzer.plan.PlanNode;
import dev.logdex.analyzer.plan.Planned;
import dev.logdex.sql.PlannableStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Asks the planner what queries would cost with one more index, and remembers the answers. */
final class WhatIf {
  private static final double WORTH_SEEING = 0.9;

  private final Plans plans;
  private final Judge judge;
  private final WhatIfMemory memory;
  private final CostSettings settings;
  private final Optional<Builds> builds;
  private final TimeBudget time;
  private final Set<String> leftOut = ConcurrentHashMap.newKeySet();
  private final Map<String, BuildOutcome> outcomes = new ConcurrentHashMap<>();

  WhatIf(
      Plans plans,
      Optional<Builds> builds,
      Function<RelationName, Optional<RelationName>> tableOf,
      WhatIfMemory memory,
      CostSettings settings,
      Duration statementTime) {
    this.plans = plans;
    this.builds = builds;
    this.judge = new Judge(tableOf);
    this.memory = memory;
    this.settings = settings;
    this.time = new TimeBudget(statementTime);
  }

  /**
   * A candidate as a question.
   *
   * @param columns as the catalog spells them: a query that mentions none of them has no use for
   *     the index
   * @param shape of the index once it is there
   * @param build whether it has to be built to be asked about
   */
  record Question(
      Table table,
      IndexDefinition definition,
      Set<String> columns,
      IndexShape shape,
      boolean build) {
    Question {
      columns = Set.copyOf(columns);
    }

    String createIndex() {
      return "CREATE INDEX ON " + table.quoted() + " " + definition.sql();
    }

    /** What answers are remembered by: a built index and a hypothetical one differ. */
    private String key() {
      return (build ? "built: " : "") + createIndex();
    }
  }

  /** Whether there are questions about the statement that the round had no time for. */
  boolean hasLeftOut(PlannedStatement statement) {
    return statement.parts().stream()
        .flatMap(part -> Stream.concat(part.samples().stream(), Stream.ofNullable(part.generic())))
        .map(PlannedSample::statement)
        .flatMap(each -> Stream.of(each, each.uncached()))
        .anyMatch(each -> leftOut.contains(each.identity()));
  }

  /** What came of making the index; empty when it was not built and nothing stood in its way. */
  Optional<BuildOutcome> outcome(Question question) {
    return Optional.ofNullable(outcomes.get(question.key()));
  }

  /**
   * The costs of all samples of the queries with the index, by sample; without those that could not
   * be planned.
   */
  IdentityHashMap<PlannedSample, StatementCosts> ask(Question question, List<PlannedPart> parts) {
    IdentityHashMap<PlannedSample, StatementCosts> answers = new IdentityHashMap<>();
    List<PlannedSample> open = new ArrayList<>();
    IdentityHashMap<PlannedSample, Set<String>> ordered = new IdentityHashMap<>();
    boolean remembered = isOutcomeRemembered(question);
    boolean known = !question.build || remembered;
    for (PlannedPart part : parts) {
      Set<String> orderedAliases = orderedAliases(part);
      for (PlannedSample sample : part.samples()) {
        ordered.put(sample, orderedAliases);
        memory
            .costs(question.key(), sample.statement().identity())
            .filter(costs -> known)
            .ifPresentOrElse(
                costs -> answers.put(sample, costs),
                () -> {
                  String statement = sample.statement().identity();
                  if (known && !isWorthAsking(question, statement)) {
                    return;
                  }
                  if (time.isSpent(statement, part.samples().size())) {
                    leftOut.add(statement);
                  } else {
                    open.add(sample);
                  }
                });
      }
    }
    if (!open.isEmpty() && !isRefused(question)) {
      answers.putAll(asked(question, open, ordered));
    }
    return answers;
  }

  private boolean isOutcomeRemembered(Question question) {
    Optional<BuildOutcome> remembered = memory.outcome(question.key());
    remembered.ifPresent(outcome -> outcomes.put(question.key(), outcome));
    return remembered.isPresent();
  }

  private boolean isRefused(Question question) {
    return outcome(question).filter(outcome -> outcome.refusal() != null).isPresent();
  }

  /**
   * A plan with the index in place.
   *
   * @param indexNames what it calls the index
   * @param pages that the planner took the index to have; 0 when it had the real one
   */
  private record Answer(Set<String> indexNames, double pages, Planned planned) {}

  private IdentityHashMap<PlannedSample, StatementCosts> asked(
      Question question,
      List<PlannedSample> samples,
      IdentityHashMap<PlannedSample, Set<String>> ordered) {
    Map<String, PlannableStatement> statements = new LinkedHashMap<>();
    samples.stream()
        .map(PlannedSample::statement)
        .forEach(each -> statements.putIfAbsent(each.identity(), each));
    Map<String, Answer> plansWith = plansWith(question, List.copyOf(statements.values()));
    IdentityHashMap<PlannedSample, StatementCosts> answers = new IdentityHashMap<>();
    for (PlannedSample sample : samples) {
      Answer answer = plansWith.get(sample.statement().identity());
      if (answer == null) {
        continue;
      }
      Hypothesis hypothesis = hypothesis(question, answer, ordered.getOrDefault(sample, Set.of()));
      Planned planned = answer.planned;
      time.spend(sample.statement().identity(), planned.planningTime());
      if (planned.failure().isPresent()) {
        remember(question, sample.statement().identity(), planned);
      }
      planned
          .plan()
          .map(plan -> shaped(judge.under(hypothesis, plan), plan, sample, hypothesis, question))
          .ifPresent(
              costs -> {
                memory.keep(question.key(), sample.statement().identity(), costs);
                answers.put(sample, costs);
              });
    }
    return answers;
  }

  /** The answers by the statements' identities; none at all when there can be no such index. */
  private Map<String, Answer> plansWith(Question question, List<PlannableStatement> statements) {
    List<Answer> answers =
        question.build ? built(question, statements) : hypothetical(question, statements);
    Map<String, Answer> byStatement = new HashMap<>();
    for (int i = 0; i < answers.size(); i++) {
      byStatement.put(statements.get(i).identity(), answers.get(i));
    }
    return byStatement;
  }

  /** Keeps the outline of a plan that is better by enough for somebody to want to see it. */
  private static StatementCosts shaped(
      StatementCosts costs,
      PlanNode plan,
      PlannedSample sample,
      Hypothesis hypothesis,
      Question question) {
    return costs.total() < WORTH_SEEING * sample.today().total()
        ? costs.with(Outline.of(plan, hypothesis.indexNames(), question.definition.sql()))
        : costs;
  }

  /** Not when the planner refused this before, or took too long with whatever index. */
  private boolean isWorthAsking(Question question, String statement) {
    return !memory.isGivenUp(statement) && memory.plan(question.key(), statement).isEmpty();
  }

  private void remember(Question question, String statement, Planned refusal) {
    if (takesTooLong(refusal)) {
      memory.giveUp(statement);
    }
    memory.keep(question.key(), statement, refusal);
  }

  /** One that took too long with one index would hold up the others again with every other one. */
  private static boolean takesTooLong(Planned planned) {
    return planned
        .failure()
        .filter(failure -> failure.reason() == UnplannedReason.PLAN_TIMEOUT && !failure.mayPass())
        .isPresent();
  }

  private List<Answer> hypothetical(Question question, List<PlannableStatement> statements) {
    List<Plans.Hypothetical> answers = plans.withIndex(question.createIndex(), statements);
    // without a name there was no index: it is not the statement that was refused
    if (!answers.isEmpty() && answers.stream().allMatch(each -> each.indexName().isEmpty())) {
      String why =
          answers.get(0).planned().failure().map(PlanFailure::sentence).orElse("Postgres refused");
      BuildOutcome refused = new BuildOutcome(0, "There can be no such index. " + why + ".");
      outcomes.put(question.key(), refused);
      memory.keep(question.key(), refused);
    }
    return answers.stream()
        .map(each -> new Answer(Set.of(each.indexName()), each.pages(), each.planned()))
        .toList();
  }

  /** One answer for each statement, or none at all when the index could not be built. */
  private List<Answer> built(Question question, List<PlannableStatement> statements) {
    Build build = builds.orElseThrow().build(question.table, question.definition, statements);
    BuildOutcome outcome =
        new BuildOutcome(
            build.built().map(Build.Built::sizeBytes).orElse(0L),
            build.refused().map(Build.Refused::reason).orElse(null));
    outcomes.put(question.key(), outcome);
    if (build.refused().filter(Build.Refused::mayPass).isEmpty()) {
      memory.keep(question.key(), outcome);
    }
    return build
        .built()
        .map(
            built ->
                built.plans().stream()
                    .map(plan -> new Answer(built.indexNames(), 0, plan))
                    .toList())
        .orElse(List.of());
  }

  private Hypothesis hypothesis(Question question, Answer answer, Set<String> ordered) {
    boolean exact = question.build || !question.definition.method().equals("btree");
    return new Hypothesis(
        question.table.name(),
        answer.indexNames,
        question.definition.elements().get(0).expression(),
        exact ? 0 : Hypothesis.descentCost(question.shape.height(), settings.operator()),
        exact ? PageBias.NONE : pageBias(question, answer.pages),
        ordered);
  }

  private PageBias pageBias(Question question, double hypotheticalPages) {
    IndexShape shape = question.shape;
    boolean known = hypotheticalPages > 0 && question.table.partitions() == 1;
    return known
        ? new PageBias(hypotheticalPages, shape.pages(), shape.entries(), settings.randomPage())
        : PageBias.NONE;
  }

  static Set<String> orderedAliases(PlannedPart part) {
    Set<String> aliases = new HashSet<>();
    part.scans().stream()
        .filter(scan -> !scan.order().isEmpty())
        .forEach(scan -> aliases.addAll(scan.aliases()));
    return aliases;
  }
}
