package dev.logdex.analyzer.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.candidate.Candidates;
import dev.logdex.analyzer.candidate.TestTables;
import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.IndexElement;
import dev.logdex.analyzer.workload.WorkloadStatement;
import dev.logdex.normalizer.event.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NegligibleTest {
  private static final Candidates RULES = new Candidates(TestTables.table(), TestTables.TYPES);
  private static final IndexDefinition ON_A = on("a");
  private static final IndexDefinition ON_B = on("b");

  private final List<ScanRow> rows = new ArrayList<>();

  private static IndexDefinition on(String column) {
    return new IndexDefinition(
        "btree", List.of(new IndexElement(column, null, false, false)), List.of(), null);
  }

  /** A statement that is called once a minute. */
  private PlannedStatement statement(String column, double cost) {
    PlannedPart part =
        new PlannedPart(
            List.of(), null, null, List.of(TestTables.scan(TestTables.equal(column))), List.of());
    WorkloadStatement statement =
        new WorkloadStatement(
            "shop", new Fingerprint(rows.size() + 1), "select", 1, 1, 1, 1, List.of());
    PlannedStatement planned = new PlannedStatement(statement, List.of(part));
    rows.add(
        new ScanRow(
            "scan " + rows.size(),
            List.of(new ScanRow.Performance(planned, part, 0, cost, 1, null, Map.of()))));
    return planned;
  }

  /** As many as do not count, however dear they are. */
  private void dearest() {
    for (int i = 0; i < 20; i++) {
      statement("c", 1e9);
    }
  }

  private Negligible negligible() {
    return Negligible.among(rows, RULES, 100);
  }

  @Test
  void theCheapestIsAskedOnlyUnderItsOwnCandidates() {
    dearest();
    PlannedStatement dear = statement("a", 10_000);
    PlannedStatement cheap = statement("b", 9);
    Negligible negligible = negligible();
    assertThat(negligible.isAsked(cheap, ON_A)).isFalse();
    assertThat(negligible.isAsked(cheap, ON_B)).isTrue();
    assertThat(negligible.isAsked(dear, ON_B)).isTrue();
  }

  @Test
  void aThousandthIsNotNegligible() {
    dearest();
    statement("a", 10_000);
    PlannedStatement cheap = statement("b", 11);
    assertThat(negligible().isAsked(cheap, ON_A)).isTrue();
  }

  @Test
  void manyThatAreCheapAreNotNegligibleTogether() {
    List<PlannedStatement> cheap = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      cheap.add(statement("b", 5));
    }
    Negligible negligible = negligible();
    assertThat(cheap.stream().filter(each -> !negligible.isAsked(each, ON_A)).count())
        .isBetween(1L, 20L);
  }

  @Test
  void besideOneThatIsVeryDearNobodyIsNegligible() {
    statement("a", 1e12);
    PlannedStatement cheap = statement("b", 1);
    assertThat(negligible().isAsked(cheap, ON_A)).isTrue();
  }

  @Test
  void whereNothingCostsAnythingAllAreAsked() {
    PlannedStatement free = statement("b", 0);
    assertThat(negligible().isAsked(free, ON_A)).isTrue();
  }
}
