package dev.logdex.analyzer.round;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.database.DatabaseAddress;
import dev.logdex.analyzer.database.SearchPaths;
import dev.logdex.analyzer.workload.WeightedSample;
import dev.logdex.analyzer.workload.Workload;
import dev.logdex.analyzer.workload.WorkloadStatement;
import dev.logdex.normalizer.event.Fingerprint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AssignmentTest {
  private static WorkloadStatement statement(String database, long id, long calls) {
    return new WorkloadStatement(
        database,
        new Fingerprint(id),
        "x",
        calls,
        calls,
        calls,
        calls * 2.0,
        List.of(new WeightedSample("sample of " + database, List.of(), calls)));
  }

  private static Assignment assign(String address, WorkloadStatement... statements) {
    Workload workload = new Workload(Instant.EPOCH, Duration.ofMinutes(1), List.of(statements), 0);
    return Assignment.of(workload, List.of(DatabaseAddress.parse(address)), SearchPaths.NONE);
  }

  @Test
  void aStatementUnderTwoNamesOfADatabaseIsOne() {
    Assignment assignment =
        assign("postgresql://db/copy", statement("", 1, 2), statement("shop", 1, 5));
    assertThat(assignment.byTarget()).containsOnlyKeys("shop");
    assertThat(assignment.byTarget().get("shop").statements())
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.calls()).isEqualTo(7);
              assertThat(each.meanTimeMs()).isEqualTo(2);
              assertThat(each.samples()).extracting(WeightedSample::calls).containsExactly(5L);
            });
  }

  @Test
  void statementsAreOrderedByFingerprint() {
    Assignment assignment =
        assign("postgresql://db/shop", statement("", 9, 1), statement("shop", 3, 1));
    assertThat(assignment.byTarget().get("shop").statements())
        .extracting(each -> each.fingerprint().bits())
        .containsExactly(3L, 9L);
  }

  @Test
  void aDatabaseWithoutAnAddressIsToldForEachStatement() {
    Assignment assignment =
        assign("shop=postgresql://db/copy", statement("shop", 1, 1), statement("crm", 2, 1));
    assertThat(assignment.byTarget()).containsOnlyKeys("shop");
    assertThat(assignment.unmapped()).containsOnlyKeys("crm");
    assertThat(assignment.unmapped().get("crm").deadLetters())
        .singleElement()
        .satisfies(letter -> assertThat(letter.reason().name()).isEqualTo("DATABASE_NOT_MAPPED"));
  }
}
