package dev.logdex.tpch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TpchQueryTest {
  @Test
  void thereAreTwentyTwo() {
    assertThat(TpchQuery.all()).hasSize(22);
    assertThat(TpchQuery.all())
        .allSatisfy(
            query ->
                assertThat(query.sql()).matches("(?s)(SELECT|WITH) .*[^;]").doesNotContain("--"));
    assertThat(TpchQuery.all().get(21).name()).isEqualTo("Q22");
    assertThat(TpchQuery.all().get(0).title()).isEqualTo("pricing summary report");
  }

  @Test
  void theLogHasALineForEachCall() {
    String log = TpchLog.of("tpch", Instant.parse("2026-01-01T00:00:00Z"), 2);
    assertThat(log.lines().filter(line -> line.contains("LOG:  duration: "))).hasSize(44);
    assertThat(log)
        .startsWith(
            "2026-01-01 00:00:00.000 UTC [4711] tpch@tpch LOG:  duration: 1500.000 ms  statement:"
                + " SELECT l_returnflag");
  }
}
