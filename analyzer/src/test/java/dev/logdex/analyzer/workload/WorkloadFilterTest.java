package dev.logdex.analyzer.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.normalizer.event.Fingerprint;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkloadFilterTest {
  private static WorkloadStatement statement(long calls, long timedCalls, double totalTimeMs) {
    return new WorkloadStatement(
        "shop", new Fingerprint(1), "select", calls, 1, timedCalls, totalTimeMs, List.of());
  }

  @Test
  void theDefaultKeepsEverything() {
    assertThat(WorkloadFilter.NONE.keepsOut(statement(1, 0, 0))).isEmpty();
    assertThat(WorkloadFilter.NONE.keepsOut(statement(1, 1, 0))).isEmpty();
  }

  @Test
  void eachLimitHasItsReason() {
    WorkloadFilter filter = new WorkloadFilter(50, Duration.ofMillis(5), Duration.ofSeconds(1));
    assertThat(filter.keepsOut(statement(49, 49, 9000)).orElseThrow()).contains("calls.min");
    assertThat(filter.keepsOut(statement(1000, 1000, 4000)).orElseThrow())
        .contains("mean.time.min");
    assertThat(filter.keepsOut(statement(100, 100, 900)).orElseThrow()).contains("total.time.min");
    assertThat(filter.keepsOut(statement(100, 100, 1000))).isEmpty();
  }

  @Test
  void whatWasNeverTimedIsKept() {
    WorkloadFilter filter = new WorkloadFilter(1, Duration.ofMillis(5), Duration.ofSeconds(1));
    assertThat(filter.keepsOut(statement(1, 0, 0))).isEmpty();
  }
}
