package dev.logdex.analyzer.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.logdex.analyzer.plan.PlanJson;
import dev.logdex.sql.PlannableStatement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleSelectionTest {
  private static Attempt attempt(String name, long calls, double rows, double cost) {
    String plan =
        ("[{'Plan': {'Node Type': 'Seq Scan', 'Relation Name': 't', 'Alias': 't', 'Schema': 's',"
                + " 'Startup Cost': 0, 'Total Cost': %s, 'Plan Rows': %s}}]")
            .formatted(cost, rows)
            .replace('\'', '"');
    return new Attempt(
        calls,
        PlannableStatement.generic("select " + name).statement().orElseThrow(),
        PlanJson.parse(plan),
        null,
        null,
        null);
  }

  @Test
  void theMostFrequentAndBothExtremesStandForAll() {
    List<Attempt> attempts =
        List.of(
            attempt("frequent", 50, 100, 1000),
            attempt("middle", 30, 200, 1100),
            attempt("least", 10, 9000, 90000),
            attempt("nearly", 5, 8000, 80000),
            attempt("most", 1, 1, 10));
    assertThat(SampleSelection.choose(attempts, 3))
        .extracting(each -> each.planned().sql(), Attempt::calls)
        .containsExactly(
            tuple("select frequent", 80L), tuple("select least", 15L), tuple("select most", 1L));
  }

  @Test
  void fewSamplesAllStay() {
    List<Attempt> attempts = new ArrayList<>();
    attempts.add(attempt("a", 2, 1, 1));
    attempts.add(attempt("b", 1, 1, 1));
    assertThat(SampleSelection.choose(attempts, 3)).isEqualTo(attempts);
    assertThat(SampleSelection.choose(attempts, 1))
        .singleElement()
        .satisfies(each -> assertThat(each.calls()).isEqualTo(3));
  }

  @Test
  void equalSamplesGoByFrequency() {
    List<Attempt> attempts =
        List.of(attempt("a", 4, 7, 7), attempt("b", 3, 7, 7), attempt("c", 2, 7, 7));
    assertThat(SampleSelection.choose(attempts, 2))
        .extracting(each -> each.planned().sql(), Attempt::calls)
        .containsExactly(tuple("select a", 6L), tuple("select b", 3L));
  }
}
