package dev.logdex.analyzer.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.catalog.RelationName;
import dev.logdex.analyzer.plan.PlanFailure;
import dev.logdex.analyzer.plan.Planned;
import dev.logdex.analyzer.plan.Plans15;
import dev.logdex.analyzer.scan.Commutators;
import dev.logdex.analyzer.workload.WeightedSample;
import dev.logdex.analyzer.workload.WorkloadStatement;
import dev.logdex.normalizer.event.Fingerprint;
import dev.logdex.sql.PlannableStatement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatementPlannerTest {
  /** Answers with the plan of an update, and refuses texts with a certain word. */
  private static final class FakePlans implements Plans {
    private final List<String> asked = new ArrayList<>();

    @Override
    public Planned today(PlannableStatement statement) {
      asked.add(statement.sql());
      return statement.sql().contains("missing")
          ? new Planned.Refusal(PlanFailure.of("42P01", null, false))
          : new Planned.Success(Plans15.read("update"));
    }

    @Override
    public Planned withoutIndexes(PlannableStatement statement) {
      return today(statement);
    }

    @Override
    public List<Hypothetical> withIndex(String createIndex, List<PlannableStatement> statements) {
      throw new AssertionError("no what-if while planning");
    }
  }

  private final FakePlans plans = new FakePlans();
  private final StatementPlanner planner =
      new StatementPlanner(
          plans,
          Optional::of,
          Commutators.COMPARISONS,
          (name, path) -> Optional.of(new RelationName("public", name)),
          3);

  private StatementPlanning plan(String text, WeightedSample... samples) {
    return planner.plan(
        new WorkloadStatement("shop", new Fingerprint(1), text, 5, 1, 0, 0, List.of(samples)));
  }

  private static WeightedSample sample(String text, long calls, String... parameters) {
    return new WeightedSample(text, Arrays.asList(parameters), calls);
  }

  @Test
  void everySampleIsPlannedAndWeighsAsManyCalls() {
    StatementPlanning planning =
        plan("select $1", sample("select 'a'", 3), sample("select 'b'", 1));
    assertThat(planning.planned().parts().get(0).samples())
        .extracting(PlannedSample::weight)
        .containsExactly(0.75, 0.25);
    assertThat(plans.asked)
        .anyMatch(sql -> sql.contains("'a'"))
        .anyMatch(sql -> sql.contains("'b'"));
  }

  @Test
  void parametersTakeTheirPlaces() {
    plan("select $1", sample("select $1", 1, "it's"));
    assertThat(plans.asked.get(0)).contains("'it''s'").doesNotContain("$1");
  }

  @Test
  void withoutASampleThePlanIsGeneric() {
    plan("select * from t where a = $1");
    assertThat(plans.asked.get(0)).contains("$1");
  }

  @Test
  void withoutTheParametersThePlanIsGeneric() {
    plan("select $1", sample("select $1", 1));
    assertThat(plans.asked.get(0)).contains("$1");
  }

  @Test
  void aSampleThatCannotBePlannedLeavesTheOthers() {
    StatementPlanning planning =
        plan("select $1", sample("select * from missing", 9), sample("select 'b'", 1));
    assertThat(planning.unplanned()).isEmpty();
    assertThat(planning.planned().parts().get(0).samples())
        .singleElement()
        .satisfies(sample -> assertThat(sample.weight()).isEqualTo(1));
  }

  @Test
  void everyQueryOfATextIsPlannedByItself() {
    StatementPlanning planning =
        plan(
            "select $1; update t set a = $2",
            sample("begin; select 1; update t set a = 2; commit", 1));
    assertThat(planning.planned().parts()).hasSize(2);
    assertThat(planning.planned().writes()).isNotEmpty();
  }

  @Test
  void whatIsNoQueryIsNeverSent() {
    StatementPlanning planning = plan("drop table t", sample("select 1; drop table t", 1));
    assertThat(plans.asked).noneMatch(sql -> sql.contains("drop"));
    assertThat(planning.unplanned()).hasSize(1);
    assertThat(planning.planned().parts()).hasSize(1);
  }

  @Test
  void anEmptyTextHasAReason() {
    assertThat(plan(" ; -- nothing", sample(";", 1)).unplanned()).hasSize(1);
    assertThat(plans.asked).isEmpty();
  }

  @Test
  void scansAndWritesAreReadFromThePlan() {
    StatementPlanning planning = plan("update orders", sample("update orders set note = 'x'", 1));
    PlannedPart part = planning.planned().parts().get(0);
    assertThat(part.scans()).hasSize(1);
    assertThat(part.writes())
        .singleElement()
        .satisfies(write -> assertThat(write.operation()).isEqualTo("Update"));
    assertThat(planning.planned().readsTables()).isTrue();
  }
}
