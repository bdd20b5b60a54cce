package dev.logdex.analyzer.whatif;

import dev.logdex.analyzer.catalog.RelationName;
import dev.logdex.analyzer.plan.PlanFailure;
import dev.logdex.analyzer.plan.PlanNode;
import dev.logdex.analyzer.plan.Planned;
import dev.logdex.analyzer.scan.Commutators;
import dev.logdex.analyzer.scan.ScanReader;
import dev.logdex.analyzer.scan.TableScan;
import dev.logdex.analyzer.workload.WeightedSample;
import dev.logdex.analyzer.workload.WorkloadStatement;
import dev.logdex.sql.PlannableStatement;
import dev.logdex.sql.PlannableStatement.Refusal;
import dev.logdex.sql.PlannableStatement.Result;
import dev.logdex.sql.StatementKind;
import dev.logdex.sql.StatementSplitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Plans the statements of a workload: each text is taken apart at its semicolons, and each query in
 * it is planned with the parameters of its samples, or generically when there are none.
 */
public final class StatementPlanner {
  private final Plans plans;
  private final Function<RelationName, Optional<RelationName>> tableOf;
  private final ScanReader scans;
  private final Judge judge;

  /**
   * A planner of statements.
   *
   * @param tableOf the table that a relation belongs to; empty for what is no table of interest
   */
  public StatementPlanner(
      Plans plans,
      Function<RelationName, Optional<RelationName>> tableOf,
      Commutators commutators) {
    this.plans = plans;
    this.tableOf = tableOf;
    this.scans = new ScanReader(tableOf, commutators);
    this.judge = new Judge(tableOf);
  }

  /** A sample's text, taken apart. */
  private record Form(
      List<String> parts, List<@Nullable String> parameters, long calls, boolean generic) {}

  /** Plans a statement; it is never run. */
  public StatementPlanning plan(WorkloadStatement statement) {
    List<Form> forms = forms(statement);
    List<PlannedPart> planned = new ArrayList<>();
    List<UnplannedPart> unplanned = new ArrayList<>();
    int parts = forms.get(0).parts.size();
    for (int part = 0; part < parts; part++) {
      part(statement, forms, part, planned, unplanned);
    }
    if (parts == 0) {
      unplanned.add(Refusals.of(Refusal.EMPTY));
    }
    return new StatementPlanning(new PlannedStatement(statement, planned), unplanned);
  }

  /** The samples with as many queries in them as the first has; the normalized text without any. */
  private static List<Form> forms(WorkloadStatement statement) {
    List<Form> forms = new ArrayList<>();
    for (WeightedSample sample : statement.samples()) {
      List<String> parts = StatementSplitter.split(sample.statement());
      if (forms.isEmpty() || parts.size() == forms.get(0).parts.size()) {
        forms.add(new Form(parts, sample.parameters(), sample.calls(), false));
      }
    }
    return forms.isEmpty() ? List.of(genericForm(statement)) : forms;
  }

  private static Form genericForm(WorkloadStatement statement) {
    return new Form(StatementSplitter.split(statement.text()), List.of(), 1, true);
  }

  private void part(
      WorkloadStatement statement,
      List<Form> forms,
      int part,
      List<PlannedPart> planned,
      List<UnplannedPart> unplanned) {
    StatementKind kind = StatementKind.of(forms.get(0).parts.get(part));
    if (!kind.isPlannable()) {
      unplanned.add(Refusals.of(kind, forms.get(0).parts.size() > 1));
      return;
    }
    List<Attempt> attempts = new ArrayList<>();
    for (Form form : forms) {
      attempts.add(attempt(form, part));
    }
    Optional<PlannedPart> success = plannedPart(attempts);
    success.ifPresentOrElse(planned::add, () -> unplanned.add(whyNot(statement, attempts.get(0))));
  }

  /** One sample's plan, or what stood in its way. */
  private record Attempt(
      long calls,
      @Nullable PlannableStatement statement,
      @Nullable PlanNode plan,
      @Nullable PlanFailure failure,
      @Nullable Refusal refusal) {}

  private Attempt attempt(Form form, int part) {
    String text = form.parts.get(part);
    Result result =
        form.generic
            ? PlannableStatement.generic(text)
            : PlannableStatement.of(text, form.parameters);
    if (result.refusal().filter(Refusal.PARAMETER_MISSING::equals).isPresent()) {
      result = PlannableStatement.generic(text);
    }
    Attempt attempt = attempt(form, result);
    boolean guessed = !form.generic && !form.parameters.isEmpty();
    // a parameter's type may be plain from its place but not from its text
    return attempt.plan == null && attempt.failure != null && guessed
        ? firstWithPlan(attempt(form, PlannableStatement.generic(text)), attempt)
        : attempt;
  }

  private static Attempt firstWithPlan(Attempt one, Attempt other) {
    return one.plan != null ? one : other;
  }

  private Attempt attempt(Form form, Result result) {
    if (result.statement().isEmpty()) {
      return new Attempt(form.calls, null, null, null, result.refusal().orElseThrow());
    }
    PlannableStatement statement = result.statement().get();
    Planned planned = plans.today(statement);
    return new Attempt(
        form.calls, statement, planned.plan().orElse(null), planned.failure().orElse(null), null);
  }

  private Optional<PlannedPart> plannedPart(List<Attempt> attempts) {
    List<Attempt> good = attempts.stream().filter(attempt -> attempt.plan != null).toList();
    if (good.isEmpty()) {
      return Optional.empty();
    }
    double calls = good.stream().mapToDouble(Attempt::calls).sum();
    List<PlannedSample> samples = new ArrayList<>();
    for (Attempt attempt : good) {
      samples.add(
          new PlannedSample(
              Objects.requireNonNull(attempt.statement),
              attempt.calls / calls,
              judge.today(Objects.requireNonNull(attempt.plan))));
    }
    Attempt first = good.get(0);
    return Optional.of(
        new PlannedPart(samples, commonScans(good), writes(Objects.requireNonNull(first.plan))));
  }

  /** The first sample's scans, with those of its constants that all samples have. */
  private List<TableScan> commonScans(List<Attempt> attempts) {
    List<TableScan> common = scans(attempts.get(0));
    for (Attempt attempt : attempts.subList(1, attempts.size())) {
      List<TableScan> others = scans(attempt);
      common = common.stream().map(scan -> scan.agreeingWith(same(scan, others))).toList();
    }
    return common;
  }

  private static @Nullable TableScan same(TableScan scan, List<TableScan> others) {
    return others.stream()
        .filter(other -> other.table().equals(scan.table()))
        .filter(other -> other.aliases().equals(scan.aliases()))
        .findFirst()
        .orElse(null);
  }

  private List<TableScan> scans(Attempt attempt) {
    PlanNode today = Objects.requireNonNull(attempt.plan);
    PlanNode bare =
        plans.withoutIndexes(Objects.requireNonNull(attempt.statement)).plan().orElse(today);
    return scans.read(bare);
  }

  private List<Write> writes(PlanNode plan) {
    return plan.tree()
        .filter(node -> node.operation() != null && node.relation() != null)
        .flatMap(node -> write(node).stream())
        .toList();
  }

  private Optional<Write> write(PlanNode node) {
    RelationName relation =
        new RelationName(
            Objects.requireNonNullElse(node.schema(), ""),
            Objects.requireNonNullElse(node.relation(), ""));
    return tableOf
        .apply(relation)
        .map(table -> new Write(table, Objects.requireNonNullElse(node.operation(), "")));
  }

  private static UnplannedPart whyNot(WorkloadStatement statement, Attempt attempt) {
    return attempt.failure == null
        ? Refusals.of(Objects.requireNonNull(attempt.refusal))
        : Refusals.of(attempt.failure, statement.text());
  }
}
