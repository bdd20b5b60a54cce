package dev.logdex.analyzer.whatif;

import dev.logdex.analyzer.catalog.RelationName;
import dev.logdex.analyzer.plan.PlanNode;
import dev.logdex.analyzer.scan.Commutators;
import dev.logdex.analyzer.scan.ScanReader;
import dev.logdex.analyzer.scan.TableScan;
import dev.logdex.analyzer.workload.WeightedSample;
import dev.logdex.analyzer.workload.WorkloadStatement;
import dev.logdex.sql.PlannableStatement.Refusal;
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
 * it is planned with the parameters of its samples, or generically when there are none. Of the
 * samples a few are kept, and where the statement was logged with parameters its generic plan is a
 * second opinion.
 */
public final class StatementPlanner {
  private final TextPlanner texts;
  private final Plans plans;
  private final ScanReader scans;
  private final Judge judge;
  private final WriteReader writes;
  private final int mostSamples;

  /**
   * A planner of statements.
   *
   * @param tableOf the table that a relation belongs to; empty for what is no table of interest
   * @param names what a name in a statement refers to
   * @param mostSamples of a query that the planner is asked about later
   */
  public StatementPlanner(
      Plans plans,
      Function<RelationName, Optional<RelationName>> tableOf,
      Commutators commutators,
      Names names,
      int mostSamples) {
    this.texts = new TextPlanner(plans);
    this.plans = plans;
    this.scans = new ScanReader(tableOf, commutators);
    this.judge = new Judge(tableOf);
    this.writes = new WriteReader(plans, tableOf, names);
    this.mostSamples = mostSamples;
  }

  /** Finds what a name means. */
  public interface Names {
    /**
     * The relation of a name as SQL has it, with or without a schema; empty when there is none.
     *
     * @param searchPath as in the setting; empty for what the database has
     */
    Optional<RelationName> relation(String name, String searchPath);
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
      written(statement, forms.get(0).parts.get(part)).ifPresent(planned::add);
      return;
    }
    List<Attempt> attempts = new ArrayList<>();
    for (Form form : forms) {
      attempts.add(attempt(statement, form, part));
    }
    List<Attempt> good = attempts.stream().filter(Attempt::succeeded).toList();
    if (good.isEmpty()) {
      unplanned.add(whyNot(statement, attempts.get(0)));
      written(statement, forms.get(0).parts.get(part)).ifPresent(planned::add);
    } else {
      planned.add(plannedPart(statement, forms.get(0), part, good));
    }
  }

  private Attempt attempt(WorkloadStatement statement, Form form, int part) {
    String text = form.parts.get(part);
    return form.generic
        ? texts.generic(text, form.calls, statement.searchPath())
        : texts.plan(text, form.parameters, form.calls, statement.searchPath());
  }

  /** What is left of a statement that cannot be planned: that it writes. */
  private Optional<PlannedPart> written(WorkloadStatement statement, String text) {
    List<Write> written = writes.ofText(text, statement.searchPath());
    return written.isEmpty()
        ? Optional.empty()
        : Optional.of(new PlannedPart(List.of(), null, null, List.of(), written));
  }

  private PlannedPart plannedPart(
      WorkloadStatement statement, Form form, int part, List<Attempt> good) {
    List<Attempt> chosen = SampleSelection.choose(good, mostSamples);
    double calls = chosen.stream().mapToDouble(Attempt::calls).sum();
    List<PlannedSample> samples = new ArrayList<>();
    for (Attempt attempt : chosen) {
      samples.add(sample(attempt, attempt.calls() / calls));
    }
    Attempt first = chosen.get(0);
    return new PlannedPart(
        samples,
        secondOpinion(statement, form, part),
        first.queryId(),
        commonScans(good),
        writes.of(form.parts.get(part), first, statement.searchPath()));
  }

  private PlannedSample sample(Attempt attempt, double weight) {
    return new PlannedSample(
        attempt.planned(), weight, judge.today(attempt.top()).with(Outline.of(attempt.top())));
  }

  /** A driver that prepares the statement may get its generic plan; one without parameters not. */
  private @Nullable PlannedSample secondOpinion(WorkloadStatement statement, Form form, int part) {
    if (form.generic || form.parameters.isEmpty()) {
      return null;
    }
    Attempt generic = texts.generic(form.parts.get(part), 1, statement.searchPath());
    return generic.succeeded() && generic.planned().parameterCount() > 0
        ? sample(generic, 1)
        : null;
  }

  /**
   * The first sample's scans, with those of its constants that all samples have. No sample is asked
   * for once nothing is left in which it could disagree.
   */
  private List<TableScan> commonScans(List<Attempt> attempts) {
    List<TableScan> common = scans(attempts.get(0));
    for (Attempt attempt : attempts.subList(1, attempts.size())) {
      if (common.stream().noneMatch(TableScan::hasConstants)) {
        return common;
      }
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
    PlanNode bare = plans.withoutIndexes(attempt.planned()).plan().orElse(attempt.top());
    return scans.read(bare);
  }

  private static UnplannedPart whyNot(WorkloadStatement statement, Attempt attempt) {
    return attempt.failure() == null
        ? Refusals.of(Objects.requireNonNull(attempt.refusal()))
        : Refusals.of(attempt.failure(), statement.text());
  }
}
